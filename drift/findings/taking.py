"""What one reading of a page changes, held against what is remembered of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drift.findings import causes
from drift.findings.fingerprint import finding_id
from drift.findings.follow import carry
from drift.findings.lifecycle import Sighting, advance, opened
from drift.findings.memory import Change, Memory
from drift.findings.notes import notes
from drift.model import Outcome, wording
from drift.model.errors import BlindReason
from drift.model.finding import Finding, Reading, Seen, State, Transition
from drift.model.statement import Cause, Statement

_NEW = {Outcome.DIVERGES: Seen.OTHER, Outcome.SUSPECT: Seen.SUSPECT}  # what makes a finding
NO_PAGE = frozenset((BlindReason.NOT_FOUND, BlindReason.GONE, BlindReason.MISSING))

Step = tuple[Finding, Transition | None]


def take(memory: Memory, reading: Reading) -> Change:
    """What a reading changes. One that is no later than what is remembered, and says the same, changes nothing."""
    latest = memory.latest()
    if latest is not None and reading.at < latest:
        return Change()
    if reading.blind is not None:
        return _unread(memory, reading)
    reading = carry(memory, reading)
    said = _Statements(reading)
    steps = [advance(finding, _sighting(memory, finding, reading, said)) for finding in memory.findings]
    steps += _new(memory, reading)
    same = memory.last is not None and replace(reading, at=memory.last.at, stored=memory.last.stored) == memory.last
    return Change(
        reading=None if same else reading,
        findings=_changed(memory, steps),
        transitions=tuple(transition for _, transition in steps if transition is not None),
        notes=() if memory.last is None else notes(memory.last, reading),
        held=True,
    )


def _unread(memory: Memory, reading: Reading) -> Change:
    """A page that could not be read changes nothing; one that is no more takes its findings along."""
    if reading.blind not in NO_PAGE:
        return Change()
    note = "the page is gone"
    sighting = Sighting(Seen.PAGE_GONE, reading, None, Cause.PAGE, memory.seen_at, text_before=_text(memory), note=note)
    steps = [advance(finding, sighting) for finding in memory.findings]
    return Change(
        findings=_changed(memory, steps),
        transitions=tuple(transition for _, transition in steps if transition is not None),
    )


def _changed(memory: Memory, steps: list[Step]) -> tuple[Finding, ...]:
    known = {finding.id: finding for finding in memory.findings}
    return tuple(finding for finding, _ in steps if known.get(finding.id) != finding)


class _Statements:
    """The statements of a reading, gone over once for all findings of its page."""

    def __init__(self, reading: Reading) -> None:
        self.in_slot = {(one.full_name, one.slot): one for one in reversed(reading.statements)}
        self.rightly = {one.full_name: one for one in reversed(reading.statements) if one.outcome is Outcome.AGREES}
        self.unjudged = frozenset(reading.unjudged)
        self.denied = frozenset(reading.denied)
        self.doubted = frozenset(reading.doubted)


def _sighting(memory: Memory, finding: Finding, reading: Reading, said: _Statements) -> Sighting:
    """What a reading says of a finding."""
    seen, statement, note = _seen(finding, reading, said)
    cause: Cause | None
    if _is_question(finding, seen) and _is_answered(seen, statement):
        cause, note = None, note or _answered_by(statement)
    elif seen is Seen.DOUBTED:
        cause = None
    elif finding.state.live or statement is None:
        cause = causes.of_a_change(finding, memory.last, reading, statement)
    else:
        cause = causes.of_going_wrong(memory.last, memory.statement(finding.slot), reading, statement)
    note = note or _unconfirmed(statement)
    sighting = Sighting(seen, reading, statement, cause, memory.seen_at, text_before=_text(memory), note=note)
    return sighting if finding.state.live else _since(memory, finding, sighting)


def _is_question(finding: Finding, seen: Seen) -> bool:
    """Whether an answer may decide; what an annotator alone vouches for is a question to whoever says otherwise."""
    return finding.state is State.SUSPECTED or (seen is Seen.DENIED and finding.statement.annotated != "")


def _is_answered(seen: Seen, statement: Statement | None) -> bool:
    """Whether an answer is what decides: nothing of that is a change of the page, or of ours."""
    if seen is Seen.DENIED or statement is None:
        return seen is Seen.DENIED
    return statement.reviewed or (statement.annotated != "" and statement.outcome is not Outcome.SUSPECT)


def _unconfirmed(statement: Statement | None) -> str:
    """What the history says of a step that only an annotator vouches for."""
    if statement is None or not statement.annotated or statement.outcome is not Outcome.DIVERGES:
        return ""
    return wording.unconfirmed(statement.annotated)


def _answered_by(statement: Statement | None) -> str:
    if statement is None or statement.reviewed:
        return "a review says that it states the rule"
    return f"{statement.annotated} says that it states the rule, and no person confirmed it"


def _seen(finding: Finding, reading: Reading, said: _Statements) -> tuple[Seen, Statement | None, str]:
    statement = said.in_slot.get((finding.full_name, finding.slot))
    if statement is not None:
        seen = _said(finding.statement, statement)
        if seen is Seen.SUSPECT and finding.state.stands and finding.statement.annotated:
            return Seen.DOUBTED, statement, f"what {finding.statement.annotated} said of it counts no more"
        return seen, statement, ""
    if finding.slot in said.denied:
        return Seen.DENIED, None, "a review says that the sentence states another rule, or none"
    if finding.slot in said.doubted and _may_be_doubted(finding):
        return Seen.DENIED, None, wording.DOUBTED
    if finding.slot in said.unjudged:
        if reading.policies == finding.policies:
            return Seen.UNCLEAR, None, ""
        return Seen.MISSING, None, "the sentence stands there, and the policies no longer take it for this rule"
    if rightly := said.rightly.get(finding.full_name):
        return Seen.AGREES, rightly, "the sentence is gone, and another one states the rule rightly"
    return Seen.MISSING, None, "the page does not say it any more"


def _may_be_doubted(finding: Finding) -> bool:
    """Whether an annotator's no ends a finding: a question, and what stands on the word of an annotator alone."""
    return finding.state is State.SUSPECTED or (finding.state.stands and finding.statement.annotated != "")


def _said(before: Statement, now: Statement) -> Seen:
    if now.outcome is Outcome.AGREES:
        return Seen.AGREES
    if now.outcome is Outcome.SUSPECT:
        return Seen.SUSPECT
    if not now.outcome.decided:
        return Seen.UNCLEAR
    same = (before.published, before.expected) == (now.published, now.expected)
    return Seen.SAME if same else Seen.OTHER


def _new(memory: Memory, reading: Reading) -> Iterator[Step]:
    """The statements that diverge, or are suspect, and were no finding before."""
    known = {(finding.slot, finding.full_name) for finding in memory.findings}
    for statement in reading.statements:
        seen = _NEW.get(statement.outcome)
        if seen is None or (statement.slot, statement.full_name) in known:
            continue
        cause = causes.of_going_wrong(memory.last, memory.statement(statement.slot), reading, statement)
        if statement.annotated and cause is Cause.READER:
            cause = Cause.PAGE  # it said so before: that it can be told now is no change of how we read
        note = _unconfirmed(statement)
        sighting = Sighting(seen, reading, statement, cause, memory.seen_at, text_before=_text(memory), note=note)
        name = finding_id(statement.full_name, reading.page.public, statement.slot)
        yield opened(name, statement.slot, _since(memory, None, sighting))


def _since(memory: Memory, finding: Finding | None, sighting: Sighting) -> Sighting:
    """With the last time the page was right, for a statement that may go wrong now."""
    now = sighting.statement
    before = memory.statement(now.slot) if now else None
    if before is not None and now is not None and before.full_name != now.full_name:
        before = None
    if before is not None and before.outcome is Outcome.AGREES:
        return replace(sighting, before=before, last_agreed=memory.seen_at)
    if before is not None:
        return replace(sighting, last_agreed=before.agreed_at)
    agreed = finding.agreed_again if finding else None
    return replace(sighting, last_agreed=agreed, last_without=memory.seen_at)


def _text(memory: Memory) -> str:
    return memory.last.text if memory.last else ""
