"""Kinds of value: how a registry spells them, how prose states them, how they print, and when two are the same.

One file a kind; `table` lists them. Nothing here knows where a value stands or which term it is about.
"""

from __future__ import annotations

from drift.kinds.alike import alike, as_written
from drift.kinds.comparing import comparable, compare, magnitude, same_scale
from drift.kinds.date import day_first
from drift.kinds.declined import declined
from drift.kinds.finding import find
from drift.kinds.spelling import parse, show
from drift.kinds.table import KINDS

__all__ = [
    "KINDS",
    "alike",
    "as_written",
    "comparable",
    "compare",
    "day_first",
    "declined",
    "find",
    "magnitude",
    "parse",
    "same_scale",
    "show",
]
