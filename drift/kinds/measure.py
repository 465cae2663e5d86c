"""Weights, lengths and volumes: '23 kg', '158 cm', '50 lb'."""

from __future__ import annotations

import re
from decimal import Decimal

from drift.kinds.base import REGISTRY_AMOUNT, REGISTRY_PER, Text, amount_of, plain, read_per, suffix, units, valued
from drift.model import Found
from drift.numbers import Number
from drift.values import Kind, Value

KIND = Kind.MEASURE

_SIZES: dict[str, tuple[str, Decimal]] = {
    "mg": ("weight", Decimal("0.001")),
    "g": ("weight", Decimal(1)),
    "kg": ("weight", Decimal(1000)),
    "t": ("weight", Decimal(1000000)),
    "oz": ("weight", Decimal("28.349523125")),
    "lb": ("weight", Decimal("453.59237")),
    "mm": ("length", Decimal(1)),
    "cm": ("length", Decimal(10)),
    "m": ("length", Decimal(1000)),
    "km": ("length", Decimal(1000000)),
    "in": ("length", Decimal("25.4")),
    "ft": ("length", Decimal("304.8")),
    "yd": ("length", Decimal("914.4")),
    "mi": ("length", Decimal(1609344)),
    "ml": ("volume", Decimal(1)),
    "l": ("volume", Decimal(1000)),
}
_NAMES = {
    "g": ("gram",),
    "kg": ("kgs", "kilogram", "kilo"),
    "t": ("tonne",),
    "oz": ("ounce",),
    "lb": ("lbs", "pound"),
    "mm": ("millimetre", "millimeter"),
    "cm": ("centimetre", "centimeter"),
    "m": ("metre", "meter"),
    "km": ("kilometre", "kilometer"),
    "in": ("inch", "inches"),
    "ft": ("foot", "feet"),
    "yd": ("yard",),
    "mi": ("mile",),
    "l": ("litre", "liter"),
}
_ALIASES = {spelling: unit for unit, names in _NAMES.items() for name in names for spelling in (name, name + "s")}
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} ?(?P<unit>[a-z]+){REGISTRY_PER}", re.IGNORECASE)


def read(text: Text, number: Number) -> Found | None:
    match = suffix(text.language, KIND).match(text.folded, number.end)
    if match is None or number.article:
        return None
    unit = units(text.language, KIND).name(match["unit"])
    if len(match["unit"]) == 1 and text.raw[match.start("unit")].isupper():
        return None  # '5G' is a network
    per, end = read_per(text, match.end())
    return Found(valued(KIND, number.numerals, number.is_range, unit, per), number.start, end)


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    unit = match and match["unit"].lower()
    unit = _ALIASES.get(unit or "", unit)
    if not match or unit not in _SIZES:
        return None
    return valued(KIND, [amount_of(match["amount"])], False, unit, match["per"])


def spell(amount: Decimal, unit: str) -> str:
    return f"{plain(amount)} {unit}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    dimension, factor = _SIZES[unit]
    return dimension, amount * factor
