"""The day that the words of a cue name: 'from 1 May 2027', 'until March 2024'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from drift.model import Language

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")
_DAY = re.compile(r"\b(\d{1,2})(?!\d)")


@lru_cache(maxsize=16)
def month_numbers(language: Language) -> Mapping[str, int]:
    """The names of the months, long and short, without full stops, to 1..12."""
    return {name.rstrip("."): number for name, number in language.phrases.months.items()}


def day_of(words: str, language: Language) -> date | None:
    """The day that tokenised date words name, the first of the month or year they leave it at.

    None where they name no year, where it is a version, and for '1/2/2027', which differs from land to land.
    """
    year = _YEAR.search(words)
    if year is None or "/" in words:
        return None
    if iso := _ISO.search(words):
        return _date(int(iso[1]), int(iso[2]), int(iso[3] or 1))
    months = month_numbers(language)
    month = next((months[word] for word in words.split() if word in months), None)
    if month is None:
        return _date(int(year.group()), 1, 1)
    day = _DAY.search(words.replace(year.group(), " "))
    return _date(int(year.group()), month, int(day[1]) if day else 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
