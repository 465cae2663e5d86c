"""The table of a finding's life, every state against everything that can be seen, and one step along it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drift.findings import acknowledge
from drift.findings.lifecycle import Sighting, advance, after, opened
from drift.model import Outcome
from drift.model.errors import BlindReason, InputError
from drift.model.finding import Finding, Seen, State
from drift.model.statement import Cause

ASKED, OPEN, TAKEN, RESOLVED, REGRESSED, GONE, WITHDRAWN, DISMISSED = State
NONE = None

# columns: diverges | otherwise | suspect | suspect again | agrees | unclear | no longer stated | page gone | blind |
# no such rule | not
TABLE: dict[State | None, tuple[State | None, ...]] = {
    NONE: (NONE, OPEN, ASKED, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE),
    ASKED: (OPEN, OPEN, ASKED, ASKED, RESOLVED, ASKED, GONE, GONE, ASKED, WITHDRAWN, DISMISSED),
    OPEN: (OPEN, OPEN, OPEN, ASKED, RESOLVED, OPEN, GONE, GONE, OPEN, WITHDRAWN, GONE),
    TAKEN: (TAKEN, TAKEN, TAKEN, ASKED, RESOLVED, TAKEN, GONE, GONE, TAKEN, WITHDRAWN, GONE),
    RESOLVED: (REGRESSED, REGRESSED, ASKED, *[RESOLVED] * 8),
    REGRESSED: (REGRESSED, REGRESSED, REGRESSED, ASKED, RESOLVED, REGRESSED, GONE, GONE, REGRESSED, WITHDRAWN, GONE),
    GONE: (REGRESSED, REGRESSED, ASKED, GONE, RESOLVED, *[GONE] * 6),
    WITHDRAWN: (OPEN, OPEN, ASKED, WITHDRAWN, RESOLVED, WITHDRAWN, GONE, GONE, WITHDRAWN, WITHDRAWN, GONE),
    DISMISSED: (OPEN, OPEN, *[DISMISSED] * 9),
}
PAIRS = [(state, seen, wanted) for state, row in TABLE.items() for seen, wanted in zip(Seen, row, strict=True)]


def finding(made: Any, state: State) -> Finding:
    wrong = made.statement("30 days", Outcome.SUSPECT if state in (ASKED, DISMISSED) else None)
    first = made.hours(1)
    return Finding(
        "F-1", "s1", "unlock", "wait", made.page.public, state, wrong, Cause.PAGE, first, first, first, text="old"
    )


def sighting(made: Any, seen: Seen, **fields: Any) -> Sighting:
    statement = made.statement({Seen.OTHER: "45 days", Seen.AGREES: "60 days"}.get(seen, "30 days"))
    if seen in (Seen.SUSPECT, Seen.DOUBTED):
        statement = made.statement(fields.pop("published", "30 days"), Outcome.SUSPECT)
    said = seen in (Seen.SAME, Seen.OTHER, Seen.SUSPECT, Seen.DOUBTED, Seen.AGREES, Seen.UNCLEAR)
    reading = made.read(5, statement, stored=fields.pop("stored", False))
    return Sighting(seen, reading, statement if said else None, Cause.PAGE, made.hours(4), **fields)


@pytest.mark.parametrize(("state", "seen", "wanted"), PAIRS)
def test_every_state_meets_everything_that_can_be_seen(
    made: Any, state: State | None, seen: Seen, wanted: State | None
) -> None:
    assert after(state, sighting(made, seen)) is wanted


@pytest.mark.parametrize(("state", "seen", "wanted"), [pair for pair in PAIRS if pair[0]])
def test_a_step_is_told_when_the_state_or_the_wrong_value_changes(
    made: Any, state: State, seen: Seen, wanted: State
) -> None:
    moved, transition = advance(finding(made, state), sighting(made, seen))
    assert moved.state is wanted
    assert (transition is not None) == (wanted is not state or (state.stands and seen is Seen.OTHER))
    if transition is not None:
        assert (transition.before, transition.after, transition.at) == (state, wanted, made.hours(5))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("seen", Seen)
def test_a_stored_snapshot_read_again_closes_nothing(made: Any, state: State, seen: Seen) -> None:
    moved, _ = advance(finding(made, state), sighting(made, seen, stored=True))
    if moved.state is not state:
        assert not moved.state.closed
    assert moved.state.live or not state.live or (seen is Seen.DENIED and moved.state is DISMISSED)


def test_a_question_that_is_answered_was_wrong_from_the_day_it_was_asked(made: Any) -> None:
    asked, step = opened("F-1", "s1", sighting(made, Seen.SUSPECT, last_agreed=made.hours(4)))
    assert (asked.state, step.before, step.after, asked.held) == (ASKED, None, ASKED, False)
    assert (asked.first_diverged, asked.last_agreed, asked.opened) == (made.hours(5), made.hours(4), made.hours(5))
    later = replace(sighting(made, Seen.SAME), reading=made.read(9, made.statement("30 days")), cause=None)
    moved, made_open = advance(asked, later)
    assert made_open is not None
    assert (moved.state, moved.held, moved.regressions, made_open.cause) == (OPEN, True, 0, None)
    assert (moved.first_diverged, moved.last_agreed) == (made.hours(5), made.hours(4))
    assert (moved.opened, moved.standing_since) == (made.hours(9), made.hours(9))


@pytest.mark.parametrize(
    ("asked_by", "sure_by", "cause"),
    [
        (Cause.PAGE, None, Cause.PAGE),
        (Cause.POLICY, Cause.PAGE, Cause.POLICY),
        (Cause.READER, None, Cause.PAGE),
        (Cause.READER, Cause.PAGE, Cause.PAGE),
        (Cause.PAGE, Cause.READER, Cause.READER),
    ],
)
def test_only_our_own_reading_makes_a_question_one_of_our_own(
    made: Any, asked_by: Cause, sure_by: Cause | None, cause: Cause
) -> None:
    moved, _ = advance(replace(finding(made, ASKED), cause=asked_by), replace(sighting(made, Seen.SAME), cause=sure_by))
    assert moved.cause is cause


@pytest.mark.parametrize("closing", [Seen.AGREES, Seen.MISSING, Seen.PAGE_GONE])
def test_a_question_that_was_closed_opens_and_does_not_regress(made: Any, closing: Seen) -> None:
    closed, _ = advance(finding(made, ASKED), sighting(made, closing))
    assert closed.state.closed
    again, _ = advance(closed, sighting(made, Seen.SUSPECT))
    assert (again.state, again.regressions) == (ASKED, 1)
    moved, step = advance(closed, sighting(made, Seen.OTHER))
    assert step is not None
    assert (moved.state, moved.regressions, moved.opened) == (OPEN, 1, made.hours(5))


def test_what_is_only_suspect_takes_nothing_back_that_was_held(made: Any) -> None:
    before = finding(made, TAKEN)
    assert advance(before, sighting(made, Seen.SUSPECT, published="45 days")) == (before, None)


def test_another_value_of_a_question_is_a_line_of_its_history(made: Any) -> None:
    moved, step = advance(finding(made, ASKED), sighting(made, Seen.SUSPECT, published="45 days"))
    assert step is not None
    assert (moved.state, moved.statement.published, step.before, step.after) == (ASKED, "45 days", ASKED, ASKED)
    assert (moved.first_diverged, moved.last_diverged) == (made.hours(1), made.hours(5))


def test_a_dismissed_question_is_kept_as_it_was_asked(made: Any) -> None:
    moved, step = advance(finding(made, ASKED), sighting(made, Seen.DENIED))
    assert step is not None
    assert (moved.state, moved.statement.published, moved.gone, moved.resolved) == (DISMISSED, "30 days", None, None)


def test_a_changed_wrong_value_updates_the_finding(made: Any) -> None:
    moved, transition = advance(finding(made, TAKEN), sighting(made, Seen.OTHER))
    assert moved.statement.published == "45 days"
    assert (moved.first_diverged, moved.last_diverged) == (made.hours(1), made.hours(5))
    assert transition is not None
    assert transition.published == "45 days"


def test_a_resolved_finding_knows_both_bounds_of_its_end(made: Any) -> None:
    moved, _ = advance(finding(made, OPEN), sighting(made, Seen.AGREES))
    assert (moved.last_diverged, moved.agreed_again, moved.resolved) == (made.hours(4), made.hours(5), made.hours(5))
    assert moved.statement.published == "30 days"


def test_one_that_comes_back_begins_anew_and_counts(made: Any) -> None:
    closed, _ = advance(finding(made, TAKEN), sighting(made, Seen.AGREES))
    back = sighting(made, Seen.SAME, last_agreed=made.hours(4))
    moved, _ = advance(closed, back)
    assert (moved.state, moved.regressions, moved.first_diverged) == (REGRESSED, 1, made.hours(5))
    assert (moved.last_agreed, moved.agreed_again, moved.resolved) == (made.hours(4), None, None)
    assert moved.opened == made.hours(1)


def test_one_whose_rule_is_back_is_open_again_and_did_not_regress(made: Any) -> None:
    withdrawn, step = advance(finding(made, TAKEN), sighting(made, Seen.UNRULED))
    assert step is not None
    assert (withdrawn.state, withdrawn.gone, withdrawn.resolved, withdrawn.agreed_again) == (
        WITHDRAWN,
        None,
        None,
        None,
    )
    assert withdrawn.last_diverged == made.hours(1), "nothing was read"
    moved, step = advance(withdrawn, sighting(made, Seen.SAME))
    assert step is not None
    assert (step.before, step.after) == (WITHDRAWN, OPEN)
    assert (moved.regressions, moved.first_diverged, moved.acknowledged_by) == (1, made.hours(5), None)


@pytest.mark.parametrize("state", State)
def test_only_what_is_open_can_be_acknowledged(made: Any, state: State) -> None:
    if state not in (OPEN, REGRESSED):
        with pytest.raises(InputError, match=f"F-1 is {state.value}"):
            acknowledge(finding(made, state), "ana@larkspur.example", made.hours(6))
        return
    moved, transition = acknowledge(finding(made, state), "ana@larkspur.example", made.hours(6))
    assert (moved.state, moved.acknowledged_by, moved.acknowledged_at) == (TAKEN, "ana@larkspur.example", made.hours(6))
    assert (transition.before, transition.by, transition.seen) == (state, "ana@larkspur.example", None)


@pytest.mark.parametrize("why", BlindReason)
def test_only_a_page_that_is_no_more_closes_without_being_read(made: Any, why: BlindReason) -> None:
    memory = made.remembered(made.read(0, made.statement("30 days")), made.unread(1, why))
    gone = why in (BlindReason.NOT_FOUND, BlindReason.GONE, BlindReason.MISSING)
    assert memory.findings[0].state is (GONE if gone else OPEN)
