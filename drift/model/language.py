"""How a language says things: the content of a language file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from drift.model.phrases import Phrases, Sentences
from drift.model.values import Bound, Kind

DEFAULT_LANGUAGE = "en"  # of a registry that names none, and of its articles


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """How one language says numbers, units, bounds and stances: the content of `languages/<code>.yaml`.

    Compared by identity, so that what is compiled from it can be cached by it. Words are lower case.
    """

    code: str  # BCP 47 primary tag: 'en'
    name: str
    decimal: str  # '.' or ','
    thousands: tuple[str, ...]
    numbers: Mapping[str, Decimal]  # 'thirty' -> 30, 'a dozen' -> 12, 'half' -> 0.5
    units: Mapping[Kind, Mapping[str, tuple[str, ...]]]  # kind -> canonical unit -> spellings
    currencies: Mapping[str, tuple[str, ...]]  # name or sign -> the ISO codes it may stand for: 'kronor' -> SEK
    bounds: Mapping[Bound, tuple[str, ...]]
    phrases: Phrases
    sentences: Sentences
    stances: Mapping[str, tuple[str, ...]]  # stance -> cue phrases or patterns
    stop_words: frozenset[str]
