"""Sizes of data: '2GB', '500 megabytes', '10 GB per user'; and rates ('100 Mbit/s'), which no size equals."""

from __future__ import annotations

import re
import sys
from decimal import Decimal

from drift.engine.kinds.base import (
    REGISTRY_AMOUNT,
    REGISTRY_PER,
    FoldedText,
    KindOfValue,
    amount_of,
    counters,
    plain,
    read_per,
    suffix,
    units,
    valued,
)
from drift.engine.numbers import Number
from drift.model import Found
from drift.model.values import Kind, Value

KIND = Kind(sys.intern("data size"))

_SIZES: dict[str, tuple[str, int]] = {
    "byte": ("bytes", 1),
    **{f"{prefix}B": ("bytes", 1000 ** (power + 1)) for power, prefix in enumerate("KMGTP")},
    **{f"{prefix}iB": ("bytes", 1024 ** (power + 1)) for power, prefix in enumerate("KMGT")},
    **{f"{prefix}bit/s": ("rate", 1000 ** (power + 1)) for power, prefix in enumerate("kMG")},
    **{f"{prefix}B/s": ("rate", 8 * 1000 ** (power + 1)) for power, prefix in enumerate("kMGT")},
}
_SPELLINGS = {
    **{unit.lower(): unit for unit in _SIZES},
    **{f"{prefix}b/s": f"{prefix if prefix == 'k' else prefix.upper()}bit/s" for prefix in "kmg"},
    **{f"{prefix}bps": f"{prefix if prefix == 'k' else prefix.upper()}bit/s" for prefix in "kmg"},
    **{f"{name}byte": f"{name[0].upper()}B" for name in ("kilo", "mega", "giga", "tera", "peta")},
}
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} ?(?P<unit>[a-z]+(?:/s)?){REGISTRY_PER}", re.IGNORECASE)


_BYTES = re.compile(r"[kKMGT]?B(?:ps|/s|/sec)")  # only the capital tells bytes from bits


def read(text: FoldedText, number: Number) -> Found | None:
    match = suffix(text.language, KIND).match(text.folded, number.end)
    if match is None or number.article or number.unsure:
        return None
    unit = units(text.language, KIND).name(match["unit"])
    if _BYTES.fullmatch(text.raw, match.start("unit"), match.end("unit")):
        unit = unit.replace("bit/s", "B/s")
    per, end = read_per(text, match.end())
    return Found(valued(KIND, number.numerals, number.is_range, unit, per), number.start, end)


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    word = match["unit"].lower() if match else ""
    unit = _SPELLINGS.get(word) or _SPELLINGS.get(word.removesuffix("s"))
    if unit and match and _BYTES.fullmatch(match["unit"]):
        unit = unit.replace("bit/s", "B/s")
    if not match or not unit:
        return None
    return valued(KIND, [amount_of(match["amount"])], False, unit, counters(match["per"]))


def names() -> tuple[str, ...]:
    """The units as they are written, for 'did you mean'."""
    words = [name for name in _SPELLINGS if name.endswith("byte")]
    return (*_SIZES, "kbps", "Mbps", "Gbps", *(f"{name}s" for name in words), *words)


def spell(amount: Decimal, unit: str) -> str:
    return f"{plain(amount)} {unit if unit != 'byte' or amount == 1 else 'bytes'}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    """Decimal prefixes are powers of 1000, binary ones of 1024."""
    dimension, factor = _SIZES[unit]
    return dimension, amount * factor


def _comparable(one: Value, other: Value) -> bool:
    return size(one.low, one.unit)[0] == size(other.low, other.unit)[0]


DATA_SIZE = KindOfValue(KIND, parse, spell, size, read=read, inflected=False, comparable=_comparable, sized=True)
