"""Two readings before anybody is told: a page caught in the middle of a change says something else a moment later."""

from __future__ import annotations

from dataclasses import replace

from drift.findings.memory import Change, Memory
from drift.findings.taking import take
from drift.model import Finding, Note, NoteKind, Reading, Seen, State, Transition


def asks_again(change: Change, reading: Reading) -> bool:
    """Whether a second reading, past every cache, must say the same before a change holds.

    A stored snapshot was read before, and says the same however often it is read.
    """
    return bool(change.transitions) and not reading.stored


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
    notes = () if steady or blind else (Note(NoteKind.UNSTEADY, second.page.public, second.at),)
    return Change(findings=confirmed, transitions=told, notes=notes)


def _said(transition: Transition) -> tuple[str, State, Seen | None, str | None, str | None]:
    return transition.finding, transition.after, transition.seen, transition.published, transition.expected


def _between(first: Finding, second: Finding) -> Finding:
    """The finding as the second reading has it, with the times at which the first one saw it change."""
    if second.state is State.RESOLVED:
        return replace(second, agreed_again=first.agreed_again)
    if second.state is State.GONE:
        return replace(second, gone=first.gone)
    return replace(second, first_diverged=first.first_diverged)
