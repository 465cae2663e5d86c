"""Ages of people: '16 years of age', '13 or older', 'under the age of 16', 'aged 13 to 15', '18+'.

'At least 18 years' alone is left to durations, unless the text speaks of people: `comparable` lets the two meet.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift.engine import numbers
from drift.engine.kinds.base import REGISTRY_AMOUNT, FoldedText, KindOfValue, amount_of, plain, suffix, units, valued
from drift.engine.numbers import SPACE, Number, spellings, spoken
from drift.model import Found, Language
from drift.model.values import Bound, Kind, Value

KIND = Kind("age")

_OLDEST = 120
_YOUNG = (5, 25)  # ages that rules about people set: 'under 13', 'over 18'
_WINDOW = 60  # characters before a number in which its cue stands
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} (?:years?(?: old| of age)?)", re.IGNORECASE)


def read(text: FoldedText, number: Number) -> Found | None:
    if number.article or number.unsure or number.letter:
        return None
    if not all(amount % 1 == 0 and 0 < amount <= _OLDEST for amount in number.numerals):
        return None
    cues = _cues(text.language)
    years = cues.years.match(text.folded, number.end)
    if years is None and _has_another_unit(text, number.end):
        return None  # '6 months', '20 kg'
    value = valued(KIND, number.numerals, number.is_range, "year")
    before = text.folded[max(0, number.start - _WINDOW) : number.start]
    if after := cues.after.match(text.folded, number.end):
        return _bounded_by_age(text, value, number, after.end(), before)
    end = years.end() if years else number.end
    ends = cues.goes_on.match(text.folded, end) is not None
    return _by_what_follows(text, value, number, end, before, years is not None) or _by_what_stands_before(
        text, value, number, end, before, ends or years is not None
    )


def _by_what_follows(
    text: FoldedText, value: Value, number: Number, end: int, before: str, years: bool
) -> Found | None:
    """'14+', '13 or older', 'must be 18 or over', 'kids 12 and under'."""
    context = _context(text.language)
    grouped = context.grouped.search(before) is not None
    if grouped and (number.is_range or years) and _is_closed(text.folded, end):
        return Found(value, number.start, end)
    person = context.person.search(before) is not None or context.being.search(before) is not None
    if (person or grouped or _is_young(number)) and _cues(text.language).plus.match(text.folded, number.end):
        return Found(value, number.start, number.end, Bound.AT_LEAST)
    if person and number.plus and _cues(text.language).verb.match(text.folded, number.end):
        return Found(value, number.start, number.end, Bound.AT_LEAST)
    if context.either.match(text.folded, end) or (
        (years or person) and context.either_with_years.match(text.folded, end)
    ):
        return Found(value, number.start, end)
    return None


def _by_what_stands_before(
    text: FoldedText, value: Value, number: Number, end: int, before: str, ends: bool
) -> Found | None:
    """'Minimum age: 14', 'aged 2-11', 'once you turn 14', 'babies under 2', 'you must be at least 16'."""
    context = _context(text.language)
    offset = number.start - len(before)
    if minimum := context.minimum.search(before):
        return Found(value, number.start, end, Bound.AT_LEAST, offset + minimum.start())
    if turned := context.turns.search(before):
        bound = Bound.LESS_THAN if turned["until"] else Bound.AT_LEAST if turned["once"] else Bound.EXACTLY
        return Found(value, number.start, end, bound, offset + turned.start())
    if context.before.search(before):
        return _bounded_by_age(text, value, number, end, before)
    counted = _cues(text.language).plural.match(text.folded, end)
    goes_on = ends or _cues(text.language).verb.match(text.folded, end)
    if number.is_range and goes_on and (spanned := context.spans.search(before)):
        return Found(value, number.start, end, Bound.BETWEEN, offset + spanned.start("words"))
    if context.persons.search(before) and not counted:
        return Found(value, number.start, end)
    if _is_young(number) and ends and context.people.search(before):
        return Found(value, number.start, end)
    if _is_young(number) and context.opening.search(before) and goes_on:
        return Found(value, number.start, end)
    return None


@lru_cache(maxsize=16)
def cues(language: Language) -> frozenset[str]:
    return numbers.cues((*language.phrases.age_groups_over, *language.phrases.age_groups_under))


def loose(text: FoldedText) -> list[Found]:
    """Groups of people by their age: 'under-16s', 'over 60s'."""
    return [
        Found(
            valued(KIND, [Decimal(match["age"])], False, "year"),
            match.start("age"),
            match.end(),
            Bound.AT_LEAST if match["over"] else Bound.LESS_THAN,
            match.start(),
        )
        for match in _groups(text.language).finditer(text.folded)
    ]


@lru_cache(maxsize=16)
def _groups(language: Language) -> re.Pattern[str]:
    over, under = map(spellings, (language.phrases.age_groups_over, language.phrases.age_groups_under))
    return re.compile(
        rf"(?<![\w-])(?:(?P<over>{over})|(?:{under}))[ -]?(?P<age>[0-9]{{1,2}})(?:'?s|-year-olds)(?![\w-])"
    )


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    return match and valued(KIND, [amount_of(match["amount"])], False, "year")


def spell(amount: Decimal, unit: str) -> str:
    return f"{plain(amount)} {unit if amount == 1 else 'years'}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return "calendar", amount * 12  # as durations in years, which a text may leave open


def _has_another_unit(text: FoldedText, end: int) -> bool:
    """Whether a unit stands after a number that no age has."""
    return any(
        (match := suffix(text.language, kind).match(text.folded, end))
        and units(text.language, kind).name(match["unit"]) != "year"
        for kind in (Kind("duration"), Kind("measure"), Kind("percentage"), Kind("data size"))
    )


def _is_young(number: Number) -> bool:
    return all(_YOUNG[0] <= amount <= _YOUNG[1] for amount in number.numerals)


def _bounded_by_age(text: FoldedText, value: Value, number: Number, end: int, before: str) -> Found:
    """The bound stands before the cue: 'under the age of 16'."""
    offset = number.start - len(before)
    for bound, pattern in _context(text.language).bounds:
        if match := pattern.search(before):
            return Found(value, number.start, end, bound, offset + match.start())
    return Found(value, number.start, end)


class _Cues(NamedTuple):
    """What tells from the words behind a number whether it may be an age."""

    plural: re.Pattern[str]  # of what is counted: 'members over 5 visits'
    verb: re.Pattern[str]
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
    person: re.Pattern[str]
    grouped: re.Pattern[str]  # 'seniors (65+)'
    being: re.Pattern[str]
    persons: re.Pattern[str]
    turns: re.Pattern[str]
    opening: re.Pattern[str]
    spans: re.Pattern[str]  # 'children from 3 to 12'
    bounds: tuple[tuple[Bound, re.Pattern[str]], ...]


_GAP = "[ ]{1,3}"


def _is_closed(folded: str, end: int) -> bool:
    """Whether a bracket closes at a number, or was read with it: 'teens (13-17) pay'."""
    return folded[end - 1] in ")]" or folded[end : end + 2].lstrip(" ")[:1] in (")", "]")


@lru_cache(maxsize=16)
def _cues(language: Language) -> _Cues:
    phrases = language.phrases
    return _Cues(
        plural=re.compile(r"[ ]{1,3}(?:[^\W\d_]+[ ])?[^\W\d_]{2,}s(?![^\W_])"),
        verb=re.compile(rf"[ ]{{1,3}}(?:{spellings(phrases.age_verbs)})(?![^\W_])"),
        after=re.compile(rf"(?:{SPACE}|-)(?:{spellings(phrases.age_after)})(?![^\W_])"),
        plus=re.compile(r"\+(?=[ ]{0,2}(?:\Z|[.,;:!?)\]|\n]))"),
        years=re.compile(rf"(?:{SPACE}|-)(?:{spellings(phrases.years)})(?![^\W_])"),
        goes_on=re.compile(rf"{SPACE}(?:\Z|[.,;:!?)\]|\n]|(?:{spellings(phrases.noun_stops)})(?![^\W_]))"),
    )


@lru_cache(maxsize=16)
def _context(language: Language) -> _Context:
    phrases = language.phrases
    cue = spellings((*phrases.age_before, *phrases.age_compared))
    limits = {bound: spellings(words) for bound, words in language.bounds.items() if bound is not Bound.EXACTLY}
    any_limit = "|".join(limits.values())
    return _Context(
        either=re.compile(rf",?{_GAP}(?:{spellings(phrases.age_or)})(?![^\W_])"),
        either_with_years=re.compile(rf",?{_GAP}(?:{spellings(phrases.age_or_with_years)})(?![^\W_])"),
        before=re.compile(rf"(?<![^\W_])(?:{cue}){_GAP}(?:(?:{any_limit}){_GAP})?\Z"),
        minimum=re.compile(rf"(?<![^\W_])(?:{spellings(phrases.age_minimum)})[ ]?:?{_GAP}\Z"),
        person=re.compile(rf"(?<![^\W_])(?:{spellings((*phrases.age_persons, *phrases.age_people))}){_GAP}\Z"),
        grouped=re.compile(rf"(?<![^\W_])(?:{spellings(phrases.age_groups)})[ ]{{0,2}}[(\[](?:[^\W\d_]{{3,5}} )?\Z"),
        being=re.compile(rf"(?<![^\W_])(?:{spellings(phrases.age_being)}){_GAP}\Z"),
        persons=re.compile(
            rf"(?<![^\W_])(?:{spellings(phrases.age_persons)}){_GAP}(?:{spellings(phrases.age_sides)}){_GAP}\Z"
        ),
        turns=re.compile(
            rf"(?<![^\W_])(?:(?P<once>{spellings(phrases.age_once)})|(?P<until>{spellings(phrases.age_until)})|)"
            rf"(?:{_GAP}[^\W\d_]+){{0,3}}?{_GAP}(?:{spellings(phrases.age_turns)}){_GAP}\Z"
        ),
        opening=re.compile(rf"(?:\A|[.:;,(|\n])[ ]{{0,2}}(?:{spellings(phrases.age_sides)}){_GAP}\Z"),
        spans=re.compile(
            rf"(?<![^\W_])(?:{spellings(phrases.age_young)}){_GAP}(?P<words>{limits[Bound.BETWEEN]}){_GAP}\Z"
        ),
        people=re.compile(rf"(?<![^\W_])(?:{spellings(phrases.age_people)}){_GAP}(?:{any_limit}){_GAP}\Z"),
        bounds=tuple(
            (bound, re.compile(rf"(?<![^\W_])(?:{words}){_GAP}(?:the{_GAP})?(?:{cue}){_GAP}\Z"))
            for bound, words in limits.items()
        ),
    )


def _meets(own: Value, other: Value, kind: KindOfValue) -> bool:
    return kind.name in _LEFT_OPEN and other.unit == "year"


def _takes(value: Value, words: str, language: Language) -> bool:
    """Whether a number of years is an age by the words around it."""
    if value.kind not in _LEFT_OPEN or value.unit != "year":
        return False
    said = language.phrases
    cues = (*said.age_after, *said.age_or, *said.age_before, *said.age_minimum, *said.age_compared)
    return spoken(cues).search(words) is not None


_LEFT_OPEN = (Kind("duration"),)  # '16 years'

AGE = KindOfValue(
    KIND,
    parse,
    spell,
    size,
    read=read,
    before=True,
    cues=cues,
    loose=loose,
    speaks_of=lambda language: language.phrases.age_words,  # 'you need to be 14 or over' names no age
    meets=_meets,
    meeting=_LEFT_OPEN,
    asked=True,  # years alone are a duration: whoever means an age says so
    takes=_takes,
    condition=True,
    one_rule=True,  # 'under 13 may not', '13 or older'
)
