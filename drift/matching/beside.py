"""The small words right beside a value that say how it is counted: before or after something, or on top of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from drift.model import Language

_REACH = 30  # characters before a value in which 'another' stands, words of its bound between


class Beside(NamedTuple):
    """`side` is 'before' or 'after' what the value is counted from, None where neither is said; `added` to another."""

    side: str | None
    added: bool


def beside(text: str, start: int, end: int, language: Language) -> Beside:
    """How the value `text[start:end]` is counted: '14 days before departure', 'another 30 days', '$20 more'."""
    words = _words(language)
    sided = words.sides.match(text, end)
    added = words.opening.search(text[max(0, start - _REACH) : start]) or words.inside.search(text[start:end])
    return Beside(sided.lastgroup if sided else None, bool(added or words.closing.match(text, end)))


class _Words(NamedTuple):
    sides: re.Pattern[str]
    opening: re.Pattern[str]
    inside: re.Pattern[str]
    closing: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(language: Language) -> _Words:
    def listed(name: str) -> str:
        return "|".join(re.escape(word) for word in language.phrases.get(name, ())) or "(?!)"

    return _Words(
        re.compile(
            rf"(?:\s(?:{listed('after: at least')}|{listed('after: at most')}))?[\s,]{{0,2}}"
            rf"(?:(?P<before>{listed('counted before')})|(?P<after>{listed('counted after')}))\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:{listed('added before')})\s*\Z", re.IGNORECASE),
        re.compile(rf"\b(?:{listed('added after')})\b", re.IGNORECASE),
        re.compile(rf"\s(?:{listed('added after')})\b(?!\s(?:{listed('than')})\b)", re.IGNORECASE),
    )
