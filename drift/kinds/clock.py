"""Times of day: '5:30 p.m.', '17h30', "10 o'clock in the evening", 'from 8.30 to 16.00', '0900-1700', '9-5', 'noon'.

A number that may be something else ('8.30', '9-5') is a time only among words that speak of hours.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift import numbers
from drift.kinds.base import Text
from drift.model import Found, Language
from drift.numbers import SPACE, Number, spellings
from drift.values import Kind, Value

_BEFORE, _AFTER = 80, 50  # characters around a number in which words speak of hours
_HOURS = ("h", "heures", "hours", "hrs", "hour")


def time(hour: int, minute: int) -> Value | None:
    """The value of a time of day; None where there is none such."""
    return minutes(hour * 60 + minute) if hour < 24 and minute < 60 else None


def minutes(since_midnight: int) -> Value:
    return Value(Kind.DATE, Decimal(since_midnight), Decimal(since_midnight), "time")


def read_at(text: Text, start: int) -> Found | None:
    """A time of day, or two of them, whose first digits stand at `start`."""
    return _two(text, start) or _one(text, start) or _bare(text, start)


def read(text: Text, number: Number) -> Found | None:
    """An hour said with the part of the day: "ten o'clock in the evening", '9 at night'."""
    if len(number.numerals) > 1 or number.low % 1 or not 1 <= number.low <= 12 or number.letter:
        return None
    match = _rules(text.language).part.match(text.folded, number.end)
    if match is None:
        return None
    hour = int(number.low) % 12 + (12 if match["pm"] else 0)
    value = time(hour, 0)
    return Found(value, number.start, match.end()) if value else None


@lru_cache(maxsize=16)
def cues(language: Language) -> frozenset[str]:
    return numbers.cues((*language.phrases["noon"], *language.phrases["midnight"]))


def loose(text: Text) -> list[Found]:
    """Times of day that are words: 'noon'."""
    return [
        Found(minutes(720 if match.lastgroup == "noon" else 0), *match.span())
        for match in _rules(text.language).words.finditer(text.folded)
    ]


def _one(text: Text, start: int) -> Found | None:
    match = _rules(text.language).clock.match(text.folded, start)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or match["mark"] or 0)
    if match["am"] or match["pm"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["pm"] else 0)
    elif not match["mark"] and match["sign"] != ":":
        return None
    value = time(hour, minute)
    return Found(value, *match.span()) if value else None


def _two(text: Text, start: int) -> Found | None:
    """Two times that share what makes them such: '9 to 5pm', '8.30-17.00', '0900 to 1600 hours', '9-5', '10h à 19h'."""
    rules = _rules(text.language)
    match = rules.two.match(text.folded, start)
    if match is None or rules.unit.match(text.folded, match.end()):
        return None
    first, second = _part(match, "a"), _part(match, "b")
    if first is None or second is None:
        return None
    if match["half"]:
        if match["amark"] or not (1 <= second[0] <= 12 and 1 <= first[0] <= 12):
            return None
        first, second = _by_half(first, second, pm=bool(match["pm"]))
    elif not _speaks_of_hours(text, start, match.end()) and not _military(match):
        return None
    elif not (match["apoint"] or match["bpoint"] or match["amark"] or _military(match)):
        if second >= first or first[0] > 12 or second[0] > 12:
            return None  # '9-11' may be anything; '9-5' ends in the afternoon
        second = (second[0] + 12, second[1])
    elif (match["amark"] is None) != (match["bmark"] is None) or (match["apoint"] is None) != (match["bpoint"] is None):
        return None
    return _spanned(first, second, start, match.end())


def _spanned(first: tuple[int, int], second: tuple[int, int], start: int, end: int) -> Found | None:
    low, high = time(*first), time(*second)
    if low is None or high is None or low.low >= high.low:
        return None
    return Found(Value(Kind.DATE, low.low, high.low, "time"), start, end)


def _by_half(first: tuple[int, int], second: tuple[int, int], *, pm: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """The times of '9 to 5pm' and '6-10pm': the first is in the same half of the day where it then comes first."""
    late = (second[0] % 12 + (12 if pm else 0), second[1])
    early = (first[0] % 12 + (12 if pm else 0), first[1])
    return (early if early < late else (first[0] % 12, first[1])), late


def _part(match: re.Match[str], name: str) -> tuple[int, int] | None:
    digits = match[name]
    if len(digits) > 2:
        return (int(digits[:2]), int(digits[2:])) if len(digits) == 4 else None
    return int(digits), int(match[f"{name}point"] or 0)


def _military(match: re.Match[str]) -> bool:
    """'0900-1700', '0900 to 1600 hours'."""
    four = len(match["a"]) == 4 and len(match["b"]) == 4
    return four and (match["a"][0] == "0" or bool(match["hours"]))


def _bare(text: Text, start: int) -> Found | None:
    """One time that only the words before it make one: 'closes at 22.00', 'by 0900', 'avant 16h'."""
    rules = _rules(text.language)
    match = rules.bare.match(text.folded, start)
    if match is None or not rules.at.search(text.folded, max(0, start - 20), start):
        return None
    digits = match["a"]
    if rules.unit.match(text.folded, match.end()) or (len(digits) == 4 and digits[0] != "0" and not match["hours"]):
        return None
    if match["mark"] and rules.counted.match(text.folded, match.end()):
        return None  # 'jusqu'à 2h avant'
    surely = rules.sure.search(text.folded, max(0, start - 20), start) is not None and match["mark"]
    if not surely and not _speaks_of_hours(text, start, match.end()):
        return None
    part = _part(match, "a")
    value = time(*part) if part else None
    return Found(value, *match.span()) if value else None


def _speaks_of_hours(text: Text, start: int, end: int) -> bool:
    context = _rules(text.language).context
    return bool(
        context.search(text.folded, max(0, start - _BEFORE), start) or context.search(text.folded, end, end + _AFTER)
    )


class _Rules(NamedTuple):
    clock: re.Pattern[str]
    words: re.Pattern[str]
    part: re.Pattern[str]
    two: re.Pattern[str]
    bare: re.Pattern[str]
    at: re.Pattern[str]
    sure: re.Pattern[str]
    counted: re.Pattern[str]
    context: re.Pattern[str]
    unit: re.Pattern[str]


@lru_cache(maxsize=16)
def _rules(language: Language) -> _Rules:
    phrases = language.phrases
    halves = rf"(?:(?P<am>{spellings(phrases['am'])})|(?P<pm>{spellings(phrases['pm'])}))(?![^\W_])"
    marks = spellings(phrases["hour marks"])
    joint = rf"(?:{SPACE}[-~—]{SPACE}|[ ]{{1,3}}(?:{spellings((*phrases['to'], *phrases['until']))})[ ]{{1,3}})"

    def hour(name: str) -> str:
        return (
            rf"(?P<{name}>[0-9]{{4}}|[0-9]{{1,2}})(?:[.:](?P<{name}point>[0-9]{{2}}))?(?P<{name}mark>[ ]?(?:{marks}))?"
        )

    spelled = [
        word
        for kind in Kind
        if kind not in (Kind.COUNT, Kind.AVAILABILITY)
        for words in language.units.get(kind, {}).values()
        for word in words
        if word not in _HOURS
    ]
    end = r"(?![0-9]|[.,:/-][0-9]|[^\W\d_])"
    hours = rf"(?P<hours>[ ]?(?:{spellings(_HOURS)})(?![^\W_]))?"
    said = r"(?<![^\W_])(?:%s)[ ]{1,3}\Z"
    return _Rules(
        clock=re.compile(
            rf"(?P<hour>[0-9]{{1,2}})(?:[ ]?(?:{marks})[ ]?(?P<mark>[0-9]{{2}})(?![^\W_])"
            rf"|(?:(?P<sign>[:.])(?P<minute>[0-9]{{2}})(?![:0-9]))?(?:{SPACE}{halves})?(?![^\W_]))"
        ),
        words=re.compile(
            rf"(?<![^\W_])(?:(?P<noon>{spellings(phrases['noon'])})|(?P<midnight>{spellings(phrases['midnight'])}))(?![^\W_])"
        ),
        part=re.compile(
            rf"(?:[ ]?(?:{spellings(phrases['o clock'])}))?[ ]{{1,3}}"
            rf"(?:(?P<am>{spellings(phrases['in the morning'])})|(?P<pm>{spellings(phrases['in the evening'])}))"
            r"(?![^\W_])"
        ),
        two=re.compile(rf"{hour('a')}{joint}{hour('b')}(?P<half>{SPACE}{halves})?{hours}{end}"),
        bare=re.compile(
            rf"(?P<a>[0-9]{{4}}|[0-9]{{1,2}}(?=[.][0-9]{{2}})|[0-9]{{1,2}}(?=[ ]?(?:{marks})))"
            rf"(?:[.](?P<apoint>[0-9]{{2}}))?(?P<mark>[ ]?(?:{marks}))?{hours}{end}"
        ),
        at=re.compile(said % spellings(phrases["at an hour"])),
        sure=re.compile(said % spellings(phrases["before an hour"])),
        counted=re.compile(rf"[ ](?:{spellings((*phrases['counted before'], *phrases['counted after']))})(?![^\W_])"),
        context=re.compile(rf"(?<![^\W_])(?:{spellings(phrases['clock context'])})(?![^\W_])"),
        unit=re.compile(rf"(?:{SPACE}|-)(?:{spellings(spelled)})(?![^\W_])|[ ]?%"),
    )
