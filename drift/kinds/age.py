"""Ages of people: '16 years of age', '13 or older', 'under the age of 16', 'aged 13 to 15', '18+'.

'At least 18 years' alone is left to durations, unless the text speaks of people: `comparable` lets the two meet.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift.kinds.base import REGISTRY_AMOUNT, Text, amount_of, plain, valued
from drift.model import Found, Language
from drift.numbers import SPACE, Number, spellings
from drift.values import Bound, Kind, Value

KIND = Kind.AGE

_OLDEST = 120
_YOUNG = (5, 25)  # ages that rules about people set: 'under 13', 'over 18'
_WINDOW = 60  # characters before a number in which its cue stands
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} (?:years?(?: old| of age)?)", re.IGNORECASE)


def read(text: Text, number: Number) -> Found | None:
    if number.article or not all(amount % 1 == 0 and 0 < amount <= _OLDEST for amount in number.numerals):
        return None
    cues = _cues(text.language)
    years = cues.years.match(text.folded, number.end)
    if not years and not _is_young(number) and not cues.goes_on.match(text.folded, number.end):
        return None
    value = valued(KIND, number.numerals, number.is_range, "year")
    before = text.folded[max(0, number.start - _WINDOW) : number.start]
    if after := cues.after.match(text.folded, number.end):
        return _bounded_by_age(text, value, number, after.end(), before)
    if _is_young(number) and cues.plus.match(text.folded, number.end):
        return Found(value, number.start, number.end, Bound.AT_LEAST)
    end = years.end() if years else number.end
    if not years and cues.goes_on.match(text.folded, end) is None:
        return None
    context = _context(text.language)
    if context.either.match(text.folded, end) or (years and context.either_with_years.match(text.folded, end)):
        return Found(value, number.start, end)
    if minimum := context.minimum.search(before):
        return Found(value, number.start, end, Bound.AT_LEAST, number.start - len(before) + minimum.start())
    if context.before.search(before):
        return _bounded_by_age(text, value, number, end, before)
    if _is_young(number) and context.people.search(before):
        return Found(value, number.start, end)
    return None


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    return match and valued(KIND, [amount_of(match["amount"])], False, "year")


def spell(amount: Decimal, unit: str) -> str:
    return f"{plain(amount)} {unit if amount == 1 else 'years'}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return "calendar", amount * 12  # as durations in years, which a text may leave open


def _is_young(number: Number) -> bool:
    return all(_YOUNG[0] <= amount <= _YOUNG[1] for amount in number.numerals)


def _bounded_by_age(text: Text, value: Value, number: Number, end: int, before: str) -> Found:
    """The bound stands before the cue: 'under the age of 16'."""
    offset = number.start - len(before)
    for bound, pattern in _context(text.language).bounds:
        if match := pattern.search(before):
            return Found(value, number.start, end, bound, offset + match.start())
    return Found(value, number.start, end)


class _Cues(NamedTuple):
    """What tells from the words behind a number whether it may be an age."""

    after: re.Pattern[str]
    plus: re.Pattern[str]
    years: re.Pattern[str]
    goes_on: re.Pattern[str]


class _Context(NamedTuple):
    """What makes an age of a number that may be one; most pages hold none and are spared the compiling."""

    either: re.Pattern[str]
    either_with_years: re.Pattern[str]
    before: re.Pattern[str]
    minimum: re.Pattern[str]
    people: re.Pattern[str]
    bounds: tuple[tuple[Bound, re.Pattern[str]], ...]


_GAP = "[ ]{1,3}"


@lru_cache(maxsize=16)
def _cues(language: Language) -> _Cues:
    phrases = language.phrases
    return _Cues(
        after=re.compile(rf"(?:{SPACE}|-)(?:{spellings(phrases['age after'])})(?![^\W_])"),
        plus=re.compile(r"\+(?=[ ]{0,2}(?:\Z|[.,;:!?)\]|\n]))"),
        years=re.compile(rf"(?:{SPACE}|-)(?:{spellings(phrases['years'])})(?![^\W_])"),
        goes_on=re.compile(rf"{SPACE}(?:\Z|[.,;:!?)\]|\n]|(?:{spellings(phrases['noun stops'])})(?![^\W_]))"),
    )


@lru_cache(maxsize=16)
def _context(language: Language) -> _Context:
    phrases = language.phrases
    cue = spellings((*phrases["age before"], *phrases["age compared"]))
    limits = {bound: spellings(words) for bound, words in language.bounds.items() if bound is not Bound.EXACTLY}
    any_limit = "|".join(limits.values())
    return _Context(
        either=re.compile(rf",?{_GAP}(?:{spellings(phrases['age or'])})(?![^\W_])"),
        either_with_years=re.compile(rf",?{_GAP}(?:{spellings(phrases['age or with years'])})(?![^\W_])"),
        before=re.compile(rf"(?<![^\W_])(?:{cue}){_GAP}(?:(?:{any_limit}){_GAP})?\Z"),
        minimum=re.compile(rf"(?<![^\W_])(?:{spellings(phrases['age minimum'])}){_GAP}\Z"),
        people=re.compile(rf"(?<![^\W_])(?:{spellings(phrases['age people'])}){_GAP}(?:{any_limit}){_GAP}\Z"),
        bounds=tuple(
            (bound, re.compile(rf"(?<![^\W_])(?:{words}){_GAP}(?:the{_GAP})?(?:{cue}){_GAP}\Z"))
            for bound, words in limits.items()
        ),
    )
