"""The table of when we speak: steps of findings, unread pages and sources, silences and exceptions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from drift.alerts import (
    AlertContext,
    also_over,
    announced,
    due,
    render,
    source_replaced,
    source_unread,
    trouble,
    undelivered,
)
from drift.alerts.due import SPEAKS
from drift.model.alert import Event
from drift.model.errors import BlindReason
from drift.model.finding import Seen, Silence, State
from drift.model.memory import Run
from drift.model.route import Routing
from drift.model.statement import Cause

W, A, R, X, G = State.OPEN, State.ACKNOWLEDGED, State.REGRESSED, State.RESOLVED, State.GONE
L, Q, D = State.WITHDRAWN, State.SUSPECTED, State.DISMISSED
AT = "20260302T090000Z"

STEPS = [
    # before, after, cause of the step, cause of the finding, regressions, the end of the key (None: nothing is said)
    (None, W, Cause.PAGE, Cause.PAGE, 0, "opened/1"),
    (None, W, Cause.POLICY, Cause.POLICY, 0, "opened/1"),
    (None, W, Cause.READER, Cause.READER, 0, None),
    (W, W, Cause.PAGE, Cause.PAGE, 0, f"changed/1/{AT}"),
    (A, A, Cause.POLICY, Cause.PAGE, 0, f"changed/1/{AT}"),
    (R, R, Cause.PAGE, Cause.PAGE, 2, f"changed/3/{AT}"),
    (W, W, Cause.READER, Cause.PAGE, 0, None),
    (W, W, Cause.PAGE, Cause.READER, 0, f"changed/1/{AT}"),
    (W, A, None, Cause.PAGE, 0, None),
    (R, A, None, Cause.PAGE, 1, None),
    (X, R, Cause.PAGE, Cause.PAGE, 1, "regressed/2"),
    (G, R, Cause.PAGE, Cause.PAGE, 3, "regressed/4"),
    (X, R, Cause.READER, Cause.READER, 1, None),
    (W, X, Cause.PAGE, Cause.PAGE, 0, "resolved/1"),
    (A, X, Cause.POLICY, Cause.PAGE, 0, "resolved/1"),
    (R, G, Cause.PAGE, Cause.PAGE, 1, "resolved/2"),
    (W, G, Cause.PAGE, Cause.PAGE, 0, "resolved/1"),
    (W, X, Cause.READER, Cause.PAGE, 0, "resolved/1"),
    (W, X, Cause.PAGE, Cause.READER, 0, None),
    (G, X, Cause.PAGE, Cause.PAGE, 0, None),
    (W, D, None, Cause.PAGE, 0, "resolved/1"),
    (A, D, None, Cause.PAGE, 0, "resolved/1"),
    (R, D, None, Cause.PAGE, 1, "resolved/2"),
    (W, L, Cause.POLICY, Cause.PAGE, 0, "withdrawn/1"),
    (A, L, Cause.POLICY, Cause.PAGE, 1, "withdrawn/2"),
    (R, L, Cause.POLICY, Cause.PAGE, 1, "withdrawn/2"),
    (W, L, Cause.POLICY, Cause.READER, 0, None),
    (L, W, Cause.POLICY, Cause.POLICY, 1, "opened/2"),
    (L, W, Cause.READER, Cause.READER, 1, None),
    (L, X, Cause.PAGE, Cause.PAGE, 0, None),
    (L, G, Cause.PAGE, Cause.PAGE, 0, None),
    (None, Q, Cause.PAGE, Cause.PAGE, 0, None),
    (Q, Q, Cause.PAGE, Cause.PAGE, 0, None),
    (Q, W, None, Cause.PAGE, 0, "opened/1"),
    (Q, W, Cause.PAGE, Cause.PAGE, 1, "opened/2"),
    (Q, W, Cause.READER, Cause.READER, 0, None),
    (Q, X, Cause.PAGE, Cause.PAGE, 0, None),
    (Q, G, Cause.PAGE, Cause.PAGE, 0, None),
    (Q, L, Cause.POLICY, Cause.PAGE, 0, None),
    (Q, D, None, Cause.PAGE, 0, None),
    (X, Q, Cause.PAGE, Cause.PAGE, 1, None),
    (G, Q, Cause.PAGE, Cause.PAGE, 1, None),
    (L, Q, Cause.POLICY, Cause.POLICY, 1, None),
    (X, W, Cause.PAGE, Cause.PAGE, 1, "opened/2"),
    (G, W, Cause.PAGE, Cause.PAGE, 1, "opened/2"),
    (D, W, Cause.POLICY, Cause.POLICY, 1, "opened/2"),
]


@pytest.mark.parametrize(("before", "after", "cause", "wrong_by", "regressions", "key"), STEPS)
def test_what_is_said_of_a_step(
    made: Any, before: State, after: State, cause: Cause, wrong_by: Cause, regressions: int, key: str | None
) -> None:
    visit = made.visit(made.step(before, after, cause=cause), cause=wrong_by, regressions=regressions)
    events = due(visit, made.scene)
    assert [event.key for event in events] == ([f"F-3f9a1c20/{key}"] if key else [])
    assert all((event.route, event.notifiers) == ("unlocks", ("slack-unlocks", "mail")) for event in events)


def test_a_rule_that_left_with_many_others_is_the_operators_to_hear(made: Any) -> None:
    assert due(made.visit(made.step(W, W, seen=Seen.UNRULED, cause=Cause.POLICY)), made.scene) == ()


def test_a_withdrawn_finding_is_never_told_as_mended(made: Any) -> None:
    (event,) = due(made.visit(made.step(W, L, seen=Seen.UNRULED, cause=Cause.POLICY, published=None)), made.scene)
    assert event.told.moment == (
        'Nothing says any more whether 30 days is right, which a customer may still be told at "Unlock your phone".'
    )
    assert event.told.news == (
        "The rule unlock/wait is no longer in the registry: the finding is closed, and nobody mended the page."
    )
    (event,) = due(made.visit(made.step(L, W, cause=Cause.POLICY), regressions=1), made.scene)
    assert event.told.news == "The rule unlock/wait is in the registry again, and the page still contradicts it."


def test_every_step_that_is_told_is_tried_above() -> None:
    assert {(before, after) for before, after, *_, key in STEPS if key} >= set(SPEAKS) - {(A, G), (R, X)}


def test_what_a_silence_hides_is_kept_with_its_name(made: Any) -> None:
    silence = Silence("S-1", "ana", "being rewritten", made.hours(-1), made.hours(1), policy="unlock")
    scene = replace(made.scene, silences=(silence,))
    (event,) = due(made.visit(made.step(None, W)), scene)
    assert (event.silence, event.route, event.notifiers) == ("S-1", "", ())
    (event,) = due(made.visit(made.step(None, W, at=made.hours(1))), scene)
    assert (event.silence, event.route) == (None, "unlocks")


@pytest.mark.parametrize(
    ("until", "cause", "reason"),
    [
        (date(2026, 3, 1), Cause.POLICY, "expired"),
        (date(2026, 3, 2), Cause.POLICY, "opened"),  # it holds on its last day
        (date(2026, 3, 1), Cause.PAGE, "opened"),
    ],
)
def test_an_exception_that_ended_is_told_as_that(made: Any, until: date, cause: Cause, reason: str) -> None:
    (event,) = due(made.visit(made.step(None, W, cause=cause), cause=cause), made.exception(until))
    assert event.told.reason.value == reason
    if reason == "expired":
        assert event.key == "F-3f9a1c20/expired/exception/2026-03-01"
        assert event.told.news.startswith("The exception of ana@larkspur.example (old plan) ended on 1 March 2026")


@pytest.mark.parametrize(
    ("failures", "blind", "gone", "said"),
    [
        (2, BlindReason.TIMEOUT, False, False),
        (3, BlindReason.TIMEOUT, False, True),
        (9, BlindReason.TIMEOUT, False, True),  # under the key it was said by before
        (3, BlindReason.NOT_FOUND, True, False),
        (0, None, False, False),
    ],
)
def test_a_page_is_told_once_it_was_unread_for_too_long(
    made: Any, failures: int, blind: BlindReason | None, gone: bool, said: bool
) -> None:
    since = made.start if blind else None
    state = made.state(failures=failures, blind=blind, blind_since=since, gone_since=since if gone else None)
    outcome = replace(made.visit(made.step(None, A)), state=state, transitions=())
    events = due(outcome, made.scene)
    assert [event.key for event in events] == ([f"page {made.page}/blind/{AT}"] if said else [])
    assert all("it did not answer in time" in event.told.news for event in events)


def run(number: int, started: datetime, failure: str = "") -> Run:
    return Run(number, "help", "crawl", started, started, ended=started, failure=failure)


@pytest.mark.parametrize(
    ("failures", "key"),
    [
        (["down"] * 3, "source help/blind/20260302T090000Z"),
        (["down"] * 4, "source help/blind/20260302T080000Z"),
        (["down"] * 2, None),
        (["", "down", "down", "down"], None),
    ],
)
def test_a_source_is_told_once_it_was_unread_for_too_long(made: Any, failures: list[str], key: str | None) -> None:
    """The newest run is three hours after the start of the third before it."""
    runs = [run(9 - back, made.hours(2 - back), failure) for back, failure in enumerate(failures)]
    assert [event.key for event in source_unread(runs, made.scene)] == ([key] if key else [])


@pytest.mark.parametrize(
    ("visits", "mass", "told"), [(1, False, False), (2, False, False), (3, False, True), (3, True, False)]
)
def test_a_replaced_page_is_told_unless_it_is_one_of_a_mass(made: Any, visits: int, mass: bool, told: bool) -> None:
    state = made.state(
        failures=9, blind=BlindReason.REPLACED, blind_since=made.start, gone_since=None, replaced_visits=visits
    )
    outcome = replace(made.visit(made.step(None, A)), state=state, transitions=())
    events = due(outcome, replace(made.scene, mass=mass))
    assert [event.key for event in events] == ([f"page {made.page}/blind/{AT}"] if told else [])


def test_not_even_a_first_visit_is_told_where_the_next_may_find_a_mass(made: Any) -> None:
    state = made.state(failures=1, blind=BlindReason.REPLACED, blind_since=made.start, replaced_visits=1)
    outcome = replace(made.visit(made.step(None, A)), state=state, transitions=())
    assert due(outcome, replace(made.scene, blind_after=1)) == ()


@pytest.mark.parametrize(
    ("replaced", "key"),
    [
        ([20], "source help/replaced/20260302T110000Z"),
        ([100, 50, 20], "source help/replaced/20260302T090000Z"),
        ([100, 50, 19, 100], "source help/replaced/20260302T100000Z"),
        ([19, 100], None),
        ([], None),
    ],
)
def test_a_mass_of_replaced_pages_is_one_event_for_as_long_as_it_lasts(
    made: Any, replaced: list[int], key: str | None
) -> None:
    """A pass an hour, the newest first, over a hundred pages each, of which a fifth is a mass."""
    runs = [
        replace(run(9 - back, made.hours(2 - back)), counts={"pages": 100, "replaced": count})
        for back, count in enumerate(replaced)
    ]
    events = source_replaced(runs, made.scene)
    assert [event.key for event in events] == ([key] if key else [])
    assert all(event.route == "operators" for event in events)
    assert all(f"{replaced[0]} of 100 pages" in event.told.news for event in events)


@pytest.mark.parametrize(
    ("counts", "key"),
    [
        ([{"unanswered": 80}] * 3, "source help/replaced/20260302T090000Z"),
        ([{"unanswered": 80}] * 2, None),  # which may pass, as one page's failures may
        ([{"unanswered": 80}, {"unanswered": 19}, {"unanswered": 80}], None),
        ([{"unanswered": 80, "replaced": 15}] * 3, "source help/replaced/20260302T090000Z"),
        ([{"unanswered": 10, "replaced": 15}] * 3, "source help/replaced/20260302T090000Z"),
    ],
)
def test_a_server_that_is_down_for_a_mass_of_pages_is_one_event(
    made: Any, counts: list[dict[str, int]], key: str | None
) -> None:
    runs = [
        replace(run(9 - back, made.hours(2 - back)), counts={"pages": 100, **one}) for back, one in enumerate(counts)
    ]
    events = source_replaced(runs, made.scene)
    assert [event.key for event in events] == ([key] if key else [])
    assert all(f"{counts[0]['unanswered']} of 100 pages" in event.told.news for event in events)
    failed = [replace(runs[0], failure="its sitemap cannot be read"), *runs[1:]]
    assert source_replaced(failed, made.scene) == ()  # that is told of the source already


def test_a_source_that_stays_down_is_the_same_event(made: Any) -> None:
    down = [run(number, made.hours(number), "down") for number in (3, 2, 1)]
    later = [run(4, made.hours(4), "down"), *down]
    assert source_unread(down, made.scene)[0].key == source_unread(later, made.scene)[0].key


def test_the_operator_hears_of_a_dead_notifier_by_another(made: Any) -> None:
    event = undelivered("mail", 7, "it refuses us", made.start, made.scene)
    assert event is not None
    assert (event.key, event.route, event.notifiers) == ("notifier mail/failed/first/7", "operators", ("slack-all",))
    alone = replace(made.scene, routing=replace(made.scene.routing, operator="managers"))
    assert undelivered("slack-managers", 7, "it refuses us", made.start, alone) is None


@pytest.mark.parametrize(
    ("code", "moment"),
    [
        ("source-late", "The articles of help are not checked: they were not read in time."),
        ("something-new", "something-new"),
    ],
)
def test_the_operator_hears_of_trouble_once_a_day(made: Any, code: str, moment: str) -> None:
    event = trouble(code, "should have been read\n  a trace", "help", made.start, made.scene)
    assert event is not None
    assert (event.key, event.route) == (f"drift {code} help/trouble/20260302", "operators")
    assert (event.told.moment, event.told.news) == (moment, "should have been read")
    later = trouble(code, "other words", "help", made.hours(2), made.scene)
    assert later is not None
    assert later.key == event.key


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ([("F-3f9a1c20/escalated/1/1", "managers")], [("F-3f9a1c20/resolved/1/managers", ("slack-managers",))]),
        (
            [("F-3f9a1c20/escalated/1/20260302T090000Z/1", "managers")] * 2,
            [("F-3f9a1c20/resolved/1/managers", ("slack-managers",))],
        ),
        (
            [("F-3f9a1c20/escalated/1/1", "operators")],
            [("F-3f9a1c20/resolved/1/operators", ("slack-all",))],
        ),  # but not by mail again
        ([("F-3f9a1c20/escalated/2/1", "managers")], []),  # of another life
        ([("F-3f9a1c20/escalated/1/1", "")], []),  # a silence held it back
        ([("F-3f9a1c20/opened/1", "managers")], []),
        ([("F-3f9a1c20/escalated/1/1", "unlocks")], []),  # they hear it anyway
    ],
)
def test_the_end_goes_to_those_who_were_called_in(made: Any, said: list[tuple[str, str]], heard: list[object]) -> None:
    end = {"last_diverged": made.hours(1), "agreed_again": made.hours(2)}
    (over,) = due(made.visit(made.step(W, X), **end), made.scene)
    events = [Event(key, over.subject, over.told, route) for key, route in said]
    also = also_over(over, events, made.scene.routing)
    assert [(event.key, event.notifiers) for event in also] == heard


def test_without_routes_nobody_hears_of_trouble(made: Any) -> None:
    assert trouble("source-late", "", "help", made.start, AlertContext(Routing(), made.scene.registry)) is None


def test_every_trouble_of_the_log_has_words() -> None:
    page = (Path(__file__).parents[3] / "docs" / "serve.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) - {"alerts-undelivered"}  # an event of its own
    assert codes == set(render.TROUBLES)


def test_without_routes_nothing_is_said(made: Any) -> None:
    silent = AlertContext(Routing(), made.scene.registry)
    visit = made.visit(made.step(None, W))
    assert announced(visit, silent) is visit
    assert announced(visit, made.scene).events == due(visit, made.scene)


def test_only_what_a_first_run_opens_waits_for_its_end(made: Any) -> None:
    scene = replace(made.scene, first_run=4)
    assert [each.first_run for each in due(made.visit(made.step(None, W)), scene)] == [4]
    assert [each.first_run for each in due(made.visit(made.step(W, X)), scene)] == [None]


@pytest.mark.parametrize("why", [BlindReason.SERVER_ERROR, BlindReason.THROTTLED, BlindReason.TIMEOUT])
def test_pages_of_a_server_that_is_down_are_part_of_a_mass(made: Any, why: BlindReason) -> None:
    state = made.state(failures=9, blind=why, blind_since=made.start, gone_since=None)
    outcome = replace(made.visit(made.step(None, A)), state=state, transitions=())
    assert due(outcome, replace(made.scene, mass=True)) == ()
    assert len(due(outcome, made.scene)) == 1  # once the mass is over, and the page is still down


def test_not_even_a_first_failure_is_told_where_the_next_pass_may_find_a_mass(made: Any) -> None:
    state = made.state(failures=1, blind=BlindReason.SERVER_ERROR, blind_since=made.start, gone_since=None)
    outcome = replace(made.visit(made.step(None, A)), state=state, transitions=())
    assert due(outcome, replace(made.scene, blind_after=1)) == ()
    again = replace(outcome, state=replace(state, failures=2))
    assert len(due(again, replace(made.scene, blind_after=1))) == 1


def test_a_page_that_forbids_us_is_told_during_a_mass_too(made: Any) -> None:
    state = made.state(failures=9, blind=BlindReason.FORBIDDEN, blind_since=made.start, gone_since=None)
    outcome = replace(made.visit(made.step(None, A)), state=state, transitions=())
    assert len(due(outcome, replace(made.scene, mass=True))) == 1
