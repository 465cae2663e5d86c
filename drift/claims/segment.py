"""The part of a sentence that belongs to one of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from drift.model import Found, Language

_FIRM = re.compile(r";|\n|•")


def segment(
    text: str, sentence: tuple[int, int], founds: Sequence[Found], index: int, language: Language
) -> tuple[int, int]:
    """The half-open span of `text` that the value `founds[index]` owns within its sentence.

    It reaches from the value before to the value after of the same kind (`founds` are those of the sentence,
    ascending). Where the text between two values has a clause boundary, each owns its side of the strongest;
    where it has none both own it. Clauses set off by ';' are never shared. What stands before the first value
    belongs to that value here; that the later ones may be read with it too is left to the reader.
    """
    own = founds[index]
    start, end = sentence
    for before in reversed(founds[:index]):
        if before.value.kind is own.value.kind:
            boundary = _boundary(text, before.end, _begin(own), language)
            start = before.end if boundary is None else boundary
            break
    for after in founds[index + 1 :]:
        if after.value.kind is own.value.kind:
            boundary = _boundary(text, own.end, _begin(after), language)
            end = _begin(after) if boundary is None else boundary
            break
    return _within_clause(text, start, end, own)


def _begin(found: Found) -> int:
    return found.start if found.bound_start is None else found.bound_start


def _within_clause(text: str, start: int, end: int, own: Found) -> tuple[int, int]:
    """The span cut at the semicolons around the value, without white space and commas at its ends."""
    for firm in _FIRM.finditer(text, start, end):
        if firm.end() <= own.start:
            start = firm.end()
        elif firm.start() >= own.end:
            end = firm.start()
            break
    while start < own.start and (text[start].isspace() or text[start] == ","):
        start += 1
    while end > own.end and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


@lru_cache(maxsize=8)
def _boundaries(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in language.phrases.get("clause words", ()))
    return re.compile(rf"[;\n•]|[()]|(?:(,)\s+)?\b(?:{words or '(?!)'})\b|,\s|\s[–—-]\s|:\s", re.IGNORECASE)


def _boundary(text: str, start: int, end: int, language: Language) -> int | None:
    """Where the text between two values falls into two clauses: at its strongest boundary, the last of equals."""
    best: int | None = None
    strength = 0
    depth = 0
    for found in _boundaries(language).finditer(text, start, end):
        mark = found.group()
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth -= 1
        rank = _rank(mark, depth, found.group(1) is not None)
        if rank >= strength:
            best, strength = (found.end() if rank == _CLOSED else found.start()), rank
    return best


_CLOSED = 4


def _rank(mark: str, depth: int, comma: bool) -> int:
    """How strongly a boundary separates: ';' over the end of a value's parenthesis over ', and' over 'and' over ','."""
    if mark in ";\n•":
        return 5
    if mark == ")":
        return _CLOSED if depth < 0 else 0
    if comma:
        return 3
    if mark == "(" or mark[0].isalpha() or mark.strip() in ("–", "—", "-"):
        return 2
    return 1
