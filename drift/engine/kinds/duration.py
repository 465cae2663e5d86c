"""Durations: '60 days', 'thirty (30) business days', 'a year and a half', '24-48 hours'.

Days, months and business days are three dimensions: how many days a month has is not the reader's to guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift.engine import numbers
from drift.engine.kinds.base import (
    REGISTRY_AMOUNT,
    REGISTRY_PER,
    FoldedText,
    KindOfValue,
    amount_of,
    counters,
    plain,
    plural,
    read_per,
    units,
    valued,
)
from drift.engine.numbers import SPACE, Number, spellings
from drift.model import Found, Language
from drift.model.values import Bound, Kind, Value

KIND = Kind("duration")

# canonical unit -> (dimension, how many of the base)
_SIZES: dict[str, tuple[str, Decimal]] = {
    "ms": ("time", Decimal("0.001")),
    "second": ("time", Decimal(1)),
    "minute": ("time", Decimal(60)),
    "hour": ("time", Decimal(3600)),
    "day": ("time", Decimal(86400)),
    "week": ("time", Decimal(604800)),
    "month": ("calendar", Decimal(1)),
    "quarter": ("calendar", Decimal(3)),
    "year": ("calendar", Decimal(12)),
    "business day": ("business days", Decimal(1)),
    "business hour": ("business hours", Decimal(1)),
}
_SMALLER = {"year": "month", "quarter": "month", "week": "day", "day": "hour", "hour": "minute", "minute": "second"}
_ALIASES = {
    "working day": "business day",
    "calendar day": "day",
    "working hour": "business hour",
    "millisecond": "ms",
    "msec": "ms",
    "sec": "second",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "wk": "week",
    "mo": "month",
    "yr": "year",
}
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT}[ -]?(?P<unit>[a-z]+(?: [a-z]+)?){REGISTRY_PER}", re.IGNORECASE)


_BEFORE = 20  # characters before a number in which a short word is looked for


def read(text: FoldedText, number: Number) -> Found | None:
    after = _after(text.language)
    if number.unsure or number.letter:
        return None
    if (compact := _COMPACT.match(text.folded, number.end)) and (compact["unit"] or number.low < _FEW_HOURS):
        return _hours_and_minutes(text, number, compact)
    match = after.unit.match(text.folded, number.end)
    if match is None:
        return _nth(text, number.start, number.end, number.low) if not number.words else None
    unit = _business(match["gloss"], text.language) or units(text.language, KIND).name(match["unit"])
    end = match.end("unit")
    if (number.year and unit == "year") or (unit == "hour" and _may_be_a_time(text, number, match["unit"])):
        return None
    if (number.article and unit == "second") or (unit == "quarter" and after.part_of.match(text.folded, end)):
        return None  # 'a second thought', 'three quarters of the price'
    if number.article and _occasion(text.language).search(text.folded, max(0, number.start - _BEFORE), number.start):
        return None
    amounts: Sequence[Decimal] = number.numerals
    weak = number.article
    if len(amounts) == 1:
        amount, unit, end = _more(text, number.low, unit, end)
        weak = weak and amount == number.low
        amounts = (amount,)
    per, end = ((), end) if number.article else read_per(text, end)
    value = _value(amounts, number.is_range, unit, per)
    return Found(value, number.start, end, weak=weak)


# '8.30 hrs' is 8 h 30, 8.3 hours or half past eight. Quarters are decimals where the word is written out.
_TO_THE_MINUTE = re.compile(r"(?<![\d.,])(?:0?[1-9]|1[0-9]|2[0-3])[.,](?P<minutes>[0-5][0-9])(?!\d)")
_QUARTERS = ("25", "50", "75")
_ABBREVIATED = 3  # letters of 'hrs'


def _may_be_a_time(text: FoldedText, number: Number, unit: str) -> bool:
    """Whether a number of hours with two digits behind the point may be a time of day, or hours and minutes."""
    found = _TO_THE_MINUTE.search(text.folded, number.start, number.end) if number.decimals else None
    return found is not None and (found["minutes"] not in _QUARTERS or len(unit) <= _ABBREVIATED)


# '1h 30m', '2h15min': an 'm' after hours is no metre. '1h30' takes an hour and a half.
_COMPACT = re.compile(
    r"[ ]?h(?:rs?)?[ ]?(?:(?P<minutes>[0-5]?[0-9])[ ]?(?P<unit>m|mn|mins?)|(?P<bare>[0-5][0-9]))(?![^\W_]|[.:-][0-9])"
)
_FEW_HOURS = 6  # from there on '8h30' alone may be a time of day


def _hours_and_minutes(text: FoldedText, number: Number, compact: re.Match[str]) -> Found | None:
    if len(number.numerals) > 1 or number.low % 1:
        return None
    value = _value((number.low * 60 + int(compact["minutes"] or compact["bare"]),), False, "minute")
    return Found(value, number.start, compact.end())


def _business(gloss: str | None, language: Language) -> str | None:
    """The unit of 'business (working) days' and 'working/business days', whose words say one thing twice."""
    if not gloss:
        return None
    words = units(language, KIND).names
    return next(unit for name, unit in words.items() if " " in name and name.split()[0] == gloss)


def _nth(text: FoldedText, start: int, end: int, amount: Decimal) -> Found | None:
    """A length said as the last day of it: 'on or before the 60th day after', 'by the fifth business day following'.

    'The 3rd day of the month' and 'every fifth week' are none.
    """
    rules = _ordinals(text.language)
    after = rules.after.match(text.folded, end)
    if after is None:
        return None
    before = rules.before.search(text.folded, max(0, start - _DEADLINE), start)
    if before is None:
        return None
    bound = Bound.AT_MOST if before["most"] else Bound.EXACTLY
    value = _value((amount,), False, units(text.language, KIND).name(after["unit"]))
    return Found(value, start, after.end("unit"), bound, before.start() if before["most"] else None)


_DEADLINE = 40  # characters of 'on or before the' before an ordinal


class _Ordinals(NamedTuple):
    """What stands around an ordinal that says a length."""

    before: re.Pattern[str]
    after: re.Pattern[str]


@lru_cache(maxsize=16)
def _ordinals(language: Language) -> _Ordinals:
    phrases = language.phrases
    unit = units(language, KIND).pattern
    most, exact = spellings(phrases.ordinal_at_most), spellings(phrases.ordinal_exactly)
    suffixes = spellings(phrases.day_suffixes)
    counted = spellings(phrases.counted_after)
    return _Ordinals(
        re.compile(rf"(?<![^\W_])(?:(?P<most>{most})|(?:{exact}))[ ]{{1,3}}\Z"),
        re.compile(rf"(?:{suffixes})?[ ]{{1,3}}(?P<unit>{unit})[ ]{{1,3}}(?:{counted})(?![^\W_])"),
    )


@lru_cache(maxsize=16)
def _ordinal_words(language: Language) -> dict[str, Decimal]:
    phrases = language.phrases
    words = phrases.ordinals
    tens = {ten: language.numbers[ten] for ten in phrases.ordinal_tens}
    composed = {f"{ten}-{word}": tens[ten] + words[word] for ten in tens for word in words if words[word] < 10}
    return {**words, **composed}


@lru_cache(maxsize=16)
def _ordinal_word(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{spellings(_ordinal_words(language))})(?![\w-])")


@lru_cache(maxsize=16)
def _occasion(language: Language) -> re.Pattern[str]:
    """What makes 'a day' a point in time, no length: 'on a working day'."""
    return re.compile(rf"(?<![^\W_])(?:{spellings(language.phrases.occasions)})[ ]{{1,3}}\Z")


@lru_cache(maxsize=16)
def cues(language: Language) -> frozenset[str]:
    return numbers.cues((*language.phrases.first, *_ordinal_words(language)))


def loose(text: FoldedText) -> list[Found]:
    """Values said without a number: 'the first month', 'by the fifth day after'."""
    ordinals = _ordinal_words(text.language)
    found = [
        nth
        for match in _ordinal_word(text.language).finditer(text.folded)
        if (nth := _nth(text, match.start(), match.end(), ordinals[match[0]]))
    ]
    taken = {nth.end for nth in found}
    for match in _first(text.language).finditer(text.folded):
        unit = units(text.language, KIND).name(match["unit"])
        if match.end("unit") not in taken:
            one = _value((Decimal(1),), False, unit)
            found.append(Found(one, match.start("unit"), match.end("unit"), weak=True))
    return sorted(found, key=lambda one: one.start)


@lru_cache(maxsize=16)
def _first(language: Language) -> re.Pattern[str]:
    first, unit = spellings(language.phrases.first), units(language, KIND).pattern
    return re.compile(rf"\b(?:{first})[ ]{{1,3}}(?P<unit>{unit})(?![^\W_])")


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    if match is None:
        return None
    unit = unit_named(match["unit"].lower())
    return _value((amount_of(match["amount"]),), False, unit, counters(match["per"])) if unit else None


def unit_named(word: str) -> str | None:
    """The canonical unit of a registry's word, or None."""
    for name in (word, word.removesuffix("s") if word != "ms" else word):
        if name in _SIZES or name == "fortnight":
            return name
        if name in _ALIASES:
            return _ALIASES[name]
    return None


def spell(amount: Decimal, unit: str) -> str:
    if unit == "ms":
        return f"{plain(amount)} ms"
    return f"{plain(amount)} {unit if amount == 1 else plural(unit)}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    dimension, factor = _SIZES[unit]
    return dimension, amount * factor


def names() -> tuple[str, ...]:
    """The units, for 'did you mean'."""
    return (*_SIZES, *_ALIASES, "fortnight")


def _value(amounts: Sequence[Decimal], is_range: bool, unit: str, per: tuple[str, ...] = ()) -> Value:
    """The value in the largest unit that needs no fraction: half a year is 6 months."""
    if unit == "fortnight":
        amounts, unit = [amount * 2 for amount in amounts], "week"
    while unit in _SMALLER and any(amount % 1 for amount in amounts) and not any(amount * 4 % 1 for amount in amounts):
        smaller = _SMALLER[unit]
        factor = _SIZES[unit][1] / _SIZES[smaller][1]
        if any((amount * factor) % 1 for amount in amounts):
            break
        amounts, unit = [amount * factor for amount in amounts], smaller
    return valued(KIND, amounts, is_range, unit, per)


def _more(text: FoldedText, amount: Decimal, unit: str, end: int) -> tuple[Decimal, str, int]:
    """What goes on after the unit: 'and a half', 'and 30 minutes'. Amount and unit of the whole, and its end."""
    after = _after(text.language)
    if half := after.half.match(text.folded, end):
        return amount + Decimal("0.5"), unit, half.end()
    joint = after.joint.match(text.folded, end)
    number = joint and numbers.read_one(text.folded, joint.end(), text.language)
    match = number and after.unit.match(text.folded, number.end)
    if not number or number.article or not match or unit not in _SIZES:
        return amount, unit, end
    smaller = units(text.language, KIND).name(match["unit"])
    if smaller not in _SIZES or _SIZES[smaller][0] != _SIZES[unit][0] or _SIZES[smaller][1] >= _SIZES[unit][1]:
        return amount, unit, end
    factor = _SIZES[unit][1] / _SIZES[smaller][1]
    return amount * factor + number.low, smaller, match.end("unit")


class _After(NamedTuple):
    """Patterns of what may follow a number of one language."""

    unit: re.Pattern[str]
    half: re.Pattern[str]
    joint: re.Pattern[str]
    part_of: re.Pattern[str]


@lru_cache(maxsize=16)
def _after(language: Language) -> _After:
    phrases = language.phrases
    modifiers = spellings(phrases.duration_modifiers)
    unit = units(language, KIND).pattern
    business = {
        name.split()[0] for name, of in units(language, KIND).names.items() if " " in name and of.startswith("business")
    }
    doubled = spellings((*business, *phrases.duration_modifiers))
    gloss = rf"(?P<gloss>{spellings(business)})(?:[ ]?[(]|/)[ ]?(?:{doubled})[)]?[ ]{{1,3}}"
    return _After(
        unit=re.compile(
            rf"(?:{SPACE}|-)(?:{gloss}|(?:(?:{modifiers})(?:[ ]{{1,3}}|-)){{0,2}})(?P<unit>{unit})(?![^\W_])"
        ),
        half=re.compile(rf"[ ]{{1,3}}(?:{spellings(phrases.and_a_half)})\b"),
        joint=re.compile(rf"[ ]{{1,3}}(?:(?:{spellings(phrases.and_)})[ ]{{1,3}})?"),
        part_of=re.compile(rf"[ ]?(?:{spellings(phrases.not_a_part)})\b"),
    )


_OTHER_UNIT = 0.8  # of one scale: with .8 and with 1 the same 3 agreements of half a come right


def _same_scale(one: Value, other: Value) -> float:
    """Business days and days count as one unit, so that a dropped 'business' shows."""
    first, second = (value.unit.removeprefix("business ") for value in (one, other))
    if first == second:
        return 1.0
    return _OTHER_UNIT if _SIZES[first][0] == _SIZES[second][0] else 0.0


DURATION = KindOfValue(
    KIND,
    parse,
    spell,
    size,
    read=read,
    cues=cues,
    loose=loose,
    counted_back=True,
    same_scale=_same_scale,
    # a month of 30.4375 days, and five business days to a week: good for a ratio, never for equality
    scales={"calendar": 30.4375 * 86400, "business days": 1.4 * 86400, "business hours": 3600.0},
    unit_slips=True,
    sized=True,
    condition=True,
)
