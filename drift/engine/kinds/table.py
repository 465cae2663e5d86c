"""THE list of the kinds of value."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from drift.engine.kinds import age, availability, count, data_size, date, duration, measure, money, percentage
from drift.engine.kinds.base import FoldedText, KindOfValue
from drift.engine.numbers import Number
from drift.model import Found, Language
from drift.model.values import Kind, Value

# In the order in which they are tried, in prose and in a registry: a count reads nearly any noun.
KINDS: tuple[KindOfValue, ...] = (
    date.DATE,
    percentage.PERCENTAGE,
    money.MONEY,
    data_size.DATA_SIZE,
    age.AGE,
    duration.DURATION,
    measure.MEASURE,
    availability.AVAILABILITY,
    count.COUNT,
)

Reader = Callable[[FoldedText, Number], Found | None]


class Readers(NamedTuple):
    """Who reads what stands at a number, in order."""

    every: tuple[Reader, ...]
    before: tuple[Reader, ...]  # those that read what stands before a number as well as what follows it
    lettered: tuple[Reader, ...]  # those that read a letter after a number as its magnitude


def named(name: Kind) -> KindOfValue:
    """The kind with this name. Raises KeyError for none."""
    return _by_name(KINDS)[name]


def of(value: Value) -> KindOfValue:
    """The kind of a value, which knows all that is to be known of it."""
    return _by_name(KINDS)[value.kind]


def names() -> tuple[Kind, ...]:
    """The names of all kinds, in the order of the list."""
    return tuple(kind.name for kind in KINDS)


def readers() -> Readers:
    """The readers of all kinds."""
    return _readers(KINDS)


def taking(value: Value, words: str, language: Language) -> Kind | None:
    """The kind that makes a value of another its own by the words around it; None if none does."""
    return next((kind.name for kind in KINDS if kind.takes(value, words, language)), None)


def loose() -> tuple[KindOfValue, ...]:
    """The kinds whose values are also said without a number: 'the first month', 'noon', 'free of charge'."""
    return tuple(kind for kind in KINDS if kind.loose)


@lru_cache(maxsize=4)
def _by_name(kinds: tuple[KindOfValue, ...]) -> dict[Kind, KindOfValue]:
    return {kind.name: kind for kind in kinds}


@lru_cache(maxsize=4)
def _readers(kinds: tuple[KindOfValue, ...]) -> Readers:
    reading = [kind for kind in kinds if kind.read]
    return Readers(
        tuple(kind.read for kind in reading if kind.read),
        tuple(kind.read for kind in reading if kind.read and kind.before),
        tuple(kind.read for kind in reading if kind.read and kind.lettered),
    )
