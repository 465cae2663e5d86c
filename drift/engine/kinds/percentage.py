"""Percentages: '15%', 'fifteen per cent', '99.99 percent'."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from drift.engine import numbers
from drift.engine.kinds.base import REGISTRY_AMOUNT, REGISTRY_PER, Text, amount_of, plain, read_per, suffix, valued
from drift.engine.numbers import Number, spellings
from drift.model import Found, Language
from drift.model.values import Kind, Value

KIND = Kind.PERCENTAGE
_HALF = Decimal(50)
WORDS = ("percent", "per cent")
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} ?(?:%|{'|'.join(WORDS)}){REGISTRY_PER}", re.IGNORECASE)


def read(text: Text, number: Number) -> Found | None:
    match = suffix(text.language, KIND).match(text.folded, number.end)
    if match is None or number.article or number.unsure == "space":
        return None
    per, end = read_per(text, match.end())
    return Found(valued(KIND, number.numerals, number.is_range, "%", per), number.start, end)


@lru_cache(maxsize=16)
def cues(language: Language) -> frozenset[str]:
    return numbers.cues(language.phrases["parts"])


def loose(text: Text) -> list[Found]:
    """Discounts said as a part: 'half price', 'a quarter off', 'save a fifth'."""
    found = []
    for match in _off(text.language).finditer(text.folded):
        part = match["before"] or match["after"]
        share = _parts(text.language)[part] if part else _HALF
        group = "before" if match["before"] else "after" if match["after"] else "price"
        found.append(Found(valued(KIND, [share], False, "%"), match.start(group), match.end(group)))
    return found


@lru_cache(maxsize=16)
def _parts(language: Language) -> dict[str, Decimal]:
    return {name: Decimal(share) for name, _, share in (one.partition("=") for one in language.phrases["part shares"])}


@lru_cache(maxsize=16)
def _off(language: Language) -> re.Pattern[str]:
    phrases = language.phrases
    part = spellings(_parts(language))
    article = rf"(?:(?:{spellings(phrases['part articles'])})[ ]{{1,3}})?"
    return re.compile(
        rf"(?<![\w-])(?:{article}(?P<before>{part})[ ]{{1,3}}(?:{spellings(phrases['part off'])})"
        rf"|(?:{spellings(phrases['part saved'])})[ ]{{1,3}}{article}(?P<after>{part})"
        rf"|(?P<price>{spellings(phrases['half price'])}))(?![\w-])"
    )


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    return match and valued(KIND, [amount_of(match["amount"])], False, "%", match["per"])


def spell(amount: Decimal, unit: str) -> str:
    return f"{plain(amount)}{unit}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit, amount
