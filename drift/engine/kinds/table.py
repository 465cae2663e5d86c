"""THE list of the kinds of value."""

from __future__ import annotations

from collections.abc import Callable

from drift.engine.kinds import age, availability, clock, count, data_size, date, duration, measure, money, percentage
from drift.engine.kinds.base import KindOfValue, Loose, Text
from drift.engine.numbers import Number
from drift.model import Found
from drift.model.values import Kind

# In the order in which they are tried, in prose and in a registry: a count reads nearly any noun.
KINDS: tuple[KindOfValue, ...] = (date, percentage, money, data_size, age, duration, measure, availability, count)

BY_KIND: dict[Kind, KindOfValue] = {kind.KIND: kind for kind in KINDS}

READERS: tuple[Callable[[Text, Number], Found | None], ...] = (
    clock.read,
    percentage.read,
    money.read,
    data_size.read,
    age.read,
    duration.read,
    measure.read,
    count.read,
)

# Those that read what stands before a number as well as what follows it.
READERS_BEFORE = (money.read, age.read, count.read)

# Those that read a letter after a number as its magnitude: '$1.5M', '10k requests'.
READERS_LETTERED = (money.read, count.read)

# Those that read values said without a number: 'the first month', 'noon', 'free of charge'.
LOOSE: tuple[Loose, ...] = (duration, date, age, percentage, availability)
