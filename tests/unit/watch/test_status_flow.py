"""The status of a watch never shows as right what was not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from drift.cli.overview import of_watch
from drift.cli.status import BLIND, DIVERGES, NOTHING_DIVERGES
from drift.model import Page, Snapshot
from drift.model.annotation import Annotation
from drift.model.errors import BlindReason
from drift.model.finding import PageState, Reading, State, Transition, Voice
from drift.model.memory import PageOutcome
from drift.model.views import AnnotatorPlan, SourcePlan
from drift.store import SqlStore, open_store
from drift.watch.status import status

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(f"sqlite:///{tmp_path / 'drift.db'}") as opened:
        yield opened


def ran(store: SqlStore, *, hours: float = 1, kind: str = "crawl", failure: str = "", ended: bool = True) -> None:
    run = store.runs.start("help", kind, NOW - hours * HOUR)
    if ended:
        store.runs.end(run, NOW - hours * HOUR, {"pages": 1}, failure)


def page(
    store: SqlStore,
    *,
    blind: BlindReason | None = None,
    failures: int = 0,
    read: bool = True,
    gone: bool = False,
    hours: float = 1,
) -> None:
    at = NOW - hours * HOUR
    state = PageState(
        Page("https://help.larkspur.example/a"),
        "help",
        read_at=at if read else None,
        tried_at=at,
        blind=blind,
        failures=failures,
    )
    if gone:
        state = PageState(state.page, "help", tried_at=at, blind=BlindReason.GONE, gone_since=at)
    store.record([PageOutcome(state)])


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ([], BLIND),
        ([(ran, {})], NOTHING_DIVERGES),
        ([(ran, {}), (page, {})], NOTHING_DIVERGES),
        ([(ran, {}), (page, {"gone": True})], NOTHING_DIVERGES),
        ([(ran, {}), (page, {"blind": BlindReason.TIMEOUT, "failures": 3})], BLIND),
        ([(ran, {}), (page, {"blind": BlindReason.TIMEOUT, "failures": 2})], NOTHING_DIVERGES),
        ([(ran, {}), (page, {"blind": BlindReason.TIMEOUT, "failures": 1, "read": False})], BLIND),
        ([(ran, {"failure": "403"})], BLIND),
        ([(ran, {"kind": "rejudge"})], BLIND),
        ([(ran, {"failure": "403"}), (ran, {"kind": "rejudge", "hours": 0})], BLIND),
        ([(ran, {}), (ran, {"kind": "rejudge", "hours": 0})], NOTHING_DIVERGES),
        ([(ran, {"ended": False, "hours": 0.1})], NOTHING_DIVERGES),
        ([(ran, {"ended": False, "hours": 5})], BLIND),
        ([(ran, {"ended": False, "hours": 5}), (page, {"hours": 0.1})], NOTHING_DIVERGES),
    ],
)
def test_the_exit_status(
    store: SqlStore, happened: list[tuple[Callable[..., None], dict[str, Any]]], expected: int
) -> None:
    for happens, how in happened:
        happens(store, **how)
    assert of_watch(status(store, NOW)) == expected


@pytest.mark.parametrize(("late", "expected"), [(True, BLIND), (False, NOTHING_DIVERGES)])
def test_a_source_that_was_not_read_in_time(store: SqlStore, late: bool, expected: int) -> None:
    ran(store)
    assert of_watch(status(store, NOW, {"help": SourcePlan(NOW + HOUR, late)})) == expected


def test_a_source_of_the_settings_that_never_ran_is_there(store: SqlStore) -> None:
    ran(store)
    found = status(store, NOW, {"new": SourcePlan(NOW)})
    assert [(view.name, view.run is None) for view in found.sources] == [("new", True), ("help", False)]
    assert of_watch(found) == BLIND


def test_questions_are_counted_and_are_nothing_that_stands(own_store: Any) -> None:
    with own_store.store() as store:
        standing = [finding for finding in store.findings.find() if finding.state.stands]
        asked = [replace(finding, state=State.SUSPECTED) for finding in standing]
        steps = [Transition(one.id, NOW, one.state, State.SUSPECTED, None, None, None) for one in standing]
        store.findings.write(asked, steps)
        found = status(store, NOW, blind_after=10)
    assert (found.questions, dict(found.standing)) == (len(asked), {})
    assert of_watch(found) != DIVERGES


def test_what_stands_is_counted_by_severity(told_store: Any) -> None:
    with told_store.store() as store:
        found = status(store, NOW, blind_after=1)
    assert {severity.value: count for severity, count in found.standing.items()} == {"high": 1, "medium": 1}
    assert [(view.name, view.read, view.blind, view.gone) for view in found.sources] == [
        ("help", 2, 0, 1),
        ("shop", 0, 1, 0),
    ]
    assert of_watch(found) == DIVERGES


ASKED = AnnotatorPlan("m which-rule/1", "m", 1_000, None, 0.9)


def compared(store: SqlStore, agreed: int, answers: int, *, hours: float = 1, reader: str = "m which-rule/1") -> None:
    run = store.runs.start("annotator", "annotator check", NOW - hours * HOUR, reader=reader)
    store.runs.end(run, NOW - hours * HOUR, {"agreed": agreed, "answers": answers})


def test_an_annotator_is_told_with_what_it_took_and_what_waits(store: SqlStore) -> None:
    assert status(store, NOW).annotator is None
    for hours, tokens in ((30, 5), (2, 640), (1, 600)):
        at = NOW - hours * HOUR
        answer = Annotation(f"q{hours}", None, 0.9, "", "m", "which-rule/1", at, tokens)
        store.annotations.keep(answer, "m", "which-rule/1", at)
    ran(store)
    for name, asks, gone in (("a", True, False), ("b", False, False), ("c", True, True)):
        known = Page(f"https://help.larkspur.example/{name}")
        said = (Voice("unlock/wait", 1.0, 1.0, asks=asks), Voice("unlock/handling", 1.0, 1.0))
        read = Reading(known, NOW - 2 * HOUR, "t", "p", "r", said=said)
        state = PageState(known, "help", text="t", read_at=NOW - 2 * HOUR, tried_at=NOW - 2 * HOUR)
        store.record([PageOutcome(state, reading=read, snapshot=Snapshot(known, b"<p>goods", "text/html"))])
        if gone:
            store.record([PageOutcome(replace(state, blind=BlindReason.GONE, gone_since=NOW))])
    found = status(store, NOW, annotator=ASKED).annotator
    assert found is not None
    assert (found.questions, found.tokens, found.waiting) == (2, 1_240, 1)
    assert (found.agreed, found.checked, found.trusted) == (None, None, True)


def test_an_annotator_is_told_with_how_often_people_agreed(store: SqlStore) -> None:
    compared(store, 80, 100, hours=3)
    compared(store, 10, 100, reader="another which-rule/1")
    found = status(store, NOW, annotator=ASKED).annotator
    assert found is not None
    assert (found.agreed, found.checked, found.trusted) == ((80, 100), NOW - 3 * HOUR, False)
    compared(store, 97, 100)
    found = status(store, NOW, annotator=ASKED).annotator
    assert found is not None
    assert (found.agreed, found.checked, found.trusted) == ((97, 100), NOW - HOUR, True)
    compared(store, 0, 0, hours=0)
    found = status(store, NOW, annotator=ASKED).annotator
    assert found is not None
    assert (found.agreed, found.trusted) == (None, True)
    assert [view.name for view in status(store, NOW).sources] == []  # it is no source that could be late
