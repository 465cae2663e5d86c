"""Typed values: what a policy fixes and an article promises, comparable without knowing where they stand.

A value is numbers in a canonical unit. How a registry spells one, how prose states it and when two are the
same is knowledge of the kinds (`drift.engine.kinds`); this module only holds the shape.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NewType

Kind = NewType(
    "Kind", str
)  # the name of a kind of value: 'duration', 'data size'; each has a file in `drift.engine.kinds`
Unit = NewType("Unit", str)  # the canonical name of a unit, in the singular; which there are, its kind says


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

    Numbers are as stated, not converted: comparing converts. An open end ('up to 5') is a bound, not a range.
    """

    kind: Kind
    low: Decimal
    high: Decimal
    unit: Unit
    per: tuple[str, ...] = ()  # by what it is counted, canonical singulars: 'user', 'month' of '$5 per user per month'
    alternatives: tuple[Value, ...] = ()  # further values the text offers with 'or'; the first is this one
    sides: tuple[Decimal, ...] = ()  # the further sides of a size: 40 and 20 of '55 x 40 x 20 cm'

    def __repr__(self) -> str:
        """What the stored fingerprints of registries are made of: it never changes."""
        kind = f"<Kind.{self.kind.upper().replace(' ', '_')}: {self.kind!r}>"
        return (
            f"Value(kind={kind}, low={self.low!r}, high={self.high!r}, unit={self.unit!r}, "
            f"per={' per '.join(self.per) or None!r}, alternatives={self.alternatives!r}, sides={self.sides!r})"
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Travels to another process with the one object that its kind's name is there: equal values pack alike."""
        return _made, (self.kind, self.low, self.high, self.unit, self.per, self.alternatives, self.sides)

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def _made(kind: str, *rest: Any) -> Value:
    return Value(Kind(sys.intern(kind)), *rest)


class Comparison(StrEnum):
    """How a published value stands to an expected one."""

    SAME = "same"
    UNIT = "unit"  # the same number in another unit: 5 days, 5 business days
    INSIDE = "inside"  # one end of the expected range, or a part of it: not decided by the value alone
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"  # another kind of thing altogether
