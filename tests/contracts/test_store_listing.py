"""What a store lists for the desk, on both databases: against what the store itself says one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from drift.model import Outcome, Severity
from drift.model.desk import PageKind, SourceTally, StatedTally
from drift.model.errors import BlindReason
from drift.model.finding import Finding, State, Transition
from drift.model.memory import PageOutcome
from drift.model.statement import Cause, Statement
from drift.store import SqlStore

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # as the outcomes of the contract tests have it
BLIND_AFTER = 3

Outcomes = Callable[..., PageOutcome]
Statements = Callable[..., Statement]


def name_of(address: str) -> str:
    return address.rpartition("/")[2]


@pytest.fixture
def filled(store: SqlStore, outcome_of: Outcomes, statement_of: Statements) -> SqlStore:
    """Pages of every kind: read, wrong, failing for the first time, blind, never read, gone, a duplicate."""

    def put(name: str, *stated: Statement, found: State | None = None, **state: Any) -> None:
        made = outcome_of(name, f"text of {name}")
        assert made.reading is not None
        reading = replace(made.reading, statements=stated)
        more: dict[str, Any] = {}
        if found is not None:
            finding = Finding(
                f"F-{name}", "s1", stated[0].policy, stated[0].term, made.state.page.public, found, stated[0],
                Cause.PAGE, NOON, NOON, NOON,
            )  # fmt: skip
            more = {
                "findings": (finding,),
                "transitions": (Transition(finding.id, NOON, None, found, None, None, None),),
            }
        store.record([replace(made, reading=reading, state=replace(made.state, **state), **more)])

    right = replace(statement_of(), policy="returns", term="window", outcome=Outcome.AGREES)
    wrong = replace(right, outcome=Outcome.DIVERGES, severity=Severity.CRITICAL)
    suspect = replace(right, outcome=Outcome.SUSPECT)
    failing: dict[str, Any] = {"blind": BlindReason.TIMEOUT, "blind_since": NOON, "tried_at": NOON + timedelta(hours=1)}
    put("right", right)
    put("Wrong%_Page", wrong, replace(right, slot="s2"), found=State.OPEN)
    put("asks", suspect, found=State.SUSPECTED)
    put("failing", right, failures=1, **failing)
    put("blind", wrong, failures=3, **failing, found=State.REGRESSED)
    put("gone", right, gone_since=NOON)
    put("mended", right, found=State.RESOLVED, source="shop")
    never = outcome_of("never")
    store.record([PageOutcome(replace(never.state, text="", first_read=None, read_at=None, failures=1, **failing))])
    copy = outcome_of("copy")
    store.record([PageOutcome(replace(copy.state, first_read=None))])
    return store


def test_pages_are_counted_by_source(filled: SqlStore) -> None:
    assert filled.listing.tallies(BLIND_AFTER) == (
        SourceTally("help", read=4, blind=2, gone=1, duplicates=1),
        SourceTally("shop", 1, 0, 0, 0),
    )
    assert filled.listing.sources() == ("help", "shop")
    assert filled.listing.tried("help") == NOON + timedelta(hours=1)
    assert filled.listing.tried("shop") == NOON
    assert filled.listing.tried("nothing") is None


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (PageKind.MEND, ["Wrong%_Page", "blind"]),
        (PageKind.BLIND, ["blind", "never"]),
        (PageKind.READ, ["Wrong%_Page", "asks", "failing", "mended", "right"]),
        (PageKind.GONE, ["gone"]),
        (PageKind.DUPLICATE, ["copy"]),
        (None, ["Wrong%_Page", "asks", "blind", "copy", "failing", "gone", "mended", "never", "right"]),
    ],
)
def test_pages_of_a_kind(filled: SqlStore, kind: PageKind | None, names: list[str]) -> None:
    rows = filled.listing.pages(kind, BLIND_AFTER, most=50)
    assert [name_of(row.state.page.public) for row in rows] == names
    assert filled.listing.counts(BLIND_AFTER)[kind] == len(names)
    for row in rows:
        assert filled.listing.page(row.id) == row.state == filled.pages.state(row.state.page.public)
        assert filled.listing.number(row.state.page.public) == row.id
    cut = filled.listing.pages(kind, BLIND_AFTER, start=1, most=2)
    assert cut == rows[1:3]


@pytest.mark.parametrize(
    ("words", "source", "names"),
    [
        ("wrong%_", "", ["Wrong%_Page"]),
        ("%", "", ["Wrong%_Page"]),
        ("w_ong", "", []),
        ("MENDED", "", ["mended"]),
        ("", "shop", ["mended"]),
        ("right", "shop", []),
        ("\0'\"\\", "", []),
    ],
)
def test_words_are_no_pattern(filled: SqlStore, words: str, source: str, names: list[str]) -> None:
    rows = filled.listing.pages(None, BLIND_AFTER, words=words, source=source, most=50)
    assert [name_of(row.state.page.public) for row in rows] == names
    assert filled.listing.counts(BLIND_AFTER, words=words, source=source)[None] == len(names)


def test_how_many_findings_stand_and_ask(filled: SqlStore) -> None:
    rows = filled.listing.pages(None, BLIND_AFTER, most=50)
    told = {name_of(row.state.page.public): (row.standing, row.suspected) for row in rows}
    assert {name: count for name, count in told.items() if any(count)} == {
        "Wrong%_Page": (1, 0),
        "asks": (0, 1),
        "blind": (1, 0),
    }


def test_findings_as_rows_and_whole(filled: SqlStore) -> None:
    rows = {row.id: row for row in filled.listing.findings()}
    whole = filled.listing.whole([*rows, "F-nothing"])
    assert whole == {one.id: one for one in filled.findings.find()}
    for name, row in rows.items():
        known = whole[name]
        assert (row.full_name, row.article, row.state) == (known.full_name, known.article, known.state)
        assert (row.severity, row.since) == (known.statement.severity, known.first_diverged)
        assert row.page == filled.listing.number(known.article)
    assert rows["F-mended"].source == "shop"
    assert [row.id for row in filled.listing.findings([State.SUSPECTED])] == ["F-asks"]


def test_what_a_finding_is_changed_to_is_listed(filled: SqlStore) -> None:
    known = filled.findings.get("F-asks")
    assert known is not None
    moved = replace(known, state=State.OPEN, statement=replace(known.statement, severity=Severity.LOW))
    filled.findings.write([moved], [Transition(known.id, NOON, known.state, State.OPEN, None, None, None)])
    (row,) = (row for row in filled.listing.findings() if row.id == known.id)
    assert (row.state, row.severity) == (State.OPEN, Severity.LOW)


def test_where_a_term_is_stated(filled: SqlStore) -> None:
    told = set(filled.listing.stated(BLIND_AFTER))
    assert told == {
        StatedTally("returns", "window", Outcome.AGREES, 4, 0),
        StatedTally("returns", "window", Outcome.DIVERGES, 2, 1),
        StatedTally("returns", "window", Outcome.SUSPECT, 1, 0),
    }
    assert set(filled.listing.stated(BLIND_AFTER, "returns", "window")) == told
    assert filled.listing.stated(BLIND_AFTER, "returns", "nothing") == ()
    rows = filled.listing.publishing("returns", "window", BLIND_AFTER, most=50)
    assert [(name_of(row.article), row.statement.outcome.value, row.blind) for row in rows] == [
        ("Wrong%_Page", "diverges", False),
        ("blind", "diverges", True),
        ("asks", "suspect", False),
        ("right", "agrees", False),
        ("Wrong%_Page", "agrees", False),
        ("failing", "agrees", False),
        ("mended", "agrees", False),
    ]
    assert filled.listing.published("returns", "window") == 7
    assert filled.listing.published("returns", "window", Outcome.DIVERGES) == 2
    cut = filled.listing.publishing("returns", "window", BLIND_AFTER, outcome=Outcome.AGREES, start=1, most=2)
    assert cut == rows[4:6]
