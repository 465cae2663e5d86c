"""What holds of any history: blind readings change nothing, and nothing is written twice."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from drift.findings import Change, Memory, settle, take
from drift.findings.taking import NO_PAGE
from drift.model import Outcome
from drift.model.errors import BlindReason
from drift.model.finding import Reading, Transition
from drift.model.statement import Statement

SLOTS = ("s1", "s2")
# What a page says in each of two slots at a visit: a value, '?' for one that is unclear, '~' before one that is only
# suspect, '' for nothing.
SAID = st.tuples(*(st.sampled_from(("60 days", "30 days", "45 days", "~30 days", "~45 days", "?", "")) for _ in SLOTS))
UNREAD = st.sampled_from([why for why in BlindReason if why not in NO_PAGE])
VISIT = st.one_of(SAID, UNREAD, st.sampled_from(sorted(NO_PAGE)))
HISTORY = st.lists(VISIT, max_size=8)


def reading(made: Any, at: float, visit: tuple[str, ...] | BlindReason) -> Reading:
    if isinstance(visit, BlindReason):
        return made.unread(at, visit)  # type: ignore[no-any-return]
    statements = [_stated(made, said, slot) for said, slot in zip(visit, SLOTS, strict=True) if said]
    return made.read(at, *statements)  # type: ignore[no-any-return]


def _stated(made: Any, said: str, slot: str) -> Statement:
    if said == "?":
        return made.statement("60 days", Outcome.UNCLEAR, slot)  # type: ignore[no-any-return]
    outcome = Outcome.SUSPECT if said.startswith("~") else None
    return made.statement(said.removeprefix("~"), outcome, slot)  # type: ignore[no-any-return]


def ended(
    readings: list[Reading], memory: Memory | None = None, *, twice: bool = False
) -> tuple[Memory, list[Transition]]:
    """What is remembered after some readings, and every transition on the way; each confirmed if asked."""
    memory = memory or Memory()
    told: list[Transition] = []
    for one in readings:
        change: Change = settle(memory, one, one) if twice else take(memory, one)
        told += change.transitions
        memory = memory.after(change, one)
    return memory, told


@given(st.lists(st.tuples(SAID, st.lists(UNREAD, max_size=2)), max_size=6))
def test_unreadable_readings_change_nothing(
    made: Any, history: list[tuple[tuple[str, ...], list[BlindReason]]]
) -> None:
    readable, all_of_them = [], []
    for at, (said, failures) in enumerate(history):
        readable.append(reading(made, at, said))
        all_of_them.append(readable[-1])
        all_of_them += [reading(made, at + 0.1 * nth, why) for nth, why in enumerate(failures, start=1)]
    assert ended(all_of_them) == ended(readable)


@given(HISTORY)
def test_the_same_reading_twice_writes_once(made: Any, history: list[Any]) -> None:
    memory = Memory()
    for at, visit in enumerate(history):
        one = reading(made, at, visit)
        memory = memory.after(take(memory, one), one)
        again = take(memory, one)
        assert (again.reading, again.findings, again.transitions, again.notes) == (None, (), (), ())


@given(HISTORY, st.lists(st.integers(0, 8), max_size=3))
def test_any_order_of_crash_and_resume_ends_in_the_same_findings(
    made: Any, history: list[Any], crashes: list[int]
) -> None:
    readings = [reading(made, at, visit) for at, visit in enumerate(history)]
    memory, told = Memory(), []
    for crash in sorted(crashes):  # each run begins at the start again, and comes further than the one before
        memory, more = ended(readings[:crash], memory)
        told += more
    memory, more = ended(readings, memory)
    straight, straight_told = ended(readings)
    assert memory.findings == straight.findings
    assert told + more == straight_told


@given(HISTORY)
def test_what_is_confirmed_by_itself_is_what_one_reading_says(made: Any, history: list[Any]) -> None:
    readings = [reading(made, at, visit) for at, visit in enumerate(history)]
    assert ended(readings, twice=True) == ended(readings)


@given(HISTORY)
def test_a_page_is_wrong_exactly_while_a_finding_stands(made: Any, history: list[Any]) -> None:
    readings = [reading(made, at, visit) for at, visit in enumerate(history)]
    memory, told = ended(readings)
    standing = {finding.slot for finding in memory.findings if finding.state.stands}
    good = [one for one in readings if one.blind is None]
    if readings and good and readings[-1] is good[-1]:
        wrong = {one.slot for one in good[-1].statements if one.outcome is Outcome.DIVERGES}
        asked = {one.slot for one in good[-1].statements if one.outcome is Outcome.SUSPECT}
        unclear = {one.slot for one in good[-1].statements if one.outcome is Outcome.UNCLEAR}
        assert wrong <= standing <= wrong | unclear | asked
        live = {finding.slot for finding in memory.findings if finding.state.live}
        assert wrong | asked <= live <= wrong | asked | unclear
    for finding in memory.findings:
        states = [one.after for one in told if one.finding == finding.id]
        assert states[-1] is finding.state
        assert finding.first_diverged <= finding.last_diverged
        assert finding.last_agreed is None or finding.last_agreed < finding.first_diverged
