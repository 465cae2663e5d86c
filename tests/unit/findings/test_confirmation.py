"""Two readings, right after one another: what both say holds, and what they do not changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from drift.findings import Memory, asks_again, closing_nothing, in_turn, settle, take
from drift.model.errors import BlindReason
from drift.model.finding import NoteKind, Reading, State

RIGHT, WRONG, WORSE, NOTHING, BLIND, NO_PAGE = "60 days", "30 days", "45 days", "nothing", "blind", "no page"


def reading(made: Any, at: float, said: str) -> Reading:
    if said == BLIND:
        return made.unread(at)  # type: ignore[no-any-return]
    if said == NO_PAGE:
        return made.unread(at, BlindReason.NOT_FOUND)  # type: ignore[no-any-return]
    return made.read(at, *([] if said == NOTHING else [made.statement(said)]))  # type: ignore[no-any-return]


def memory(made: Any, *said: str) -> Memory:
    return made.remembered(*(reading(made, at, one) for at, one in enumerate(said)))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("before", "now", "asked"),
    [
        ((), RIGHT, False),
        ((), WRONG, True),  # a new divergence
        ((RIGHT,), RIGHT, False),
        ((RIGHT,), WRONG, True),
        ((WRONG,), WRONG, False),
        ((WRONG,), WORSE, True),  # a changed wrong value
        ((WRONG,), RIGHT, True),  # a resolution
        ((WRONG,), NOTHING, True),  # gone
        ((WRONG,), NO_PAGE, True),
        ((WRONG,), BLIND, False),
        ((WRONG, RIGHT), WRONG, True),  # a regression
        ((WRONG, RIGHT), NOTHING, False),
        ((RIGHT,), NO_PAGE, False),
    ],
)
def test_what_calls_for_a_second_reading(made: Any, before: tuple[str, ...], now: str, asked: bool) -> None:
    one = reading(made, 9, now)
    assert asks_again(take(memory(made, *before), one), one) is asked


def test_a_stored_snapshot_is_not_asked_for_again(made: Any) -> None:
    one = made.read(9, made.statement(WRONG), stored=True)
    assert not asks_again(take(Memory(), one), one)


@pytest.mark.parametrize(
    ("before", "now", "state"),
    [
        ((RIGHT,), WRONG, State.OPEN),
        ((WRONG,), RIGHT, State.RESOLVED),
        ((WRONG,), NOTHING, State.GONE),
        ((WRONG,), NO_PAGE, State.GONE),
        ((WRONG, RIGHT), WRONG, State.REGRESSED),
    ],
)
def test_what_two_readings_say_holds_from_the_first_on(
    made: Any, before: tuple[str, ...], now: str, state: State
) -> None:
    known = memory(made, *before)
    change = settle(known, reading(made, 8, now), reading(made, 8.1, now))
    (finding,) = change.findings
    assert finding.state is state
    times = {
        State.RESOLVED: finding.agreed_again,
        State.GONE: finding.gone,
    }
    assert times.get(state, finding.first_diverged) == made.hours(8)
    assert [transition.at for transition in change.transitions] == [made.hours(8.1)]
    assert change.notes == ()
    assert change.held is (now != NO_PAGE)


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        ((RIGHT,), WRONG, RIGHT),
        ((RIGHT,), WRONG, WORSE),
        ((RIGHT,), WRONG, NOTHING),
        ((WRONG,), RIGHT, WRONG),
        ((WRONG,), WORSE, WRONG),
        ((WRONG,), NOTHING, RIGHT),
        ((WRONG,), NO_PAGE, WRONG),
    ],
)
def test_where_two_readings_differ_nothing_changes_and_the_page_is_unsteady(
    made: Any, before: tuple[str, ...], first: str, second: str
) -> None:
    known = memory(made, *before)
    change = settle(known, reading(made, 8, first), reading(made, 8.1, second))
    assert (change.findings, change.transitions, change.reading, change.held) == ((), (), None, False)
    assert [note.kind for note in change.notes] == [NoteKind.UNSTEADY]


def test_one_finding_may_hold_where_another_does_not(made: Any) -> None:
    known = made.remembered(made.read(0, made.statement(RIGHT), made.statement(RIGHT, slot="s2")))
    first = made.read(8, made.statement(WRONG), made.statement(WRONG, slot="s2"))
    second = made.read(8.1, made.statement(WRONG), made.statement(RIGHT, slot="s2"))
    change = settle(known, first, second)
    assert [(finding.slot, finding.state) for finding in change.findings] == [("s1", State.OPEN)]
    assert [note.kind for note in change.notes] == [NoteKind.UNSTEADY]
    after = known.after(change, second)
    assert take(after, made.read(9, made.statement(WRONG), made.statement(RIGHT, slot="s2"))).transitions == ()


@pytest.mark.parametrize("second", [BLIND, None])
def test_what_could_not_be_read_again_waits(made: Any, second: str | None) -> None:
    known = memory(made, RIGHT)
    again = reading(made, 8.1, second) if second else None
    change = settle(known, reading(made, 8, WRONG), again)
    assert (change.findings, change.transitions, change.notes, change.held) == ((), (), (), False)
    assert take(known, reading(made, 9, WRONG)).transitions != ()


def test_settling_the_same_two_readings_twice_writes_once(made: Any) -> None:
    known = memory(made, RIGHT)
    first, second = reading(made, 8, WRONG), reading(made, 8.1, WRONG)
    after = known.after(settle(known, first, second), second)
    again = settle(after, first, second)
    assert (again.findings, again.transitions, again.reading, again.notes) == ((), (), None, ())


@pytest.mark.parametrize(
    ("first", "second", "note"),
    [
        (WRONG, RIGHT, "the page says 60 days or 30 days in turn"),
        (RIGHT, WRONG, "the page says 60 days or 30 days in turn"),
        (WRONG, NOTHING, "the page says 30 days or nothing in turn"),
    ],
)
def test_what_a_page_says_in_turn_opens_and_closes_nothing(made: Any, first: str, second: str, note: str) -> None:
    known = memory(made, RIGHT)
    readings = reading(made, 8, first), reading(made, 8.1, second)
    opened = in_turn(known, *readings)
    assert opened is not None
    change, wrong = opened
    assert [(one.after, one.note) for one in change.transitions] == [(State.OPEN, note)]
    assert (wrong is readings[0]) is (first == WRONG)
    assert change.held
    after = known.after(change, wrong)
    back = take(after, reading(made, 9, RIGHT))
    assert [one.after for one in back.transitions] == [State.RESOLVED]
    assert (closing_nothing(back).transitions, closing_nothing(back).findings) == ((), ())


def test_nothing_opens_where_neither_text_says_anything_new(made: Any) -> None:
    known = memory(made, RIGHT, WRONG)
    assert in_turn(known, reading(made, 8, RIGHT), reading(made, 8.1, WRONG)) is None


def test_the_note_of_an_unsteady_page_has_both_sentences(made: Any) -> None:
    known = memory(made, RIGHT)
    (note,) = settle(known, reading(made, 8, WRONG), reading(made, 8.1, RIGHT)).notes
    assert ("30 days" in note.before, "60 days" in note.after) == (True, True)
