"""Counts of a thing: 'up to 5 devices', '20 replicas', '15 customer reviews', '24 vCPU'.

The unit is the head noun in the singular; in prose the words before it ('customer') are left to the matcher, an owner
may spell them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift.engine.kinds.base import (
    REGISTRY_AMOUNT,
    REGISTRY_PER,
    FoldedText,
    KindOfValue,
    amount_of,
    counters,
    noun,
    plain,
    plural,
    read_per,
    suffix,
    units,
    valued,
)
from drift.engine.numbers import Number, spellings
from drift.model import Found, Language
from drift.model.values import Kind, Value

KIND = Kind("count")

_WORD = re.compile(r"(?:[ ]{1,3}|(?<='))([^\W\d_][\w'-]*)")
_WINDOW = 80  # characters between 'number of' and the number
_MAX_WORDS = 4  # '5 additional paid team members'
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} (?P<unit>[^\W\d][\w-]*(?: [^\W\d][\w-]*){{0,3}}?){REGISTRY_PER}")


def read(text: FoldedText, number: Number) -> Found | None:
    if number.article or number.year or number.decimals or not _is_countable(text, number):
        return None
    known = suffix(text.language, KIND).match(text.folded, number.end)
    if known:
        unit, end = units(text.language, KIND).name(known["unit"]), known.end()
        unit, _, rate = unit.partition("/")  # '60 rpm'
        if rate:
            return Found(valued(KIND, number.numerals, number.is_range, unit, (rate,)), number.start, end)
    else:
        head = _head(text, number.end, single=number.numerals == (Decimal(1),))
        if head is None:
            return _named_before(text, number) or _of_nothing(text, number)
        unit, end = noun(text.raw[slice(*head)]), head[1]
    per, end = read_per(text, end, windows=True)
    weak = number.words and number.numerals == (Decimal(1),)
    return Found(valued(KIND, number.numerals, number.is_range, unit, per), number.start, end, weak=weak)


def _is_countable(text: FoldedText, number: Number) -> bool:
    """Whether the digits are surely one number of things: '1 250' may be two, the 'm' of '5m cables' metres."""
    if number.unsure == "space":
        return text.folded[number.end - 3 : number.end] == "000"
    letter = number.letter
    return not letter or (letter[0] != " " and (letter != "m" or text.raw[number.end - 1].isupper()))


def _of_nothing(text: FoldedText, number: Number) -> Found | None:
    """A rate that counts nothing by name: '3 per 30 seconds'."""
    if number.words or len(number.numerals) > 1:
        return None
    per, end = read_per(text, number.end, windows=True)
    if not per or not per[0][0].isdecimal():
        return None
    return Found(valued(KIND, number.numerals, False, "", per), number.start, end)


def _named_before(text: FoldedText, number: Number) -> Found | None:
    """A count whose noun stands before it: 'the number of devices per account is 5'."""
    before = _before(text.language)
    lowest = max(0, number.start - _WINDOW)
    openings = list(before.opening.finditer(text.folded, lowest, number.start))
    head = _head(text, openings[-1].end(), single=False) if openings else None
    if not head or not before.link.fullmatch(text.folded, head[1], number.start):
        return None
    unit = noun(text.raw[slice(*head)])
    return Found(valued(KIND, number.numerals, number.is_range, unit), number.start, number.end)


def _head(text: FoldedText, end: int, *, single: bool) -> tuple[int, int] | None:
    """The span of the counted noun: the first plural among the words that follow, the last word for a single one."""
    stops, irregular = _stops(text.language), units(text.language, KIND).names
    head = None
    for _ in range(_MAX_WORDS):
        match = _WORD.match(text.folded, end)
        if match is None or (word := match[1].removesuffix("'s").rstrip("'-")) in stops:
            break
        span = (match.start(1), match.start(1) + len(word))
        end = match.end()
        if single:
            head = span
        elif word in irregular or noun(word) != word:
            return span
        if end != span[1]:
            break
    return head


class _Before(NamedTuple):
    opening: re.Pattern[str]
    link: re.Pattern[str]


@lru_cache(maxsize=16)
def _before(language: Language) -> _Before:
    phrases = language.phrases
    limits = (word for words in language.bounds.values() for word in words)
    link = spellings((*phrases.number_is, *limits))
    return _Before(
        opening=re.compile(rf"(?<![^\W_])(?:{spellings(phrases.number_of)})(?=[ ])"),
        link=re.compile(rf"[^.;,\n]{{0,40}}?(?:(?:(?<![^\W_])(?:{link})|[:=])[ ]{{1,3}})+"),
    )


@lru_cache(maxsize=16)
def _stops(language: Language) -> frozenset[str]:
    return frozenset(language.phrases.noun_stops)


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    if match is None:
        return None
    *before, head = match["unit"].split()
    one = amount_of(match["amount"]) == 1
    if before and (len(before) > 1 if one else noun(head) == head):
        return None  # '5 devices maximum' counts no 'devices maximum', '1 day or so' no 'day or so'
    unit = " ".join((*before, noun(head)))
    return valued(KIND, [amount_of(match["amount"])], False, unit, counters(match["per"]))


def spell(amount: Decimal, unit: str) -> str:
    if not unit:
        return plain(amount)
    return f"{plain(amount)} {unit if amount == 1 else plural(unit)}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit.lower(), amount


def _comparable(one: Value, other: Value) -> bool:
    """Counts of the same or an unknown thing."""
    return not one.unit or not other.unit or _head_of(one.unit) == _head_of(other.unit)


def _head_of(unit: str) -> str:
    """The noun of a counted thing without what stands before it: 'text message' and 'message' may be one thing."""
    return unit.lower().rpartition(" ")[2]


COUNT = KindOfValue(
    KIND, parse, spell, size, read=read, before=True, lettered=True, comparable=_comparable, sized=True, named=True
)
