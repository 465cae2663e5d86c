"""Which value of a scope a piece of text names: 'prepaid' in a heading, a plan over a column.

The nearest zone that names any value of a dimension decides (own words before headings before the title); a
sibling value named there excludes. Spellings are matched word by word on stems, the longest first, so that
'non-mobile' is not read as 'mobile'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drift.engine.matching.words import Stemming
from drift.model import Dimension, Language, Registry

REACH = 5  # words that a word such as 'unlike' sets apart after it
SPARE = 2  # words of a name that are no spelling of its value: 'the Pro plan'


class Spelling(NamedTuple):
    stems: tuple[str, ...]
    value: str


class Scopes:
    """The dimensions of a registry, ready to be found in stems of one language."""

    def __init__(self, registry: Registry, words: Stemming, language: Language) -> None:
        def stems(phrases: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
            return frozenset(tuple(words.all_of(phrase)) for phrase in phrases)

        said = language.phrases
        self._contrasts, self._exclusions = stems(said.scope_contrasts), stems(said.scope_exclusions)
        self._joins = stems((*said.and_, *said.or_))
        self.defaults = {dimension.name: dimension.default for dimension in registry.dimensions}
        self.values = {dimension.name: frozenset(dimension.values) for dimension in registry.dimensions}
        separators = _separators(language)
        self._by_first: dict[str, dict[str, list[Spelling]]] = {}
        for dimension in registry.dimensions:
            firsts: dict[str, list[Spelling]] = {}
            for spelling in _spellings(dimension, words, separators):
                firsts.setdefault(spelling.stems[0], []).append(spelling)
            for spellings in firsts.values():
                spellings.sort(key=lambda s: (-len(s.stems), s.value))
            self._by_first[dimension.name] = firsts
        self._firsts = frozenset(first for firsts in self._by_first.values() for first in firsts)
        self._openers = frozenset(phrase[0] for phrase in self._contrasts | self._exclusions if phrase)

    def named(self, stems: Sequence[str]) -> dict[str, frozenset[str]]:
        """Dimension -> the values that these stems name, for the dimensions they name at all.

        Values set apart are not named. 'Unlike prepaid plans' speaks of the others, all of them where none is named;
        'except for prepaid plans' may go on about those, so that the set is empty where no other is named.
        """
        if self._firsts.isdisjoint(stems):
            return {}
        found: dict[str, frozenset[str]] = {}
        opened = not self._openers.isdisjoint(stems)
        for dimension, firsts in self._by_first.items():
            if firsts.keys().isdisjoint(stems):
                continue
            mentions = [(at, spelling.value) for at, spelling in _scan(stems, firsts)]
            if mentions and not opened:
                found[dimension] = frozenset(value for _, value in mentions)
            elif mentions:
                excepted = self._set_apart(stems, mentions, self._exclusions)
                contrasted = self._set_apart(stems, mentions, self._contrasts)
                named = frozenset(value for at, value in mentions if at not in excepted | contrasted)
                if not named and not excepted:
                    named = self.values[dimension].difference(value for _, value in mentions)
                found[dimension] = named
        return found

    def is_name(self, stems: Sequence[str], dimension: str) -> bool:
        """Whether these stems are hardly more than the name of a value: 'the Pro plan', not 'seats on the Pro plan'."""
        spelled = sum(len(spelling.stems) for _, spelling in _scan(stems, self._by_first[dimension]))
        return 0 < spelled >= len(stems) - SPARE

    def is_whole(self, stems: Sequence[str], dimension: str) -> bool:
        """Whether these stems are the name of a value and nothing else: 'Team', not 'Team members'."""
        return sum(len(spelling.stems) for _, spelling in _scan(stems, self._by_first[dimension])) == len(stems) > 0

    def _set_apart(
        self, stems: Sequence[str], mentions: Sequence[tuple[int, str]], openers: frozenset[tuple[str, ...]]
    ) -> set[int]:
        """The places of the mentions that one of these phrases sets apart: the next after it, and what is joined to it.

        'Unlike prepaid and business plans, postpaid plans ...' sets two of the three apart.
        """
        apart: set[int] = set()
        for start in range(len(stems)):
            if any(tuple(stems[start : start + len(phrase)]) == phrase for phrase in openers):
                after = [at for at, _ in mentions if start < at <= start + REACH]
                for at in after:
                    if at != after[0] and (stems[at - 1],) not in self._joins:
                        break
                    apart.add(at)
        return apart


def _scan(stems: Sequence[str], firsts: Mapping[str, list[Spelling]]) -> Iterator[tuple[int, Spelling]]:
    """Every spelling found with its place, the longest first."""
    at = 0
    while at < len(stems):
        step = 1
        for spelling in firsts.get(stems[at], ()):
            size = len(spelling.stems)
            if size >= step and tuple(stems[at : at + size]) == spelling.stems:
                yield at, spelling
                step = size
        at += step


def _separators(language: Language) -> re.Pattern[str]:
    """What stands between the things that a value of a scope lists."""
    joins = [*language.phrases.and_, *language.phrases.or_]
    return re.compile("|".join((r"\s*[,;/|&]\s*", *(rf"\s+{re.escape(word)}\s+" for word in joins))))


def _spellings(dimension: Dimension, words: Stemming, separators: re.Pattern[str]) -> set[Spelling]:
    """All spellings of a dimension. A value that lists several things ('web, desktop') is spelled by each of them."""
    found = set()
    for value, texts in dimension.values.items():
        for text in (value.replace("-", " "), *texts):
            whole = tuple(words.all_of(text))
            parts = [tuple(words.all_of(part)) for part in separators.split(text)]
            found |= {Spelling(stems, value) for stems in (whole, *parts) if stems}
    return found
