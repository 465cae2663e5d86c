"""Every word of the model has plain words, and values read as a person says them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from drift.model import Diagnosis, Harm, Outcome, Owner, Stance, Zone, wording
from drift.model.errors import BlindReason
from drift.model.values import Bound


@pytest.mark.parametrize(
    ("words", "speak"),
    [
        (Diagnosis, wording.diagnosis),
        (Harm, wording.harm),
        (Outcome, wording.outcome),
        (BlindReason, wording.blind),
        (Stance, wording.stance),
    ],
)
def test_every_member_has_its_own_words(words: type[StrEnum], speak: Callable[[Any], str]) -> None:
    said = [speak(member) for member in words]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("shown", "plain"),
    [
        ("30 days", "30 days"),
        ("5 business days..7 business days", "5 to 7 business days"),
        ("USD 5..USD 9", "USD 5 to USD 9"),
        ("1 month..1 year", "1 month to 1 year"),
        ("30 days | 60 days", "30 days or 60 days"),
        ("2 days..3 days | free", "2 to 3 days or free"),
        ("17:00", "17:00"),
    ],
)
def test_a_canonical_spelling_in_plain_words(shown: str, plain: str) -> None:
    assert wording.plain(shown) == plain


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        (Bound.EXACTLY, "60 days"),
        (Bound.BETWEEN, "60 days"),
        (Bound.AT_LEAST, "at least 60 days"),
        (Bound.LESS_THAN, "less than 60 days"),
    ],
)
def test_a_value_with_the_way_it_limits(bound: Bound, said: str) -> None:
    assert wording.limit(bound, "60 days") == said


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        (Owner(email="ana@larkspur.example"), "ana@larkspur.example"),
        (Owner("Shop", None, "#shop"), "Shop, #shop"),
    ],
)
def test_an_owner(owner: Owner, said: str) -> None:
    assert wording.owner(owner) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0 policies"), (1, "1 policy"), (2, "2 policies")])
def test_a_number_of_things(number: int, said: str) -> None:
    assert wording.counted(number, "policy", "policies") == said


def test_what_stands_on_the_page_for_all_to_see_needs_no_words() -> None:
    assert wording.seen(Zone.PARAGRAPH, visible=True) == ""
    assert wording.seen(Zone.ANSWER, visible=False) == "only after opening a tab or an answer"
    assert "structured data" in wording.seen(Zone.STRUCTURED, visible=False)
