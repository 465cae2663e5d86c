"""What is said of a page beside its findings: sentences that were reworded, and what only our own reader changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drift.model.finding import Note, NoteKind, Reading
from drift.model.statement import Statement

_WORD = re.compile(r"\w+")


def notes(last: Reading, reading: Reading) -> tuple[Note, ...]:
    """What changed between two readings of a page that opens and closes nothing."""
    before = {statement.slot: statement for statement in last.statements}
    now = {statement.slot: statement for statement in reading.statements}
    if last.reader != reading.reader:
        return tuple(_read_otherwise(before, now, reading))
    return tuple(_reworded(before, now, reading))


def _reworded(before: dict[str, Statement], now: dict[str, Statement], reading: Reading) -> Iterator[Note]:
    """Sentences with the value they had, in other words: whoever owns the rule may want to read them."""
    for slot, statement in now.items():
        old = before.get(slot)
        if old is None or (old.full_name, old.published) != (statement.full_name, statement.published):
            continue
        if _WORD.findall(old.words.casefold()) != _WORD.findall(statement.words.casefold()):
            yield _note(NoteKind.REWORDED, statement, reading, old.quote, statement.quote)


def _read_otherwise(before: dict[str, Statement], now: dict[str, Statement], reading: Reading) -> Iterator[Note]:
    """What another version of the reader makes of the sentences. Where the page changed as well, that is among it."""
    for slot in dict.fromkeys((*before, *now)):
        old, new = before.get(slot), now.get(slot)
        if _said(old) != _said(new):
            statement = new or old
            assert statement is not None
            yield _note(NoteKind.READER, statement, reading, _said(old), _said(new))


def _said(statement: Statement | None) -> str:
    return f"{statement.full_name} {statement.outcome.value}: {statement.published}" if statement else ""


def _note(kind: NoteKind, statement: Statement, reading: Reading, before: str, after: str) -> Note:
    return Note(kind, reading.page.public, reading.at, statement.slot, statement.policy, statement.term, before, after)
