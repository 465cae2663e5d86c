"""What only time brings, and that it is brought once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from drift.alerts import overdue, reviews
from drift.model.finding import Silence, State
from drift.model.statement import Cause

FOUR = "F-3f9a1c20/escalated/1/1 -> managers"
DAY = "F-3f9a1c20/escalated/1/2 -> all"


def said(finding: Any, made: Any, hour: float, *silences: Silence) -> list[str]:
    scene = replace(made.scene, silences=silences)
    return [f"{each.key} -> {each.route or each.silence}" for each in overdue([finding], scene, made.hours(hour))]


@pytest.mark.parametrize(
    ("hour", "events"), [(0, []), (3.9, []), (4, [FOUR]), (23, [FOUR]), (24, [FOUR, DAY]), (999, [FOUR, DAY])]
)
def test_what_nobody_acknowledges_goes_up_step_by_step(made: Any, hour: float, events: list[str]) -> None:
    assert said(made.finding, made, hour) == events


def test_it_stops_for_who_acknowledges_and_resumes_if_they_let_it_lie(made: Any) -> None:
    ours = replace(made.finding, state=State.ACKNOWLEDGED, acknowledged_by="ana", acknowledged_at=made.hours(3))
    assert said(ours, made, 6.9) == []
    (event,) = overdue([ours], made.scene, made.hours(7))
    assert (event.key, event.route) == ("F-3f9a1c20/escalated/1/20260302T120000Z/1", "managers")
    assert event.told.news == (
        "It has been wrong for 7 hours; ana acknowledged it 4 hours ago, and the page has not changed."
    )


def test_what_came_back_begins_anew_and_says_how_often(made: Any) -> None:
    back = replace(made.finding, state=State.REGRESSED, regressions=2, first_diverged=made.hours(10))
    assert said(back, made, 13) == []
    (event,) = overdue([back], made.scene, made.hours(15))
    assert event.key == "F-3f9a1c20/escalated/3/1"
    assert event.told.news == ("It has been wrong for 5 hours; nobody has acknowledged it; it came back 2 times.")


def test_nobody_is_late_for_what_was_only_a_question(made: Any) -> None:
    answered = replace(made.finding, opened=made.hours(100))
    assert said(answered, made, 103.9) == []
    assert said(answered, made, 104) == [FOUR]
    silence = Silence("S-1", "ana", "rewriting", made.hours(-1), made.hours(6), finding=made.finding.id)
    assert said(answered, made, 101, silence) == [], "it did not stand when that ended"


@pytest.mark.parametrize(
    "fields", [{"state": State.RESOLVED}, {"state": State.GONE}, {"state": State.SUSPECTED}, {"cause": Cause.READER}]
)
def test_what_does_not_stand_or_only_we_see_goes_nowhere(made: Any, fields: dict[str, Any]) -> None:
    over = Silence("S-1", "ana", "rewriting", made.hours(-1), made.hours(1), finding=made.finding.id)
    assert said(replace(made.finding, **fields), made, 99, over) == []


def test_a_silence_that_ended_is_told_once_and_holds_back_until_then(made: Any) -> None:
    silence = Silence("S-1", "ana", "rewriting", made.hours(-1), made.hours(6), finding=made.finding.id)
    expired = "F-3f9a1c20/expired/S-1/20260302T150000Z -> unlocks"
    assert said(made.finding, made, 5, silence) == ["F-3f9a1c20/escalated/1/1 -> S-1"]
    assert said(made.finding, made, 6, silence) == [expired, FOUR]  # the second was hidden under the same key
    other = replace(silence, id="S-2", until=made.hours(9))
    assert said(made.finding, made, 6, silence, other) == ["F-3f9a1c20/escalated/1/1 -> S-2"]
    assert said(replace(made.finding, first_diverged=made.hours(6)), made, 6, silence) == []
    event, _ = overdue([made.finding], replace(made.scene, silences=(silence,)), made.hours(6))
    assert event.told.news == "The silence of ana (rewriting) ended on 2 March 2026. The page is still wrong."


def test_a_policy_past_its_review_date_is_told_under_that_date(made: Any) -> None:
    (event,) = reviews(made.scene, made.start)
    assert (event.key, event.route) == ("policy unlock/review/2025-11-28", "unlocks")
    assert event.told.moment.startswith('The policy "Device unlock" was to be reviewed by 28 November 2025.')
    assert reviews(made.scene, made.start - timedelta(days=94)) == ()  # on the day itself
