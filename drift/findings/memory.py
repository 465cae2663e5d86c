"""What a reading of a page is held against, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from drift.model.finding import Finding, Note, Reading, Transition
from drift.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one page: its last good reading, until when it held, and all findings it ever had.

    `seen_at` is when the page was last known to read as `last` has it, which an answer of 'not modified' tells too.
    """

    last: Reading | None = None
    seen_at: datetime | None = None
    findings: tuple[Finding, ...] = ()
    _by_slot: dict[str, Statement] = field(default_factory=dict, init=False, repr=False, compare=False)

    def statement(self, slot: str) -> Statement | None:
        """What the last good reading has in a slot."""
        if self.last and not self._by_slot:  # asked for each statement of a page
            self._by_slot.update((statement.slot, statement) for statement in reversed(self.last.statements))
        return self._by_slot.get(slot)

    def latest(self) -> datetime | None:
        """The time of the last reading that left a mark: an earlier one has nothing to say any more."""
        marks = [self.seen_at]
        for finding in self.findings:
            marks += [finding.last_diverged, finding.resolved, finding.gone]
        return max((mark for mark in marks if mark is not None), default=None)

    def after(self, change: Change, reading: Reading) -> Memory:
        """What is remembered once a change is written; `reading` is the one that made it, the second where two did."""
        findings = tuple({finding.id: finding for finding in (*self.findings, *change.findings)}.values())
        if not change.held:
            return Memory(self.last, self.seen_at, findings)
        return Memory(change.reading or self.last, self.seen_at if reading.stored else reading.at, findings)


@dataclass(frozen=True, slots=True)
class Change:
    """What one reading changes, to be written as one: nothing in it, nothing to write.

    `reading` has the slots of its statements; None where it says what the last one said. `held` says whether the page
    was read and is known to read so now: where it is not, the last good reading stays what the next is held against.
    """

    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()  # those that are new or changed, whole
    transitions: tuple[Transition, ...] = ()
    notes: tuple[Note, ...] = ()
    held: bool = False
