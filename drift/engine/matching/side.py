"""The small word right after a value that says on which side of an event it is counted."""

from __future__ import annotations

import re
from functools import lru_cache

from drift.engine.numbers import spellings
from drift.model import Language


def side(text: str, end: int, language: Language) -> str | None:
    """'before' or 'after' for a value that ends at `end` ('14 days before departure'), None where neither is said."""
    sided = _sides(language).match(text, end)
    return sided.lastgroup if sided else None


@lru_cache(maxsize=8)
def _sides(language: Language) -> re.Pattern[str]:
    def listed(name: str) -> str:
        return spellings(language.phrases.get(name, ()))

    return re.compile(
        rf"(?:\s(?:{listed('after: at least')}|{listed('after: at most')}))?[\s,]{{0,2}}"
        rf"(?:(?P<before>{listed('counted before')})|(?P<after>{listed('counted after')}))\b",
        re.IGNORECASE,
    )
