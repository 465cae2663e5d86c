"""Calendar dates and times of day: '25 December 2026', '12/25/2026', 'December 25', '5:30 p.m.', 'noon'.

A month with its year, or a year alone, fixes no day and is no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift.engine.kinds import clock
from drift.engine.kinds.base import FoldedText, KindOfValue
from drift.engine.numbers import SPACE, spellings
from drift.model import Found, Language
from drift.model.values import Kind, Unit, Value

KIND = Kind("date")
_DATE = Unit("date")  # `date.toordinal()`
MONTH_DAY = Unit("month-day")  # month * 100 + day

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_MARKED = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(?![0-9])")
_MINUTES = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?![:0-9])")
_YEAR = "(?:19|20)[0-9]{2}(?![0-9])"
# '5 Jan '26', and '5 Jan 26.' where nothing follows that 26 could count
_SHORT_YEAR = r"'[0-9]{2}(?![0-9])|[2-4][0-9](?=[ ]?(?:\Z|[;:!?)\]|\n]|[.,](?![0-9])))"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_MONTH_DAY = re.compile(rf"({'|'.join(MONTHS)}) ([0-9]{{1,2}})", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"([0-9]{{1,2}}) ({'|'.join(MONTHS)})", re.IGNORECASE)
_WINDOW = 30  # characters of the longest month and of days listed after it


def read_at(text: FoldedText, start: int) -> Found | None:
    """A date or a time of day whose first digits, or whose day after a month's name, stand at `start`.

    Dates are read before numbers are: '2026-12-25' is no range.
    """
    before = text.folded[start - 1] if start else " "
    if before.isalnum() or before in "_./:":
        return None
    return _written(text, start) or clock.read_at(text, start) or _day_month(text, start) or _month_day(text, start)


def parse(words: str, dollars: str) -> Value | None:
    if match := _ISO.fullmatch(words):
        return _date_value(*(int(part) for part in match.groups()))
    if match := _MONTH_DAY.fullmatch(words):
        return _month_day_value(MONTHS.index(match[1].capitalize()) + 1, int(match[2]))
    if match := _DAY_MONTH.fullmatch(words):
        return _month_day_value(MONTHS.index(match[2].capitalize()) + 1, int(match[1]))
    if match := _MINUTES.fullmatch(words):
        return clock.time(int(match["hour"]), int(match["minute"]))
    return None


def spell(amount: Decimal, unit: str) -> str:
    number = int(amount)
    if unit == "date":
        return date.fromordinal(number).isoformat()
    if unit == "month-day":
        return f"{MONTHS[number // 100 - 1]} {number % 100}"
    return f"{number // 60:02}:{number % 60:02}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit, amount


def month_day(value: Value) -> Decimal:
    """The month and day of a date, as 'month-day' values hold them."""
    day = date.fromordinal(int(value.low))
    return Decimal(day.month * 100 + day.day)


def _written(text: FoldedText, start: int) -> Found | None:
    if match := _ISO.match(text.folded, start):
        return _found(_date_value(*(int(part) for part in match.groups())), *match.span())
    match = _MARKED.match(text.folded, start)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    known = text.day_first if text.day_first is not None else _rules(text.language).day_first
    if match[2] == ".":
        known = True
    if known is None and first != second and first <= 12 and second <= 12:
        return None  # '05/06/2026' is read otherwise on the other side of an ocean
    orders = [(first, second), (second, first)]  # month, day
    if known:
        orders.reverse()
    for month, day in orders:
        if value := _date_value(year, month, day):
            return Found(value, *match.span())
    return None


def day_first(texts: Iterable[str], region: str | None) -> bool | None:
    """How a page writes days and months in figures: by its region ('GB'), else by a date of its own that only one
    order can read ('20/05/2026'); None if neither tells."""
    if region in _MONTH_FIRST:
        return False
    if region and region not in _EITHER:
        return True
    seen = {
        int(match[1]) > 12
        for text in texts
        if "/" in text or "-" in text
        for match in _MARKED.finditer(text)
        if match[2] != "." and (int(match[1]) > 12) != (int(match[3]) > 12)
    }
    return seen.pop() if len(seen) == 1 else None


_MONTH_FIRST = frozenset(("US", "PH", "PR", "GU", "FM", "PW", "MH", "AS", "VI"))
_EITHER = frozenset(("CA", "ZA"))


def shared_year(found: Sequence[Found], folded: str, language: Language) -> list[Found]:
    """The values, days without a year having that of the date they are listed with: '1 May and 1 June 2026'."""
    result = list(found)
    joint = _rules(language).joint
    for at in range(len(result) - 2, -1, -1):
        one, after = result[at], result[at + 1]
        if one.value.unit != "month-day" or after.value.unit != "date":
            continue
        if joint.fullmatch(folded, one.end, after.start):
            day, last = int(one.value.low), date.fromordinal(int(after.value.low))
            year = last.year - (day > last.month * 100 + last.day)
            if value := _date_value(year, day // 100, day % 100):
                result[at] = replace(one, value=value)
    return result


def _day_month(text: FoldedText, start: int) -> Found | None:
    """'25 December 2026', '25th of December', '1er mai'."""
    rules = _rules(text.language)
    match = rules.day_month.match(text.folded, start)
    month = match and _month(text, rules, match)
    if not match or not month:
        return None
    if match["rest"]:
        return _found(_day_value(month, int(match["day"]), match["year"]), match.start(), match.end("day"))
    return _found(_day_value(month, int(match["day"]), match["year"]), *match.span())


def _month_day(text: FoldedText, start: int) -> Found | None:
    """'December 25, 2026': the number is the day, the month stands before it."""
    rules = _rules(text.language)
    before = rules.month_before.search(text.folded, max(0, start - _WINDOW), start)
    month = before and _month(text, rules, before)
    match = month and rules.day_after.match(text.folded, start)
    if not before or not month or not match:
        return None
    begin = start if before["listed"] else before.start("month")
    return _found(_day_value(month, int(match["day"]), match["year"]), begin, match.end())


def _month(text: FoldedText, rules: _DateRules, match: re.Match[str]) -> int | None:
    """The month's number; None for 'may' and 'march' where they are no names."""
    name = match["month"]
    if name in rules.capital and not text.raw[match.start("month")].isupper():
        return None
    return rules.months[name]


def _day_value(month: int, day: int, year: str | None) -> Value | None:
    if not year:
        return _month_day_value(month, day)
    number = int(year.removeprefix("'"))
    return _date_value(number if number > _LAST_SHORT else _CENTURY + number, month, day)


_CENTURY, _LAST_SHORT = 2000, 99


def _date_value(year: int, month: int, day: int) -> Value | None:
    try:
        number = Decimal(date(year, month, day).toordinal())
    except ValueError:
        return None
    return Value(KIND, number, number, _DATE)


def _month_day_value(month: int, day: int) -> Value | None:
    if _date_value(2000, month, day) is None:
        return None
    number = Decimal(month * 100 + day)
    return Value(KIND, number, number, MONTH_DAY)


def _found(value: Value | None, start: int, end: int) -> Found | None:
    return Found(value, start, end) if value else None


class _DateRules(NamedTuple):
    months: Mapping[str, int]
    capital: frozenset[str]
    day_first: bool | None
    day_month: re.Pattern[str]
    month_before: re.Pattern[str]
    joint: re.Pattern[str]
    day_after: re.Pattern[str]


@lru_cache(maxsize=16)
def _rules(language: Language) -> _DateRules:
    phrases = language.phrases
    month = rf"(?P<month>{spellings(phrases.months)})(?![^\W_])"
    words = spellings((*phrases.and_, *phrases.or_, *phrases.to, *phrases.until))
    joint = rf"(?:,?[ ]{{1,3}}(?:{words})[ ]{{1,3}}|,[ ]{{1,3}}|{SPACE}[-~—]{SPACE})"
    other = rf"[0-9]{{1,2}}(?:{spellings(phrases.day_suffixes)})?"
    day = rf"(?P<day>[0-9]{{1,2}})(?:{spellings(phrases.day_suffixes)})?(?![\w:/%]|[.,][0-9])"
    return _DateRules(
        months=phrases.months,
        capital=frozenset(phrases.capital_months),
        day_first=True if "dmy" in phrases.date_order else None,
        day_month=re.compile(
            rf"{day}(?P<rest>(?:{joint}{other}){{1,4}})?{SPACE}(?:(?:{spellings(phrases.day_of)})[ ]{{1,3}})?"
            rf"{month}(?:,?{SPACE}(?P<year>{_YEAR}|{_SHORT_YEAR}))?"
        ),
        month_before=re.compile(rf"(?<![^\W_]){month}{SPACE}(?P<listed>(?:{other}{joint}){{1,4}})?\Z"),
        joint=re.compile(rf"{joint}"),
        day_after=re.compile(rf"{day}(?:,?{SPACE}(?P<year>{_YEAR}|{_SHORT_YEAR}))?"),
    )


def is_time(value: Value) -> bool:
    """Whether a value is a time of day, or a span of hours."""
    return value.kind == KIND and value.unit == clock.TIME


def _comparable(one: Value, other: Value) -> bool:
    return is_time(one) == is_time(other)


DATE = KindOfValue(
    KIND,
    parse,
    spell,
    size,
    read=clock.read,
    cues=clock.cues,
    loose=clock.loose,
    tellable=False,
    verbatim=True,
    comparable=_comparable,
    dates_texts=True,
)
