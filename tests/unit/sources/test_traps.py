"""What addresses have in common that differ only in numbers and ids."""

from __future__ import annotations

import pytest

from drift.sources.traps import alike, pattern

HOST = "https://help.larkspur.example"


@pytest.mark.parametrize(
    ("path", "text", "dated"),
    [
        ("/hc/articles/how-to-unlock", None, False),
        ("/hc/articles/360012-how-to-unlock", "/hc/articles/#-how-to-unlock", False),
        ("/hc/12", "/hc/#", False),
        ("/calendar/2026/11/03", "/calendar/#", True),
        ("/calendar/2026-11", "/calendar/#", True),
        ("/calendar/11", "/calendar/#", False),
        ("/events?year=2026&month=1", "/events?year=#&month=#", True),
        ("/list?page=7", "/list?page=#", False),
        ("/list?sort=name", None, False),
        ("/s/9f86d081884c7d65/returns", "/s/*/returns", False),
        ("/(S(lit3py55t21z5v55vlm25s55))/returns", "/(S(*))/returns", False),
        ("/kb/550e8400-e29b-41d4-a716-446655440000", "/kb/*", False),
        ("/returns?ssn=9f86d081884c7d65", "/returns?ssn=*", False),
    ],
)
def test_numbers_and_ids_are_masked(path: str, text: str | None, dated: bool) -> None:
    found = pattern(HOST + path)
    assert (found.text if found else None) == text
    assert found is None or found.dated is dated


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/hc/s/9f86d081884c7d65/returns", "/hc/s/60303ae22b998861/returns", True),
        ("/hc/s/9f86d081884c7d65/returns", "/hc/s/9f86d081884c7d65/unlock", False),
        ("/hc/returns", "/hc/returns?from=home", True),
        ("/hc/returns", "/hc/returns/", True),
        ("/hc/1234/returns", "/hc/88/returns", True),
        ("/hc/1234", "/hc/1235", False),
        ("/hc/a", "/hc/b", False),
        ("/us/returns", "/ca/returns", False),
    ],
)
def test_addresses_that_name_the_same_page_are_alike(one: str, other: str, same: bool) -> None:
    assert alike(HOST + one, HOST + other) is same
