"""Calendar dates and times of day: '25 December 2026', '12/25/2026', 'December 25', '5:30 p.m.', 'noon'.

A month with its year, or a year alone, fixes no day and is no value.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift import numbers
from drift.kinds.base import Text
from drift.model import Found, Language
from drift.numbers import SPACE, spellings
from drift.values import Kind, Value

KIND = Kind.DATE

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_MARKED = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(?![0-9])")
_MINUTES = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?![:0-9])")
_YEAR = "(?:19|20)[0-9]{2}(?![0-9])"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_MONTH_DAY = re.compile(rf"({'|'.join(_MONTHS)}) ([0-9]{{1,2}})", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"([0-9]{{1,2}}) ({'|'.join(_MONTHS)})", re.IGNORECASE)
_WINDOW = 14  # characters of the longest month and its spaces


def read_at(text: Text, start: int) -> Found | None:
    """A date or a time of day whose first digits, or whose day after a month's name, stand at `start`.

    Dates are read before numbers are: '2026-12-25' is no range.
    """
    before = text.folded[start - 1] if start else " "
    if before.isalnum() or before in "_./:":
        return None
    return _written(text, start) or _time(text, start) or _day_month(text, start) or _month_day(text, start)


@lru_cache(maxsize=16)
def cues(language: Language) -> frozenset[str]:
    return numbers.cues((*language.phrases["noon"], *language.phrases["midnight"]))


def loose(text: Text) -> list[Found]:
    """Times of day that are words: 'noon'."""
    return [
        Found(_time_value(720 if match.lastgroup == "noon" else 0), *match.span())
        for match in _rules(text.language).words.finditer(text.folded)
    ]


def parse(words: str, dollars: str) -> Value | None:
    if match := _ISO.fullmatch(words):
        return _date_value(*(int(part) for part in match.groups()))
    if match := _MONTH_DAY.fullmatch(words):
        return _month_day_value(_MONTHS.index(match[1].capitalize()) + 1, int(match[2]))
    if match := _DAY_MONTH.fullmatch(words):
        return _month_day_value(_MONTHS.index(match[2].capitalize()) + 1, int(match[1]))
    if match := _MINUTES.fullmatch(words):
        return _clock(int(match["hour"]), int(match["minute"]))
    return None


def spell(amount: Decimal, unit: str) -> str:
    number = int(amount)
    if unit == "date":
        return date.fromordinal(number).isoformat()
    if unit == "month-day":
        return f"{_MONTHS[number // 100 - 1]} {number % 100}"
    return f"{number // 60:02}:{number % 60:02}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit, amount


def month_day(value: Value) -> Decimal:
    """The month and day of a date, as 'month-day' values hold them."""
    day = date.fromordinal(int(value.low))
    return Decimal(day.month * 100 + day.day)


def _written(text: Text, start: int) -> Found | None:
    if match := _ISO.match(text.folded, start):
        return _found(_date_value(*(int(part) for part in match.groups())), *match.span())
    match = _MARKED.match(text.folded, start)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    orders = [(first, second), (second, first)]  # month, day
    if match[2] == "." or _rules(text.language).day_first:
        orders.reverse()
    for month, day in orders:
        if value := _date_value(year, month, day):
            return Found(value, *match.span())
    return None


def _time(text: Text, start: int) -> Found | None:
    rules = _rules(text.language)
    match = rules.clock.match(text.folded, start)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or match["mark"] or 0)
    half = match["am"] or match["pm"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["pm"] else 0)
    elif not match["mark"] and match["sign"] != ":":
        return None
    return _found(_clock(hour, minute), *match.span())


def _day_month(text: Text, start: int) -> Found | None:
    """'25 December 2026', '25th of December', '1er mai'."""
    rules = _rules(text.language)
    match = rules.day_month.match(text.folded, start)
    month = match and _month(text, rules, match)
    if not match or not month:
        return None
    return _found(_day_value(month, int(match["day"]), match["year"]), *match.span())


def _month_day(text: Text, start: int) -> Found | None:
    """'December 25, 2026': the number is the day, the month stands before it."""
    rules = _rules(text.language)
    before = rules.month_before.search(text.folded, max(0, start - _WINDOW), start)
    month = before and _month(text, rules, before)
    match = month and rules.day_after.match(text.folded, start)
    if not before or not month or not match:
        return None
    return _found(_day_value(month, int(match["day"]), match["year"]), before.start("month"), match.end())


def _month(text: Text, rules: _Rules, match: re.Match[str]) -> int | None:
    """The month's number; None for 'may' and 'march' where they are no names."""
    name = match["month"]
    if name in rules.capital and not text.raw[match.start("month")].isupper():
        return None
    return rules.months[name]


def _day_value(month: int, day: int, year: str | None) -> Value | None:
    return _date_value(int(year), month, day) if year else _month_day_value(month, day)


def _date_value(year: int, month: int, day: int) -> Value | None:
    try:
        number = Decimal(date(year, month, day).toordinal())
    except ValueError:
        return None
    return Value(KIND, number, number, "date")


def _month_day_value(month: int, day: int) -> Value | None:
    if _date_value(2000, month, day) is None:
        return None
    number = Decimal(month * 100 + day)
    return Value(KIND, number, number, "month-day")


def _clock(hour: int, minute: int) -> Value | None:
    return _time_value(hour * 60 + minute) if hour < 24 and minute < 60 else None


def _time_value(minutes: int) -> Value:
    return Value(KIND, Decimal(minutes), Decimal(minutes), "time")


def _found(value: Value | None, start: int, end: int) -> Found | None:
    return Found(value, start, end) if value else None


class _Rules(NamedTuple):
    months: dict[str, int]
    capital: frozenset[str]
    day_first: bool
    clock: re.Pattern[str]
    words: re.Pattern[str]
    day_month: re.Pattern[str]
    month_before: re.Pattern[str]
    day_after: re.Pattern[str]


@lru_cache(maxsize=16)
def _rules(language: Language) -> _Rules:
    phrases = language.phrases
    months = {name: number for number, names in enumerate(phrases["months"], 1) for name in names.split()}
    month = rf"(?P<month>{spellings(months)})(?![^\W_])"
    day = rf"(?P<day>[0-9]{{1,2}})(?:{spellings(phrases['day suffixes'])})?(?![\w:/%]|[.,][0-9])"
    halves = rf"(?:(?P<am>{spellings(phrases['am'])})|(?P<pm>{spellings(phrases['pm'])}))(?![^\W_])"
    marks = spellings(phrases["hour marks"])
    return _Rules(
        months=months,
        capital=frozenset(phrases["capital months"]),
        day_first="dmy" in phrases["date order"],
        clock=re.compile(
            rf"(?P<hour>[0-9]{{1,2}})(?:[ ]?(?:{marks})[ ]?(?P<mark>[0-9]{{2}})(?![^\W_])"
            rf"|(?:(?P<sign>[:.])(?P<minute>[0-9]{{2}})(?![:0-9]))?(?:{SPACE}{halves})?(?![^\W_]))"
        ),
        words=re.compile(
            rf"(?<![^\W_])(?:(?P<noon>{spellings(phrases['noon'])})|(?P<midnight>{spellings(phrases['midnight'])}))(?![^\W_])"
        ),
        day_month=re.compile(
            rf"{day}{SPACE}(?:(?:{spellings(phrases['day of'])})[ ]{{1,3}})?{month}(?:,?{SPACE}(?P<year>{_YEAR}))?"
        ),
        month_before=re.compile(rf"(?<![^\W_]){month}{SPACE}\Z"),
        day_after=re.compile(rf"{day}(?:,?{SPACE}(?P<year>{_YEAR}))?"),
    )
