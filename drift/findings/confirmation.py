"""Two readings before anybody is told: a page caught in the middle of a change says something else a moment later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from drift.findings.memory import Change, Memory
from drift.findings.taking import take
from drift.model.finding import Finding, Note, NoteKind, Reading, Seen, State, Transition
from drift.model.statement import Statement


def asks_again(change: Change, reading: Reading) -> bool:
    """Whether a second reading, past every cache, must say the same before a change holds.

    A stored snapshot was read before, and says the same however often it is read.
    """
    return bool(change.transitions) and not reading.stored


@dataclass(frozen=True, slots=True)
class Steadiness:
    """When a page is one that says two things in turn: after so many visits whose readings differ, or to which a text
    comes back that it had before.

    It is that until no visit was one for `calm`, and for the time of `visits` of them where they are further apart.
    """

    after: int = 3  # two may be one deployment, seen from two servers in two passes
    calm: timedelta = timedelta(hours=24)
    visits: int = 3

    def is_calm(self, since: timedelta, apart: timedelta | None) -> bool:
        """Whether a page is steady that last differed `since` ago; `apart` is how long ago it was visited last."""
        return since >= self.calm and (apart is None or since >= self.visits * apart)


def settle(memory: Memory, first: Reading, second: Reading | None) -> Change:
    """What holds of a reading that asked for a second one; None where there was none to be had.

    A finding changes where both say the same of it. Where they do not the page is noted as unsteady, and its last good
    reading stays what the next one is held against; so it does where the second could not be read.
    """
    once = take(memory, first)
    if second is None:
        return Change()
    twice = take(memory, second)
    said = {_said(transition) for transition in once.transitions}
    told = tuple(transition for transition in twice.transitions if _said(transition) in said)
    holding = {transition.finding for transition in told}
    first_seen = {finding.id: finding for finding in once.findings}
    confirmed = tuple(_between(first_seen[one.id], one) for one in twice.findings if one.id in holding)
    steady = said == {_said(transition) for transition in twice.transitions}
    if steady and twice.held:
        unmoved = tuple(one for one in twice.findings if one.id not in holding)
        return replace(twice, findings=(*confirmed, *unmoved), transitions=told)
    blind = second.blind is not None and not twice.transitions
    notes = () if steady or blind else (_unsteady(memory, once, twice, second),)
    return Change(findings=confirmed, transitions=told, notes=notes)


def in_turn(memory: Memory, first: Reading, second: Reading) -> tuple[Change, Reading] | None:
    """What opens on a page that says two things in turn, and the reading that it is wrong in; None where nothing does.

    Nothing is closed by such a page: the next customer may be told the other thing.
    """
    for wrong, other in ((first, second), (second, first)):
        change, right = take(memory, wrong), take(memory, other)
        opened = [made for made in change.transitions if made.after.live and made.before is not made.after]
        if opened and change.held:
            ids = {made.finding for made in opened}
            told = tuple(replace(made, note=_in_turn(memory, made, change, right)) for made in opened)
            findings = tuple(finding for finding in change.findings if finding.id in ids)
            return replace(change, findings=findings, transitions=told, notes=()), wrong
    return None


def closing_nothing(change: Change) -> Change:
    """A change without what it closes."""
    closed = {made.finding for made in change.transitions if made.after.closed}
    return replace(
        change,
        findings=tuple(finding for finding in change.findings if finding.id not in closed),
        transitions=tuple(made for made in change.transitions if made.finding not in closed),
    )


def _in_turn(memory: Memory, made: Transition, change: Change, other: Change) -> str:
    slot = next(finding.slot for finding in change.findings if finding.id == made.finding)
    there = _statement(memory, other, slot)
    said = f"{there.published} or {made.published}" if there else f"{made.published} or nothing"
    return f"the page says {said} in turn"


def _unsteady(memory: Memory, once: Change, twice: Change, second: Reading) -> Note:
    """The note of two readings that differ, with what each of them says where they do."""
    slots = {finding.slot: None for change in (once, twice) for finding in change.findings}
    said = [
        " ".join(one.quote for slot in slots if (one := _statement(memory, change, slot)) is not None)
        for change in (once, twice)
    ]
    return Note(NoteKind.UNSTEADY, second.page.public, second.at, before=said[0], after=said[1])


def _statement(memory: Memory, change: Change, slot: str) -> Statement | None:
    """What a reading has in a slot, by its change: that of one without a reading says what is remembered."""
    if change.reading is None:
        return memory.statement(slot) if change.held else None
    return next((one for one in change.reading.statements if one.slot == slot), None)


def _said(transition: Transition) -> tuple[str, State, Seen | None, str | None, str | None]:
    return transition.finding, transition.after, transition.seen, transition.published, transition.expected


def _between(first: Finding, second: Finding) -> Finding:
    """The finding as the second reading has it, with the times at which the first one saw it change."""
    if second.state is State.RESOLVED:
        return replace(second, agreed_again=first.agreed_again)
    if second.state is State.GONE:
        return replace(second, gone=first.gone)
    return replace(second, first_diverged=first.first_diverged)
