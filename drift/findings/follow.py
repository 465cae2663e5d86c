"""A page's statements followed from version to version: which slot each one has.

Sentences are paired where the page is read (`matching.followed`), because a known sentence decides what is read into
it. Here is what is handed there, and what is left afterwards: statements that were lost while another of their term
came up, and new ones.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import replace

from drift.findings.fingerprint import new_slot
from drift.findings.memory import Memory
from drift.model import Followed, Outcome, Verdict
from drift.model.finding import Reading, State
from drift.model.statement import Statement

BAR = 0.8
"""The confidence from which an agreement makes a sentence known.

Measured on half a of the labelled sets and on the project's own short pages: from .8 on 713 of 730 agreements are
right, from .9 on 701 of 717, from .95 on 671 of 673; on the long documents from .8 on 317 of 332, from .9 on 259 of
271. A wrong one costs something only when a value changes in it: with .8 the histories of half a give all 7 of their
changes and no false one, with .85 and .9 one change less.
"""


def followed(memory: Memory) -> tuple[Followed, ...]:
    """The sentences by which the next version of a page is followed: its own, and those of findings it lost."""
    if memory.last is None:
        return ()
    slots = {statement.slot for statement in memory.last.statements}
    lost = (finding.statement for finding in memory.findings if finding.slot not in slots)
    others = (Followed(sentence, nth) for sentence, nth in memory.last.others)
    return (*(_followed(one) for one in (*memory.last.statements, *lost)), *memory.last.likely, *others)


def known(verdict: Verdict) -> float:
    """How surely a sentence is known to state the term of its verdict from now on; 0.0 where it is not.

    It is where a person said so, where it agrees with a confidence at or above BAR, and where it was known before.
    """
    if verdict.match.reviewed:
        return 1.0
    earlier = verdict.match.known
    before = earlier.confidence if verdict.match.followed and earlier is not None and earlier.trusted else 0.0
    agrees = verdict.outcome is Outcome.AGREES and verdict.confidence >= BAR
    return max(before, verdict.confidence) if agrees else before


def _followed(statement: Statement) -> Followed:
    said = statement.confidence if statement.outcome.decided else 0.0
    confidence = statement.known or said
    trusted = statement.known > 0
    return Followed(statement.sentence, statement.nth, statement.full_name, statement.slot, confidence, trusted)


def carry(memory: Memory, reading: Reading) -> Reading:
    """The reading with a slot for each of its statements, and with when each that does not agree last did."""
    taken = {statement.slot for statement in (*reading.statements, *(finding.statement for finding in memory.findings))}
    taken |= {statement.slot for statement in memory.last.statements} if memory.last else set()
    heirs = dict(_heirs(memory, reading))
    statements = []
    tried: dict[str, int] = {}
    for at, statement in enumerate(reading.statements):
        slot = statement.slot or heirs.get(at) or new_slot(statement.words, taken, tried)
        taken.add(slot)
        statements.append(_dated(replace(statement, slot=slot), memory))
    return replace(reading, statements=tuple(statements))


def _heirs(memory: Memory, reading: Reading) -> Iterator[tuple[int, str]]:
    """New statements that take the slot of a lost one of their term: first those with its value, then in order.

    Lost is too what was last said of a rule that left the registry and came back.
    """
    standing = {*reading.unjudged, *(statement.slot for statement in reading.statements)}
    withdrawn = [one for one in memory.findings if one.state is State.WITHDRAWN]
    said = (*(memory.last.statements if memory.last else ()), *(one.statement for one in withdrawn))
    lost = [one for one in said if one.slot not in standing]
    left = {at: one for at, one in enumerate(reading.statements) if not one.slot}
    inherited: set[int] = set()  # the places in `lost` whose slot has gone on
    for kind in (_stated, _named):
        waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for place, before in enumerate(lost):
            if place not in inherited:
                waiting[kind(before)].append(place)
        for at, statement in list(left.items()):
            if places := waiting.get(kind(statement)):
                place = places.popleft()
                inherited.add(place)
                del left[at]
                yield at, lost[place].slot


def _stated(statement: Statement) -> tuple[str, ...]:
    return statement.full_name, statement.published


def _named(statement: Statement) -> tuple[str, ...]:
    return (statement.full_name,)


def _dated(statement: Statement, memory: Memory) -> Statement:
    """With when the page last agreed here, which a statement that agrees leaves to the reading."""
    before = memory.statement(statement.slot)
    if statement.outcome is Outcome.AGREES or before is None or before.full_name != statement.full_name:
        return statement
    return replace(statement, agreed_at=memory.seen_at if before.outcome is Outcome.AGREES else before.agreed_at)
