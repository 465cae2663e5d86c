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
    phrases = language.phrases
    limits = spellings((*phrases.after_at_least, *phrases.after_at_most))
    return re.compile(
        rf"(?:\s(?:{limits}))?[\s,]{{0,2}}"
        rf"(?:(?P<before>{spellings(phrases.counted_before)})|(?P<after>{spellings(phrases.counted_after)}))\b",
        re.IGNORECASE,
    )
