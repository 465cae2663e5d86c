"""Percentages: '15%', 'fifteen per cent', '99.99 percent'."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from drift.engine import numbers
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
    valued,
)
from drift.engine.numbers import Number, spellings
from drift.model import Found, Language
from drift.model.values import Kind, Value

KIND = Kind("percentage")
_HALF, _WHOLE = Decimal(50), Decimal(100)
WORDS = ("percent", "per cent")
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} ?(?:%|{'|'.join(WORDS)}){REGISTRY_PER}", re.IGNORECASE)


def read(text: FoldedText, number: Number) -> Found | None:
    match = suffix(text.language, KIND).match(text.folded, number.end)
    if match is None or number.article or number.unsure == "space":
        return None
    per, end = read_per(text, match.end())
    return Found(valued(KIND, number.numerals, number.is_range, "%", per), number.start, end)


@lru_cache(maxsize=16)
def cues(language: Language) -> frozenset[str]:
    return numbers.cues(language.phrases.parts)


def loose(text: FoldedText) -> list[Found]:
    """Discounts said as a part: 'half price', 'a quarter off', 'save a fifth'."""
    found = []
    for match in _off(text.language).finditer(text.folded):
        part = match["before"] or match["after"]
        share = text.language.phrases.part_shares[part] if part else _HALF
        group = "before" if match["before"] else "after" if match["after"] else "price"
        found.append(Found(valued(KIND, [share], False, "%"), match.start(group), match.end(group)))
    return found


@lru_cache(maxsize=16)
def _off(language: Language) -> re.Pattern[str]:
    phrases = language.phrases
    part = spellings(phrases.part_shares)
    article = rf"(?:(?:{spellings(phrases.part_articles)})[ ]{{1,3}})?"
    return re.compile(
        rf"(?<![\w-])(?:{article}(?P<before>{part})[ ]{{1,3}}(?:{spellings(phrases.part_off)})"
        rf"|(?:{spellings(phrases.part_saved)})[ ]{{1,3}}{article}(?P<after>{part})"
        rf"|(?P<price>{spellings(phrases.half_price)}))(?![\w-])"
    )


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    return match and valued(KIND, [amount_of(match["amount"])], False, "%", counters(match["per"]))


def spell(amount: Decimal, unit: str) -> str:
    return f"{plain(amount)}{unit}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit, amount


def _rest(value: Value) -> Value | None:
    """What a share leaves of the whole: 20% of 80%. None of a range, and where nothing or all is left."""
    if value.is_range or value.alternatives or not 0 < value.low < _WHOLE:
        return None
    return replace(value, low=_WHOLE - value.low, high=_WHOLE - value.low)


PERCENTAGE = KindOfValue(
    KIND,
    parse,
    spell,
    size,
    read=read,
    cues=cues,
    loose=loose,
    inflected=False,
    rest=_rest,
    sized=True,
    counted=False,
)
