"""The part of a sentence that belongs to one of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from drift.engine.numbers import spoken
from drift.model import Found, Language

_FIRM = re.compile(r";|\n|•")
_PARENTHESIS = re.compile(r"[()]")


def segment(
    text: str, sentence: tuple[int, int], founds: Sequence[Found], index: int, language: Language
) -> tuple[int, int]:
    """The half-open span of `text` that the value `founds[index]` owns within its sentence.

    It reaches from the value before to the value after of the same kind (`founds` are those of the sentence,
    ascending). Where the text between two values has a clause boundary, each owns its side of the strongest;
    where it has none both own it. A value in a parenthesis after another one owns that parenthesis and no more.
    Clauses set off by ';' are never shared. What stands before the first value belongs to that value here; that
    the later ones may be read with it too is left to the reader. 'X and Y have A and B, respectively' is one for
    all its values: what stands in order cannot be cut.
    """
    own = founds[index]
    start, end = sentence
    if spoken(language.phrases.respectively).search(text, start, end):
        return _within_clause(text, start, end, own)
    for before in reversed(founds[:index]):
        if before.value.kind == own.value.kind:
            boundary = _boundary(text, before.end, _begin(own), language)
            start = before.end if boundary is None else boundary
            break
    for after in founds[index + 1 :]:
        if after.value.kind == own.value.kind:
            boundary = _boundary(text, own.end, _begin(after), language)
            end = _begin(after) if boundary is None else boundary
            break
    if start > sentence[0] and text[start] == "(":
        end = _closing(text, own.end, end)
    return _within_clause(text, start, end, own)


def _begin(found: Found) -> int:
    return found.start if found.bound_start is None else found.bound_start


def _within_clause(text: str, start: int, end: int, own: Found) -> tuple[int, int]:
    """The span cut at the semicolons around the value, without white space, commas and colons at its ends."""
    for firm in _FIRM.finditer(text, start, end):
        if firm.end() <= own.start:
            start = firm.end()
        elif firm.start() >= own.end:
            end = firm.start()
            break
    while start < own.start and (text[start].isspace() or text[start] in ",:"):
        start += 1
    while end > own.end and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def _closing(text: str, start: int, end: int) -> int:
    """Where the parenthesis open at `start` ends: after its ')', or at `end`."""
    depth = 1
    for mark in _PARENTHESIS.finditer(text, start, end):
        depth += 1 if mark.group() == "(" else -1
        if not depth:
            return mark.end()
    return end


@lru_cache(maxsize=8)
def _boundaries(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in language.phrases.clause_words)
    return re.compile(rf"[;\n•]|[()]|(?:(,)\s+)?\b(?:{words or '(?!)'})\b|,\s|\s[–—-]\s|:\s", re.IGNORECASE)


def _boundary(text: str, start: int, end: int, language: Language) -> int | None:
    """Where the text between two values falls into two clauses: at its strongest boundary, the last of equals.

    What a parenthesis between them holds is passed over; one that is still open at the second value begins its part.
    """
    best: tuple[int, int | None] = (0, None)  # strength, place
    opened: list[tuple[int, int | None]] = []  # the best before each open parenthesis
    for found in _boundaries(language).finditer(text, start, end):
        mark = found.group()
        if mark == "(":
            opened.append(best)
            if len(opened) == 1 and best[0] <= _WORD:
                best = _WORD, found.start()
        elif mark == ")":
            best = opened.pop() if opened else (_CLOSED, found.end())
        elif not opened or mark in _BREAKS:
            strength = _strength(mark, comma=found.group(1) is not None)
            if strength >= best[0]:
                best = strength, found.start()
    return best[1]


_BREAKS = ";\n•"
_BREAK, _CLOSED, _COMMA_AND_WORD, _WORD, _COMMA, _COLON = 6, 5, 4, 3, 2, 1


def _strength(mark: str, *, comma: bool) -> int:
    """How strongly a mark separates: ';' over the end of a value's parenthesis over ', and' over 'and' over ','."""
    if mark in _BREAKS:
        return _BREAK
    if comma:
        return _COMMA_AND_WORD
    if mark[0].isalpha() or mark.strip() in ("–", "—", "-"):
        return _WORD
    return _COMMA if mark[0] == "," else _COLON
