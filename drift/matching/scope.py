"""Which value of a scope a piece of text names: 'prepaid' in a heading, a plan over a column.

The nearest zone that names any value of a dimension decides (own words before headings before the title); a
sibling value named there excludes. Spellings are matched word by word on stems, the longest first, so that
'non-mobile' is not read as 'mobile'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drift.matching.words import Words
from drift.model import Dimension, Registry

REACH = 5  # words that a word such as 'unlike' sets apart after it
_LIST = re.compile(r"\s*(?:,|;|/|\bor\b|\band\b|\||&)\s*")


@dataclass(frozen=True, slots=True)
class Spelling:
    stems: tuple[str, ...]
    value: str


class Scopes:
    """The dimensions of a registry, ready to be found in stems of one language."""

    def __init__(self, registry: Registry, words: Words, exclusions: Sequence[str] = ()) -> None:
        self._exclusions = {tuple(words.all_of(phrase)) for phrase in exclusions}
        self.defaults = {dimension.name: dimension.default for dimension in registry.dimensions}
        self._by_first: dict[str, dict[str, list[Spelling]]] = {}
        for dimension in registry.dimensions:
            firsts: dict[str, list[Spelling]] = {}
            for spelling in _spellings(dimension, words):
                firsts.setdefault(spelling.stems[0], []).append(spelling)
            for spellings in firsts.values():
                spellings.sort(key=lambda s: (-len(s.stems), s.value))
            self._by_first[dimension.name] = firsts
        self._firsts = frozenset(first for firsts in self._by_first.values() for first in firsts)

    def named(self, stems: Sequence[str]) -> dict[str, frozenset[str]]:
        """Dimension -> the values that these stems name, for the dimensions they name at all.

        Values set apart ('unlike prepaid plans') are not named: what is said is about the others, and where no
        other is named the set is empty.
        """
        if self._firsts.isdisjoint(stems):
            return {}
        apart = self._set_apart(stems)
        found: dict[str, frozenset[str]] = {}
        for dimension, firsts in self._by_first.items():
            mentions = list(_scan(stems, firsts))
            if mentions:
                found[dimension] = frozenset(value for at, value in mentions if at not in apart)
        return found

    def _set_apart(self, stems: Sequence[str]) -> set[int]:
        """Places shortly after a word that sets apart."""
        places: set[int] = set()
        for at in range(len(stems)):
            if any(tuple(stems[at : at + len(phrase)]) == phrase for phrase in self._exclusions):
                places.update(range(at + 1, at + 1 + REACH))
        return places


def _scan(stems: Sequence[str], firsts: Mapping[str, list[Spelling]]) -> Iterator[tuple[int, str]]:
    """(place, value) of every spelling found, the longest first."""
    at = 0
    while at < len(stems):
        step = 1
        for spelling in firsts.get(stems[at], ()):
            size = len(spelling.stems)
            if size >= step and tuple(stems[at : at + size]) == spelling.stems:
                yield at, spelling.value
                step = size
        at += step


def _spellings(dimension: Dimension, words: Words) -> set[Spelling]:
    """All spellings of a dimension. A value that lists several things ('web, desktop') is spelled by each of them."""
    found = set()
    for value, texts in dimension.values.items():
        for text in (value.replace("-", " "), *texts):
            whole = tuple(words.all_of(text))
            parts = [tuple(words.all_of(part)) for part in _LIST.split(text)]
            found |= {Spelling(stems, value) for stems in (whole, *parts) if stems}
    return found
