"""Words that only a small word tells apart: 'check-in' and 'check-out', 'sign on' and 'sign off'.

Small words are no stems, so that both would be one word to matching; a page that says the one never means the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from drift.model import Language


class Opposites(NamedTuple):
    """The words of a term that end in such a small word, and those that end in its opposite, written together."""

    own: frozenset[str] = frozenset()
    opposed: frozenset[str] = frozenset()

    def rule_out(self, zones: Iterable[Sequence[str]]) -> bool:
        """Whether the nearest of the zones (their words in order) that says any of these says the opposite alone."""
        for words in zones if self.opposed else ():
            said = {*words, *(first + second for first, second in pairwise(words))}
            if not said.isdisjoint(self.own):
                return False
            if not said.isdisjoint(self.opposed):
                return True
        return False


def opposites(topics: Iterable[Sequence[str]], language: Language) -> Opposites:
    """Those of a term by the words of its topics, stop words kept. A term that names both has none."""
    pairs = _pairs(language)
    found = [
        (first, second)
        for topic in topics
        for first, second in pairwise(topic)
        if second in pairs and first not in pairs
    ]
    own = frozenset(first + second for first, second in found)
    opposed = frozenset(first + pairs[second] for first, second in found)
    return Opposites(own, opposed) if own.isdisjoint(opposed) else Opposites()


@lru_cache(maxsize=8)
def _pairs(language: Language) -> Mapping[str, str]:
    return {one: other for pair in language.phrases.opposites.items() for one, other in (pair, pair[::-1])}
