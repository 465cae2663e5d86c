"""What changed from one text to another: line by line, and word by word within a line that was edited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 2_000  # words and spaces of the part that differs: to compare two such costs up to their product
_BLOCK = 1_000  # lines that are compared at once, for the same reason: 20,000 that repeat took minutes
_ALIKE = 0.5  # of their characters: with less in common, two lines are told as one that went and one that came


class Mark(Enum):
    KEPT = " "
    REMOVED = "-"
    ADDED = "+"


@dataclass(frozen=True, slots=True)
class DiffPart:
    mark: Mark
    text: str


Line = tuple[DiffPart, ...]


def words(before: str, after: str) -> Line:
    """Two lines as one, with the words that went and came marked."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    start, end = "".join(old[:head]), "".join(old[len(old) - tail :])
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(old), len(new)) > _LONGEST:
        middle = [DiffPart(Mark.REMOVED, "".join(old)), DiffPart(Mark.ADDED, "".join(new))]
    else:
        middle = list(_compared(old, new))
    return _joined(_bridged([DiffPart(Mark.KEPT, start), *middle, DiffPart(Mark.KEPT, end)]))


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words or lines both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(old), len(new)))


def _compared(old: list[str], new: list[str]) -> Iterator[DiffPart]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield DiffPart(Mark.KEPT, "".join(old[i:j]))
        else:
            yield DiffPart(Mark.REMOVED, "".join(old[i:j]))
            yield DiffPart(Mark.ADDED, "".join(new[k:m]))


def lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """All lines of both texts: those that stayed, went, came, and those that were edited as one line each."""
    head = _same(before, after)
    tail = _same(before[head:][::-1], after[head:][::-1])
    yield from ((DiffPart(Mark.KEPT, line),) for line in before[:head])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    for start in range(0, max(len(old), len(new)), _BLOCK):
        yield from _block(old[start : start + _BLOCK], new[start : start + _BLOCK])
    yield from ((DiffPart(Mark.KEPT, line),) for line in before[len(before) - tail :])


def _block(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for tag, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield from ((DiffPart(Mark.KEPT, line),) for line in before[i:j])
            continue
        old, new = list(before[i:j]), list(after[k:m])
        while old and new:
            edited = words(old[0], new[0])
            if _alike(edited, old[0], new[0]):
                yield edited
                del old[0], new[0]
            elif len(old) >= len(new):
                yield (DiffPart(Mark.REMOVED, old.pop(0)),)
            else:
                yield (DiffPart(Mark.ADDED, new.pop(0)),)
        yield from ((DiffPart(Mark.REMOVED, line),) for line in old)
        yield from ((DiffPart(Mark.ADDED, line),) for line in new)


def changed(line: Line) -> bool:
    return any(part.mark is not Mark.KEPT for part in line)


def _alike(edited: Line, before: str, after: str) -> bool:
    kept = sum(len(part.text) for part in edited if part.mark is Mark.KEPT)
    return kept >= _ALIKE * max(len(before), len(after))


def _bridged(parts: Sequence[DiffPart]) -> Iterator[DiffPart]:
    """With white space between two changes as a part of both: a phrase reads better than its words one by one."""
    for number, part in enumerate(parts):
        between = 0 < number < len(parts) - 1
        if between and part.mark is Mark.KEPT and part.text.isspace():
            yield DiffPart(Mark.REMOVED, part.text)
            yield DiffPart(Mark.ADDED, part.text)
        else:
            yield part


def _joined(parts: Sequence[DiffPart] | Iterator[DiffPart]) -> Line:
    """Between two stretches that stayed, what went as one part and then what came as one part."""
    line: list[DiffPart] = []
    for kept, stretch in groupby(parts, key=lambda part: part.mark is Mark.KEPT):
        group = list(stretch)
        for mark in (Mark.KEPT,) if kept else (Mark.REMOVED, Mark.ADDED):
            text = "".join(part.text for part in group if part.mark is mark)
            if text:
                line.append(DiffPart(mark, text))
    return tuple(line)
