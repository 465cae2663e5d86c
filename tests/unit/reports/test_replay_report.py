"""How a replay is told: the bounds in words, a table where there is room, and everything a page says as text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from drift.model import Outcome
from drift.model.finding import Finding, State
from drift.model.statement import Cause, Statement
from drift.reports import PLAIN, Display
from drift.reports.replay import Row, began, ended, render


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "by", "expected"),
    [
        (None, "2026-01-06", "before 6 January 2026"),
        ("2026-01-06", "2026-01-13", "between 6 and 13 January 2026"),
        ("2026-01-27", "2026-02-03", "between 27 January and 3 February 2026"),
        ("2025-12-30", "2026-01-06", "between 30 December 2025 and 6 January 2026"),
        ("2026-01-06T09:30", "2026-01-06T14:00", "between 6 January 2026 09:30 UTC and 6 January 2026 14:00 UTC"),
        ("2026-01-06", "2026-01-06T14:00", "between 6 January 2026 and 6 January 2026 14:00 UTC"),
    ],
)
def test_since_when(after: str | None, by: str, expected: str) -> None:
    assert began(at(after) if after else None, at(by)) == expected


def test_until_when() -> None:
    assert ended(at("2026-01-13"), None) == "still so on 13 January 2026"
    assert ended(at("2026-01-13"), at("2026-01-20")) == "between 13 and 20 January 2026"


def row(article: str = "help/unlock.md", regressions: int = 0) -> Row:
    said = Statement(
        "S", "device-unlock", "postpaid-wait", Outcome.DIVERGES, "30 days", "60 days", "", "", 1, "", "", 0, 0.9
    )
    first, last = at("2026-01-13"), at("2026-01-20")
    names = ("F-00000001", "S", "device-unlock", "postpaid-wait", article)
    finding = Finding(*names, State.OPEN, said, Cause.PAGE, first, first, last, regressions=regressions)
    return Row(finding, at("2026-01-06"), first, last, None)


COUNTS = {"snapshots": 3, "pages": 1, "versions": 2, "new": 3, "open": 1}


def test_one_below_the_other_where_there_is_no_room_for_a_table() -> None:
    assert render([row(regressions=1)], COUNTS, [], ["the file ends early"], Display(width=60)) == (
        "help/unlock.md\n"
        "  term       device-unlock/postpaid-wait\n"
        "  said       30 days\n"
        "  policy     60 days\n"
        "  from       between 6 and 13 January 2026, not for the\n"
        "             first time\n"
        "  until      still so on 20 January 2026\n"
        "note: the file ends early\n"
        "\n"
        "3 snapshots of 1 page, 2 new versions; 1 opened\n"
    )


def test_what_could_not_be_read_is_told_by_name_and_number() -> None:
    said = render([], {**COUNTS, "blind": 7}, [("past/a.md", "empty: no bytes")], [], PLAIN)
    assert said.startswith("BLIND  past/a.md: empty: no bytes\nand 6 more that could not be read\n")
    assert "7 that could not be read" in said


def test_what_is_remembered_already() -> None:
    assert "Nothing was new" in render([], {"snapshots": 2, "pages": 1, "known already": 2}, [], [], PLAIN)
    partly = render([], {"snapshots": 2, "pages": 1, "known already": 1, "new": 1}, [], [], PLAIN)
    assert "1 snapshot is no later than what the store remembers" in partly
    assert "Nothing was new" not in partly


@pytest.mark.parametrize("width", [None, 60])
def test_what_a_page_is_called_is_text(width: int | None) -> None:
    evil = "a\x1b[2J\u202e[red].md"
    said = render([row(evil)], {**COUNTS, "blind": 1}, [(evil, evil)], [evil], Display(width=width))
    assert not {"\x1b", "\u202e"} & set(said)
    assert "[red]" in said
