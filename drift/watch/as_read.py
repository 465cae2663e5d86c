"""A page as we read it: its passages with what they state, and the passage around a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from drift.engine import reading
from drift.model import Article, Passage, Zone
from drift.model.desk import PassagePiece
from drift.model.errors import ReadingError, StoreError, StoreFailure
from drift.model.finding import Finding
from drift.model.memory import Version
from drift.model.statement import Statement
from drift.model.watch_ports import Store

_Stands = tuple[int, int, Statement]  # where the value of a statement stands in a passage, half-open

_LOST = (StoreFailure.MISSING, StoreFailure.DAMAGED)  # of one snapshot


def article_of(store: Store, version: Version, selector: str | None) -> tuple[Article | None, str]:
    """The article that a version reads as, or None and why it cannot be told."""
    try:
        return reading.read(store.pages.snapshot(version), selector), ""
    except StoreError as error:
        if error.failure not in _LOST:
            raise
        return None, str(error)
    except ReadingError as error:
        return None, str(error)


def around(store: Store, finding: Finding, selector: str | None) -> PassagePiece | None:
    """The passage of a finding as it stood when it was last seen wrong; None where that is not stored any more."""
    stored = store.pages.versions(finding.article)
    version = next((each for each in reversed(stored) if each.text == finding.text), None)
    if version is None:
        return None
    article, _ = article_of(store, version, selector)
    passages = article.passages if article is not None else ()
    return next((each for each in marked(passages, (finding.statement,)) if len(each.pieces) > 1), None)


def marked(passages: Sequence[Passage], statements: Iterable[Statement]) -> Iterator[PassagePiece]:
    """The passages of an article but for its title, each with the statements that stand in it.

    A statement stands where its sentence does, in the passage with its headings if there is one; where its sentence is
    found nowhere, it is in no passage.
    """
    shown = [passage for passage in passages if passage.zone is not Zone.TITLE]
    found: list[list[_Stands]] = [[] for _ in shown]
    waiting = list(statements)
    for strictly in (True, False):
        for passage, here in zip(shown, found, strict=True):
            for statement in tuple(waiting):
                if strictly and not _same_place(passage, statement):
                    continue
                start = _start(passage.text, statement, here)
                if start is not None:
                    here.append((start, start + len(statement.value_text), statement))
                    waiting.remove(statement)
    for passage, here in zip(shown, found, strict=True):
        yield PassagePiece(passage, tuple(_pieces(passage.text, sorted(here, key=lambda each: each[:2]))))


def _same_place(passage: Passage, statement: Statement) -> bool:
    there = (statement.heading, statement.row, statement.column)
    return (passage.headings, passage.row, passage.column) == there


def _start(text: str, statement: Statement, taken: Sequence[_Stands]) -> int | None:
    """Where the value of a statement begins in a text, past the values of others; None where it is not there."""
    at = text.find(statement.quote) if statement.quote and statement.value_text else -1
    while at >= 0:
        start = at + statement.value_start
        end = start + len(statement.value_text)
        here = text[start:end] == statement.value_text
        if here and not any(start < stop and begin < end for begin, stop, _ in taken):
            return start
        at = text.find(statement.quote, at + 1)
    return None


def _pieces(text: str, found: Iterable[_Stands]) -> Iterator[tuple[str, Statement | None]]:
    last = 0
    for start, end, statement in found:
        if start > last:
            yield text[last:start], None
        yield text[start:end], statement
        last = end
    if last < len(text):
        yield text[last:], None
