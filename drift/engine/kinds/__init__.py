"""Kinds of value: how a registry spells them, how prose states them, how they print, and when two are the same.

One file a kind; `table` lists them. Nothing here knows where a value stands or which term it is about.
"""

from __future__ import annotations

from drift.engine.kinds.alike import alike, as_written
from drift.engine.kinds.base import KindOfValue
from drift.engine.kinds.comparing import (
    comparable,
    compare,
    is_nought,
    is_price_of_free,
    magnitude,
    may_meet,
    same_scale,
    worth,
)
from drift.engine.kinds.date import day_first, is_time
from drift.engine.kinds.declined import declined
from drift.engine.kinds.finding import find
from drift.engine.kinds.spelling import parse, show
from drift.engine.kinds.table import named, names, of, taking

__all__ = [
    "KindOfValue",
    "alike",
    "as_written",
    "comparable",
    "compare",
    "day_first",
    "declined",
    "find",
    "is_nought",
    "is_price_of_free",
    "is_time",
    "magnitude",
    "may_meet",
    "named",
    "names",
    "of",
    "parse",
    "same_scale",
    "show",
    "taking",
    "worth",
]
