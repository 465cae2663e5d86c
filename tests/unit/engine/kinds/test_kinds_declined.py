"""Numbers that look like a value and are not read are found; telephone numbers, versions and names are none."""

from __future__ import annotations

import pytest

from drift.engine import kinds, languages

ENGLISH = languages.load("en")


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("The mast costs 1.750 €.", ["1.750 €"]),
        ("It ends on 04/05/2026.", ["04/05/2026"]),
        ("Porting costs $12x.", ["$12x"]),
        ("We ship 1 250 boxes.", ["1 250"]),
        ("The fee is $12, or $13x abroad.", ["$13x"]),
        ("Call 020 7946 0958 or see version 5.10 of it, 24/7.", []),
        ("You have 30 days and pay $35.", []),
        ("Doors close at 8h30.", ["8h30"]),
        ("It takes 8.30 hrs.", ["8.30"]),
        ("Bring 2x23kg or 55 + 40 + 20 cm.", ["2x23kg", "55 + 40 + 20 cm"]),
    ],
)
def test_what_looks_like_a_value_and_is_not_read(text: str, declined: list[str]) -> None:
    read = [(one.start, one.end) for one in kinds.find(text, ENGLISH)]
    assert [text[slice(*span)] for span in kinds.declined(text, read)] == declined
