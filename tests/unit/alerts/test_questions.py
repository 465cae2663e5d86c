"""The digest of questions: to each owner, the worst first, once a week, and not what a silence hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from drift.alerts import questions
from drift.alerts.headings import heading
from drift.model import Outcome, Owner, Registry, Severity
from drift.model.alert import Reason
from drift.model.finding import Finding, Silence, State
from drift.model.route import NOBODY, Route, When


def asked(made: Any, name: str = "F-1", **fields: Any) -> Finding:
    statement = replace(made.finding.statement, outcome=Outcome.SUSPECT, **fields)
    return replace(made.finding, id=name, state=State.SUSPECTED, statement=statement)  # type: ignore[no-any-return]


def test_who_owns_the_policy_is_asked_at_once_and_then_weekly_while_any_question_waits(made: Any) -> None:
    (event,) = questions([asked(made)], made.scene, made.start, {})
    assert event.key == "questions wireless@larkspur.example/questions/first"
    assert event.told.owner == made.scene.policy("unlock").owner
    assert event.told.finding is None
    said = {event.subject: made.start}
    more = [asked(made), asked(made, "F-2")]
    assert questions(more, made.scene, made.start + timedelta(days=6, hours=14), said) == ()
    (week,) = questions(more, made.scene, made.start + timedelta(days=7, hours=-8), said)
    assert week.subject == event.subject
    assert week.key == "questions wireless@larkspur.example/questions/20260302T090000Z"
    assert week.told.waiting == 2
    assert questions([], made.scene, made.start + timedelta(days=7), said) == ()


def test_two_who_work_it_out_at_once_make_the_same_one(made: Any) -> None:
    said = {"questions wireless@larkspur.example": made.start}
    week = made.start + timedelta(days=7)
    keys = {questions([asked(made)], made.scene, at, said)[0].key for at in (week, week + timedelta(hours=30))}
    assert len(keys) == 1


def test_only_questions_are_asked(made: Any) -> None:
    others = [replace(asked(made), state=state) for state in State if state is not State.SUSPECTED]
    assert questions(others, made.scene, made.start, {}) == ()
    silence = Silence("S-1", "ana", "rewriting", made.hours(-1), made.hours(1), finding="F-1")
    hidden = replace(made.scene, silences=(silence,))
    assert questions([asked(made)], hidden, made.start, {}) == ()
    assert len(questions([asked(made)], hidden, made.hours(1), {})) == 1
    unknown = replace(asked(made), policy="no-policy")
    assert questions([unknown], made.scene, made.start, {}) == ()


def test_the_worst_come_first_and_the_rest_is_counted(made: Any) -> None:
    found = [
        asked(made, "F-1", severity=Severity.LOW, confidence=0.6),
        asked(made, "F-2", severity=Severity.HIGH, confidence=0.3),
        asked(made, "F-3", severity=Severity.HIGH, confidence=0.5),
        *[asked(made, f"F-1{number}", severity=Severity.LOW, confidence=0.4) for number in range(4)],
    ]
    (event,) = questions(found, made.scene, made.start, {})
    told = event.told
    assert told.severity is Severity.HIGH
    assert told.moment == "7 sentences may contradict your policies: 3 minutes: `drift review`"
    assert heading(Reason.QUESTIONS, [told]) == "7 sentences may contradict your policies"
    assert (told.waiting, [one.finding for one in told.asked]) == (7, ["F-3", "F-2", "F-1", "F-10", "F-11"])
    assert (told.command, told.asked_of) == ("drift review", ("unlock",))
    worst = told.asked[0]
    assert (worst.published, worst.expected, worst.title) == ("30 days", "60 days", "Unlock your phone")
    assert worst.quote[worst.value_start :].startswith(worst.value_text)


def test_one_question_is_one(made: Any) -> None:
    (event,) = questions([asked(made)], made.scene, made.start, {})
    assert event.told.moment == "1 sentence may contradict your policies: 1 minute: `drift review`"


def test_each_owner_is_asked_by_one_digest_however_the_team_is_spelled(made: Any) -> None:
    again = replace(made.policy, name="unlock-abroad", owner=Owner(email="wireless@larkspur.example"))
    other = replace(made.policy, name="fees", owner=Owner(team="Billing"))
    scene = replace(made.scene, registry=Registry((other, made.policy, again)))
    found = [replace(asked(made, f"F-{name}"), policy=name) for name in ("unlock", "fees", "unlock-abroad")]
    billing, wireless = questions(found, scene, made.start, {})
    assert (billing.subject, billing.told.asked_of) == ("questions Billing", ("fees",))
    assert (wireless.told.waiting, wireless.told.asked_of) == (2, ("unlock", "unlock-abroad"))


@pytest.mark.parametrize(
    ("named", "when", "route"),
    [
        (None, When(policy=("fees",)), "all"),
        (None, When(policy=("unl*",)), "first"),
        (None, When(policy_owner=("Wireless policy",)), "first"),
        (None, When(reason=(Reason.QUESTIONS,)), "first"),
        (None, When(reason=(Reason.OPENED,)), "all"),
        ("managers", When(policy=("unl*",)), "managers"),
    ],
)
def test_the_route_that_is_named_or_that_matches_hears_it(made: Any, named: str, when: When, route: str) -> None:
    routing = made.scene.routing
    routes = (Route("first", ("mail",), when), Route("all", ("slack-all",)), *routing.routes[2:])
    scene = replace(made.scene, routing=replace(routing, routes=routes, questions=named))
    (event,) = questions([asked(made)], scene, made.start, {})
    assert event.route == route
    assert event.notifiers


def test_nobody_is_asked_where_it_is_off_or_nobody_hears(made: Any) -> None:
    off = replace(made.scene, routing=replace(made.scene.routing, questions=NOBODY))
    deaf = replace(made.scene, routing=replace(made.scene.routing, routes=()))
    assert questions([asked(made)], off, made.start, {}) == questions([asked(made)], deaf, made.start, {}) == ()
