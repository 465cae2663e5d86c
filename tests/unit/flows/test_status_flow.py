"""The status of a watch never shows as right what was not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from drift.cli.status import BLIND, DIVERGES, NOTHING_DIVERGES, of_watch
from drift.errors import BlindReason
from drift.flows.status import status
from drift.model import Page, PageOutcome, PageState, State, Transition
from drift.store import Store, open_store
from drift.views import SourcePlan

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'drift.db'}") as opened:
        yield opened


def ran(store: Store, *, hours: float = 1, kind: str = "crawl", failure: str = "", ended: bool = True) -> None:
    run = store.runs.start("help", kind, NOW - hours * HOUR)
    if ended:
        store.runs.end(run, NOW - hours * HOUR, {"pages": 1}, failure)


def page(
    store: Store,
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
    store: Store, happened: list[tuple[Callable[..., None], dict[str, Any]]], expected: int
) -> None:
    for happens, how in happened:
        happens(store, **how)
    assert of_watch(status(store, NOW)) == expected


@pytest.mark.parametrize(("late", "expected"), [(True, BLIND), (False, NOTHING_DIVERGES)])
def test_a_source_that_was_not_read_in_time(store: Store, late: bool, expected: int) -> None:
    ran(store)
    assert of_watch(status(store, NOW, {"help": SourcePlan(NOW + HOUR, late)})) == expected


def test_a_source_of_the_settings_that_never_ran_is_there(store: Store) -> None:
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
