"""Findings whose rule left the registry: who is closed, who is held for a day, and who is left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from drift.findings import Withdrawal, ruled, withdraw
from drift.model import Registry
from drift.model.finding import Finding, Reading, Seen, State, Transition
from drift.model.statement import Cause

HOUR = timedelta(hours=1)


def rules(*names: str) -> str:
    return "".join(f"- {{term: {name}, says: A wait of 5 days., value: 5 days}}\n" for name in names)


def findings(made: Any, *terms: str) -> list[Finding]:
    at = made.hours(0)
    wrong = made.statement("30 days")
    return [
        Finding(f"F-{term}", "s1", "rules", term, made.page.public, State.OPEN, wrong, Cause.PAGE, at, at, at)
        for term in terms
    ]


def withdrawn(
    made: Any, standing: Sequence[Finding], registry: Registry, past: Sequence[Transition] = (), *, at: float = 1
) -> Withdrawal:
    def history(finding: str) -> list[Transition]:
        return [one for one in past if one.finding == finding]

    def unread(_: Finding) -> Reading:
        return Reading(made.page, made.hours(at), policies="policies-2")

    return withdraw(standing, registry, history, unread)


@pytest.mark.parametrize(
    ("standing", "left", "closed", "held"),
    [
        ("a", "a", "", ""),
        ("a", "z", "a", ""),  # one rule of one: an ordinary edit
        ("ab", "z", "ab", ""),
        ("abc", "z", "", "abc"),  # all of three: a part of the folder may be lost
        ("abcde", "ab", "", "cde"),
        ("abcdef", "abc", "def", ""),  # half of them is not most of them
        ("aaaab", "b", "a", ""),  # rules are counted, not findings
    ],
)
def test_who_is_closed_and_who_is_held(
    made: Any, registry_of: Callable[..., Registry], standing: str, left: str, closed: str, held: str
) -> None:
    known = findings(made, *standing)
    now = withdrawn(made, known, registry_of(rules(*left)))
    assert "".join(dict.fromkeys(one.term for one, _ in now.closed)) == closed
    assert "".join(one.term for one in now.held) == held
    assert [one.finding for one in now.noted] == [one.id for one in now.held]
    assert all(
        (one.state, step.after, step.seen, step.cause) == (State.WITHDRAWN, State.WITHDRAWN, Seen.UNRULED, Cause.POLICY)
        for one, step in now.closed
    )


def test_what_is_held_is_closed_a_day_later_and_not_noted_twice(
    made: Any, registry_of: Callable[..., Registry]
) -> None:
    known, none = findings(made, "a", "b", "c"), registry_of(rules("z"))
    first = withdrawn(made, known, none, at=1)
    again = withdrawn(made, known, none, first.noted, at=24.5)
    assert (again.closed, again.noted, len(again.held)) == ((), (), 3)
    last = withdrawn(made, known, none, first.noted, at=25)
    assert (len(last.closed), last.held) == (3, ())


def test_a_rule_that_was_back_meanwhile_begins_a_new_day(made: Any, registry_of: Callable[..., Registry]) -> None:
    known, none = findings(made, "a", "b", "c"), registry_of(rules("z"))
    noted = withdrawn(made, known, none, at=1).noted
    seen_again = [replace(one, last_diverged=made.hours(2)) for one in known]
    now = withdrawn(made, seen_again, none, noted, at=30)
    assert (now.closed, len(now.noted)) == ((), 3)


def test_only_findings_of_rules_in_the_registry_are_remembered(made: Any, registry_of: Callable[..., Registry]) -> None:
    known = findings(made, "a", "b")
    assert [one.term for one in ruled(known, registry_of(rules("b", "c")))] == ["b"]
