"""The digest of questions: to each owner, the worst first, once a week, and not what a silence hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from drift.alerts import questions
from drift.model import Finding, Outcome, Severity, Silence, State


def asked(made: Any, name: str = "F-1", **fields: Any) -> Finding:
    statement = replace(made.finding.statement, outcome=Outcome.SUSPECT, **fields)
    return replace(made.finding, id=name, state=State.SUSPECTED, statement=statement)  # type: ignore[no-any-return]


def test_who_owns_the_policy_is_asked_once_a_week_while_any_question_waits(made: Any) -> None:
    (event,) = questions([asked(made)], made.scene, made.start)
    (later,) = questions([asked(made), asked(made, "F-2")], made.scene, made.start + timedelta(days=6))
    (week,) = questions([asked(made)], made.scene, made.start + timedelta(days=7))
    assert event.key == later.key != week.key
    assert event.subject == week.subject
    assert event.told.owner == made.scene.policy("unlock").owner
    assert event.route
    assert event.told.finding is None


def test_only_questions_are_asked(made: Any) -> None:
    others = [replace(asked(made), state=state) for state in State if state is not State.SUSPECTED]
    assert questions(others, made.scene, made.start) == ()
    silence = Silence("S-1", "ana", "rewriting", made.hours(-1), made.hours(1), finding="F-1")
    hidden = replace(made.scene, silences=(silence,))
    assert questions([asked(made)], hidden, made.start) == ()
    assert len(questions([asked(made)], hidden, made.hours(1))) == 1
    unknown = replace(asked(made), policy="no-policy")
    assert questions([unknown], made.scene, made.start) == ()


def test_the_worst_come_first_and_the_rest_is_counted(made: Any) -> None:
    found = [
        asked(made, "F-1", published="1 day", severity=Severity.LOW, confidence=0.6),
        asked(made, "F-2", published="2 days", severity=Severity.HIGH, confidence=0.3),
        asked(made, "F-3", published="3 days", severity=Severity.HIGH, confidence=0.5),
        asked(made, "F-4", published="4 days", severity=Severity.LOW, confidence=0.4),
    ]
    (event,) = questions(found, made.scene, made.start)
    assert event.told.severity is Severity.HIGH
    assert event.told.moment == "4 sentences may contradict your policies: nobody was alerted of them."
    page = found[0].article
    assert event.told.news == (
        f"'drift review' of the pages settles it. The worst first: {page} says 3 days, and unlock/wait is 60 days; "
        f"{page} says 2 days, and unlock/wait is 60 days; {page} says 1 day, and unlock/wait is 60 days; and 1 more."
    )
