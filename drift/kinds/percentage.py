"""Percentages: '15%', 'fifteen per cent', '99.99 percent'."""

from __future__ import annotations

import re
from decimal import Decimal

from drift.kinds.base import REGISTRY_AMOUNT, REGISTRY_PER, Text, amount_of, plain, read_per, suffix, valued
from drift.model import Found
from drift.numbers import Number
from drift.values import Kind, Value

KIND = Kind.PERCENTAGE
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} ?(?:%|percent|per cent){REGISTRY_PER}", re.IGNORECASE)


def read(text: Text, number: Number) -> Found | None:
    match = suffix(text.language, KIND).match(text.folded, number.end)
    if match is None or number.article:
        return None
    per, end = read_per(text, match.end())
    return Found(valued(KIND, number.numerals, number.is_range, "%", per), number.start, end)


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    return match and valued(KIND, [amount_of(match["amount"])], False, "%", match["per"])


def spell(amount: Decimal, unit: str) -> str:
    return f"{plain(amount)}{unit}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit, amount
