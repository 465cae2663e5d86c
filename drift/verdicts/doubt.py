"""The second decision's evidence: what speaks for and against a divergence, as named numbers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from drift import kinds
from drift.model import Match, Registry, Term
from drift.values import Comparison, Value
from drift.verdicts.diagnose import siblings, states


class Crowd:
    """The judged claims of one article, gone over once: a page may state one term a thousand times."""

    def __init__(self, matches: Sequence[Match]) -> None:
        self._about: dict[str, list[Match]] = defaultdict(list)
        for match in matches:
            if match.term is not None:
                self._about[match.term.full_name].append(match)
        self._sentences = Counter(_sentence(match) for match in matches)
        self._said: dict[str, _Said] = {}

    def others(self, match: Match, term: Term, expected: Value) -> Others:
        """What else the article says about the term of a match; `expected` is the term's value on the day."""
        said = self._said.get(term.full_name)
        if said is None:
            said = self._said[term.full_name] = _Said(self._about[term.full_name], term, expected)
        nearby = said.nearby.get(match.claim.passage.block)
        return Others(
            best=said.all.without(match),
            agreeing=said.agreeing.without(match),
            nearby=nearby.without(match) if nearby else -math.inf,
        )

    def beside(self, match: Match) -> int:
        """How many other claims stand in the sentence of a match."""
        return self._sentences[_sentence(match)] - 1


class Others(NamedTuple):
    """The other claims of the article that are about the same term."""

    best: float  # their best match score, -inf where there are none
    agreeing: float  # the best match score of those that agree, -inf
    nearby: float  # the best match score of those that agree in the same passage, list or table row, -inf


class _Said:
    """What an article says about one term."""

    def __init__(self, matches: Sequence[Match], term: Term, expected: Value) -> None:
        self.all, self.agreeing = _Best(), _Best()
        self.nearby: dict[int, _Best] = defaultdict(_Best)  # block -> those that agree in it
        for match in matches:
            self.all.add(match)
            if states(match.claim.value, term, expected):
                self.agreeing.add(match)
                self.nearby[match.claim.passage.block].add(match)


@dataclass(slots=True)
class _Best:
    """The best match score of some claims, and of those without the one that has it."""

    score: float = -math.inf
    next: float = -math.inf
    holder: Match | None = None

    def add(self, match: Match) -> None:
        if self.holder is None or match.score > self.score:
            self.score, self.next, self.holder = match.score, self.score, match
        else:
            self.next = max(self.next, match.score)

    def without(self, match: Match) -> float:
        return self.next if match is self.holder else self.score


def doubts(
    match: Match, term: Term, expected: Value, crowd: Crowd, registry: Registry, as_of: date
) -> dict[str, float]:
    """The features of a possible divergence."""
    around = crowd.others(match, term, expected)
    claim = match.claim
    comparison = kinds.compare(claim.value, expected)
    rival = next((c for c in match.candidates if c.term.full_name != term.full_name), None)
    rival_period = rival.term.on(as_of) if rival else None
    rival_agrees = rival_period is not None and kinds.compare(claim.value, rival_period.value) is Comparison.SAME
    current = term.on(as_of)
    known = [period.value for period in term.timeline if period is not current] + siblings(term, registry, as_of)
    return {
        "fit": match.score,
        "margin": min(match.score - rival.score, 4.0) if rival else 4.0,
        "best here": max(-4.0, min(0.0, match.score - around.best)),
        "agreeing elsewhere": max(0.0, min(2.0, around.agreeing - match.score + 1)),
        "agreeing nearby": max(0.0, min(2.0, around.nearby - match.score + 1)),
        "rival agrees": float(rival_agrees and rival is not None and rival.score > match.score - 2),
        "known value": float(any(kinds.compare(claim.value, value) is Comparison.SAME for value in known)),
        # A slip of the unit is a factor of seven, thirty or a thousand: its size says nothing.
        "size": 0.0 if comparison is Comparison.UNIT else _size(claim.value, expected),
        "unit": float(comparison is Comparison.UNIT),
        "crowd": float(min(3, crowd.beside(match))),
    }


def _size(published: Value, expected: Value) -> float:
    """How implausibly far apart two values are: 0 up to a factor of 3, then the log of the factor, at most 4."""
    small, large = sorted((kinds.magnitude(published), kinds.magnitude(expected)))
    if small <= 0 or math.isinf(large):
        return 0.0
    return min(4.0, max(0.0, math.log(large / small) - math.log(3)))


def _sentence(match: Match) -> tuple[int, tuple[int, int]]:
    return id(match.claim.passage), match.claim.sentence
