"""Listing, acknowledging and silencing what a store remembers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from drift.model import Outcome
from drift.model.errors import InputError, StoreError, StoreFailure
from drift.model.finding import Finding, State, Transition
from drift.store import SqlStore
from drift.watch import findings as flow

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
END = datetime(2026, 4, 1, tzinfo=UTC)
HELP = "https://help.larkspur.example"


@pytest.fixture
def store(own_store: Any) -> Iterator[SqlStore]:
    with own_store.store() as opened:
        yield opened


def the(store: SqlStore, state: State) -> Finding:
    return store.findings.find(states=[state])[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (flow.Query(), ["wireless/unlock", "shop/returns", "promo", "returns"]),
        (flow.Query(states=[State.OPEN, State.GONE]), ["wireless/unlock", "promo"]),
        (flow.Query(policy="device-unlock"), ["wireless/unlock"]),
        (flow.Query(term="window"), ["shop/returns", "promo", "returns"]),
        (flow.Query(term="returns/window", states=[State.RESOLVED]), ["returns"]),
        (flow.Query(article=f"{HELP}/returns"), ["returns"]),
        (flow.Query(article=f"{HELP}/*/returns"), ["shop/returns"]),
        (flow.Query(article="*unlock"), ["wireless/unlock"]),
        (flow.Query(source="shop"), ["shop/returns"]),
        (flow.Query(policy="nothing"), []),
    ],
)
def test_what_is_listed_and_in_which_order(store: SqlStore, query: flow.Query, found: list[str]) -> None:
    assert [view.finding.article.removeprefix(f"{HELP}/") for view in flow.listed(store, query, NOW)] == found


def as_a_question(store: SqlStore, known: Finding, state: State) -> Finding:
    """The finding as if only its words had ever said that it is wrong, written to the store."""
    moved = replace(known, state=state, statement=replace(known.statement, outcome=Outcome.SUSPECT), regressions=0)
    step = Transition(known.id, NOW, known.state, state, None, None, None)
    store.findings.write([moved], [step])
    return moved


def test_questions_come_between_what_stands_and_what_is_closed(store: SqlStore) -> None:
    asked = as_a_question(store, the(store, State.OPEN), State.SUSPECTED)
    states = [view.finding.state for view in flow.listed(store, flow.Query(), NOW)]
    assert states[:2] == [State.REGRESSED, State.SUSPECTED]
    assert not any(state.live for state in states[2:])
    with pytest.raises(InputError, match="only an open one can be acknowledged"):
        flow.acknowledge(store, asked.id, "ana", NOW)


@pytest.mark.parametrize("state", [State.RESOLVED, State.GONE])
def test_a_question_that_was_closed_unanswered_can_be_left_out(store: SqlStore, state: State) -> None:
    closed = as_a_question(store, the(store, state), state)
    everything = {view.finding.id for view in flow.listed(store, flow.Query(), NOW)}
    told = {view.finding.id for view in flow.listed(store, flow.Query(closed_questions=False), NOW)}
    assert everything - told == {closed.id}


def test_a_full_name_must_be_of_the_policy(store: SqlStore) -> None:
    with pytest.raises(InputError, match="'returns/window' is no term of the policy 'billing'"):
        flow.listed(store, flow.Query(policy="billing", term="returns/window"), NOW)


def test_an_acknowledgement_is_history(store: SqlStore) -> None:
    known = the(store, State.OPEN)
    moved = flow.acknowledge(store, known.id, "ana", NOW, "The web team mends it.")
    view = flow.one(store, known.id, NOW)
    assert view.finding == moved
    assert (moved.state, moved.acknowledged_by, moved.acknowledged_at) == (State.ACKNOWLEDGED, "ana", NOW)
    last = view.history[-1]
    assert (last.before, last.after) == (State.OPEN, State.ACKNOWLEDGED)
    assert (last.by, last.note) == ("ana", "The web team mends it.")


def test_acknowledged_once(store: SqlStore) -> None:
    known = the(store, State.REGRESSED)
    flow.acknowledge(store, known.id, "ana", NOW)
    with pytest.raises(InputError, match="was acknowledged by ana already"):
        flow.acknowledge(store, known.id, "ben", NOW)


@pytest.mark.parametrize("state", [State.RESOLVED, State.GONE])
def test_what_is_closed_is_not_acknowledged(store: SqlStore, state: State) -> None:
    with pytest.raises(InputError, match="only an open one"):
        flow.acknowledge(store, the(store, state).id, "ana", NOW)


def test_an_unknown_id_names_the_nearest(store: SqlStore) -> None:
    known = the(store, State.OPEN).id
    with pytest.raises(InputError, match=rf"no finding is '{known}x' \(did you mean {known}"):
        flow.one(store, f"{known}x", NOW)
    with pytest.raises(InputError, match=r"^no finding is 'zzz'$"):
        flow.one(store, "zzz", NOW)


class Meanwhile:
    """Findings that a run changes in the moment before they are written, some times."""

    def __init__(self, store: SqlStore, times: int) -> None:
        self._findings, self._times = store.findings, times

    def write(self, changed: list[Finding], made: list[Transition]) -> None:
        self._times -= 1
        if self._times >= 0:
            raise StoreError(StoreFailure.CHANGED, "changed meanwhile")
        self._findings.write(changed, made)

    def __getattr__(self, name: str) -> object:
        return getattr(self._findings, name)


@pytest.mark.parametrize(("times", "written"), [(0, True), (2, True), (3, False)])
def test_what_a_run_changes_meanwhile_is_read_again(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, times: int, written: bool
) -> None:
    known = the(store, State.OPEN)
    monkeypatch.setattr(store, "findings", Meanwhile(store, times))
    if written:
        assert flow.acknowledge(store, known.id, "ana", NOW).state is State.ACKNOWLEDGED
    else:
        with pytest.raises(StoreError):
            flow.acknowledge(store, known.id, "ana", NOW)


@pytest.mark.parametrize(
    ("what", "covers", "standing"),
    [
        ({"policy": "returns"}, 3, 1),
        ({"term": "returns/window"}, 3, 1),
        ({"term": "window", "article": f"{HELP}/shop/**"}, 1, 1),
        ({"article": f"{HELP}/promo"}, 1, 0),
        ({"article": f"{HELP}/nothing/**"}, 0, 0),
    ],
)
def test_what_a_silence_covers(store: SqlStore, what: dict[str, str], covers: int, standing: int) -> None:
    view = flow.silence(store, NOW, author="ana", reason=" Why not. ", until=END, **what)
    assert (view.covers, view.standing, view.holds) == (covers, standing, True)
    assert (view.silence.reason, view.silence.hidden) == ("Why not.", 0)
    assert [each.silence for each in flow.silences(store, NOW)] == [view.silence]


def test_a_silence_hides_a_finding_and_it_stays_listed(store: SqlStore) -> None:
    known = the(store, State.OPEN)
    made = flow.silence(store, NOW, author="ana", reason="r", until=END, finding=known.id).silence
    assert flow.one(store, known.id, NOW).silence == made
    assert flow.one(store, known.id, END).silence is None
    ended = flow.end_silence(store, made.id, NOW + timedelta(days=1))
    assert not ended.holds
    assert flow.one(store, known.id, NOW + timedelta(days=1)).silence is None
    assert flow.silences(store, NOW + timedelta(days=1)) == ()
    assert flow.silences(store, NOW + timedelta(days=1), ended=True) == (ended,)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "say what to silence"),
        ({"policy": "returns", "reason": " "}, "a silence has a reason"),
        ({"policy": "returns", "until": NOW}, "ends later than now"),
        ({"finding": "F-00000000"}, "no finding is 'F-00000000'"),
        ({"policy": "billing", "term": "returns/window"}, "no term of the policy 'billing'"),
    ],
)
def test_a_silence_that_is_refused_is_not_written(store: SqlStore, given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        flow.silence(store, NOW, **{"author": "ana", "reason": "r", "until": END, **given})
    assert store.findings.silences() == ()


def test_only_a_silence_in_force_ends(store: SqlStore) -> None:
    made = flow.silence(store, NOW, author="ana", reason="r", until=END, policy="returns").silence
    with pytest.raises(InputError, match=rf"did you mean {made.id}"):
        flow.end_silence(store, f"{made.id[:-1]}", NOW)
    with pytest.raises(InputError, match="has ended already"):
        flow.end_silence(store, made.id, END)
