"""Times in the five fields of crontab(5), spelled out: '0 6 * * 1-5' is six o'clock, Monday to Friday.

Weekdays are numbered as cron numbers them (0 and 7 are Sunday) or named; what comes out counts from Monday, as
`datetime.weekday` does, so that nobody below can take one numbering for the other.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EXPECTED = "minute, hour, day of the month, month, weekday, like '0 6 * * mon-fri'"
LEAP_YEAR = 2028  # what no month of it has never comes


@dataclass(frozen=True, slots=True)
class _Field:
    """What one of the five fields takes: numbers, and names for some of them."""

    name: str
    lowest: int
    highest: int
    expected: str
    names: tuple[str, ...] = ()
    first_name: int = 0  # the number of the first name


_FIELDS = (
    _Field("minute", 0, 59, "0 to 59"),
    _Field("hour", 0, 23, "0 to 23"),
    _Field("day of the month", 1, 31, "1 to 31"),
    _Field("month", 1, 12, "1 to 12, or jan to dec", MONTHS, 1),
    _Field("weekday", 0, 7, "0 to 7, or mon to sun", ("sun", *WEEKDAYS[:-1])),
)
_PART = re.compile(r"(?:(?P<all>\*)|(?P<first>[0-9a-z]+)(?:-(?P<last>[0-9a-z]+))?)(?:/(?P<step>[0-9]{1,3}))?")


@dataclass(frozen=True, slots=True)
class Cron:
    """The numbers that each field allows, ascending; `weekdays` 0 is Monday. `text` is what was written."""

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]


def parse(text: str) -> Cron:
    """The times that five fields name.

    Raises ValueError with (message, what was expected) for fields that cron would not take, for a day that no month
    has, and for a day of the month together with a weekday: some crons run on both, some on either.
    """
    fields = text.lower().split()
    if len(fields) != len(_FIELDS):
        raise ValueError(f"'{text}' has {len(fields)} of the 5 fields of a cron time", EXPECTED)
    minutes, hours, days, months, numbers = map(_field, fields, _FIELDS)
    if fields[2] != "*" and fields[4] != "*":
        message = f"'{text}' names days of the month and weekdays: some crons run on both, some on either"
        raise ValueError(message, "one of the two, and '*' for the other")
    if not any(day <= monthrange(LEAP_YEAR, month)[1] for day in days for month in months):
        raise ValueError(f"'{text}' never comes: no such month has a day {days[0]}", "a day that the month has")
    weekdays = tuple(sorted({(number - 1) % 7 for number in numbers}))
    return Cron(text, minutes, hours, days, months, weekdays)


def _field(written: str, field: _Field) -> tuple[int, ...]:
    """The numbers of one field, ascending."""
    numbers: set[int] = set()
    for part in written.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"'{part}' is no {field.name}", field.expected)
        if match["step"] and not int(match["step"]):
            raise ValueError(f"'{part}' steps by nothing", "a step from 1, like '*/2'")
        first, last = _ends(match, field)
        if first > last:
            raise ValueError(f"'{part}' runs backwards", f"the earlier {field.name} first")
        numbers.update(range(first, last + 1, int(match["step"] or 1)))
    return tuple(sorted(numbers))


def _ends(match: re.Match[str], field: _Field) -> tuple[int, int]:
    """The first and the last number of a part of a field, both included."""
    highest = 6 if field.name == "weekday" else field.highest  # 7 is another name of 0
    if match["all"]:
        return field.lowest, highest
    first = _number(match["first"], field)
    if match["last"] is None:
        return first, highest if match["step"] else first
    last = _number(match["last"], field)
    return first, 7 if field.name == "weekday" and last == 0 < first else last  # 'fri-sun': the Sunday after


def _number(written: str, field: _Field) -> int:
    if written in field.names:
        return field.names.index(written) + field.first_name
    if written.isdecimal() and field.lowest <= int(written) <= field.highest:
        return int(written)
    raise ValueError(f"'{written}' is no {field.name}", field.expected)
