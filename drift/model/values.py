"""Typed values: what a policy fixes and an article promises, comparable without knowing where they stand.

A value is numbers in a canonical unit. How a registry spells one, how prose states it and when two are the
same is knowledge of the kinds (`drift.engine.kinds`); this module only holds the shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of value."""

    DURATION = "duration"
    MONEY = "money"
    PERCENTAGE = "percentage"
    COUNT = "count"
    DATA_SIZE = "data size"
    MEASURE = "measure"
    AGE = "age"
    DATE = "date"  # calendar dates and times of day
    AVAILABILITY = "availability"  # free, unlimited, none, yes, no


class Bound(StrEnum):
    """Which way a value limits. A term uses the first four; prose also says the others."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    BETWEEN = "between"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    ABOUT = "about"

    @property
    def floor(self) -> bool:
        """Whether the value is a lower limit."""
        return self in (Bound.AT_LEAST, Bound.MORE_THAN)

    @property
    def ceiling(self) -> bool:
        """Whether the value is an upper limit."""
        return self in (Bound.AT_MOST, Bound.LESS_THAN)


@dataclass(frozen=True, slots=True)
class Value:
    """One value: an amount (`low == high`), a range (`low < high`), or alternatives of them.

    `unit` is the canonical singular: 'minute' 'hour' 'day' 'business day' 'week' 'month' 'quarter' 'year' for
    durations, the ISO code in capitals for money, '%' for percentages, the singular counted noun for counts
    ('' where none is said), 'KB' 'MB' 'GB' 'TB' for sizes, 'kg' 'lb' 'cm' ... for measures, 'year' for ages,
    'date' (low is `date.toordinal()`), 'month-day' (low is month * 100 + day) or 'time' (low is minutes since
    midnight) for dates, and the word itself ('free' 'unlimited' 'none' 'yes' 'no', low and high 0) for
    availability. Numbers are as stated, not converted: comparing converts. An open end ('up to 5') is a bound,
    not a range.
    """

    kind: Kind
    low: Decimal
    high: Decimal
    unit: str
    per: str | None = None  # canonical singular: 'month', 'user', 'GB', 'replica'
    alternatives: tuple[Value, ...] = ()  # further values the text offers with 'or'; the first is this one
    sides: tuple[Decimal, ...] = ()  # the further sides of a size: 40 and 20 of '55 x 40 x 20 cm'

    @property
    def is_range(self) -> bool:
        return self.low != self.high


class Comparison(StrEnum):
    """How a published value stands to an expected one."""

    SAME = "same"
    UNIT = "unit"  # the same number in another unit: 5 days, 5 business days
    INSIDE = "inside"  # one end of the expected range, or a part of it: not decided by the value alone
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"  # another kind of thing altogether
