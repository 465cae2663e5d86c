"""Which way the words around a value limit it: 'up to', 'at least', 'no more than' before it, 'or more' after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from drift import numbers
from drift.model import Found, Language
from drift.numbers import spellings
from drift.values import Bound

_WINDOW = 56  # characters before a value: a filler of three words after a bound of four
_WORD = re.compile(r"[^\s\"*:]+")
_MOST_WORDS = 8  # words of the window that are looked at


class _Words(NamedTuple):
    before: Mapping[str, Bound]
    before_range: Mapping[str, Bound]
    longest: int
    last: frozenset[str]  # with which phrases and fillers end
    fillers: frozenset[str]
    after: re.Pattern[str]
    deadline: re.Pattern[str]  # a limit that leaves at least as much, where the value
    ahead: re.Pattern[str]  # is counted before an event


def bounded(folded: str, found: Found, language: Language) -> Found:
    """The value with its bound. A bound that the kind has already read stays."""
    if found.bound is not Bound.EXACTLY:
        return found
    words = _words(language)
    before = _before(folded, found.start, words, words.before_range if found.value.is_range else words.before)
    if before and numbers.is_change(folded, found.start, language):
        return found  # 'from 30 days to 60': the old value is no lower limit
    if before is not None and before[0] is not Bound.EXACTLY:
        bound, start = before
        if bound.ceiling and words.deadline.match(folded, start) and words.ahead.match(folded, found.end):
            bound = Bound.AT_LEAST
        return replace(found, bound=bound, bound_start=start)
    if after := words.after.match(folded, found.end):
        return replace(found, bound=Bound(_NAMES[after.lastgroup or ""]))
    return replace(found, bound_start=before[1]) if before else found


_NAMES = {"plus": Bound.AT_LEAST, "floor": Bound.AT_LEAST, "ceiling": Bound.AT_MOST}


def _before(folded: str, start: int, words: _Words, phrases: Mapping[str, Bound]) -> tuple[Bound, int] | None:
    """The bound that ends right before `start`, fillers between allowed, and where it begins."""
    lowest = max(0, start - _WINDOW)
    begin = 1 + max(
        folded.rfind("\n", lowest, start), folded.rfind("(", lowest, start), folded.rfind("[", lowest, start)
    )
    tokens = list(_WORD.finditer(folded, max(begin, lowest), start))[-_MOST_WORDS:]
    if not tokens or tokens[-1][0] not in words.last:
        return None
    end = len(tokens)
    for filler in (3, 2, 1, 0):  # the most words of a filler; 0: nothing between
        if filler > end or (filler and " ".join(token[0] for token in tokens[end - filler :]) not in words.fillers):
            continue
        last = end - filler
        for length in range(min(words.longest, last), 0, -1):
            phrase = " ".join(token[0] for token in tokens[last - length : last])
            if phrase in phrases:
                return phrases[phrase], tokens[last - length].start()
    return None


@lru_cache(maxsize=16)
def _words(language: Language) -> _Words:
    between = dict.fromkeys(language.bounds[Bound.BETWEEN], Bound.BETWEEN)
    before = {
        phrase: bound for bound, phrases in language.bounds.items() for phrase in phrases if bound is not Bound.BETWEEN
    }
    fillers = frozenset(language.phrases["fillers"])
    floor = spellings(language.phrases["after: at least"])
    ceiling = spellings(language.phrases["after: at most"])
    return _Words(
        before=before,
        before_range={**before, **between},
        longest=max(len(phrase.split()) for phrase in before),
        last=frozenset(phrase.split()[-1] for phrase in (*before, *between, *fillers)),
        fillers=fillers,
        after=re.compile(rf"(?P<plus>[+])(?!\w)|[ ]?[,(]?[ ]?(?:(?P<floor>{floor})|(?P<ceiling>{ceiling}))(?![^\W_])"),
        deadline=re.compile(rf"(?:{spellings(language.phrases.get('deadlines', ()))})(?![^\W_])"),
        ahead=re.compile(rf"[ ](?:{spellings(language.phrases.get('counted before', ()))})(?![^\W_])"),
    )
