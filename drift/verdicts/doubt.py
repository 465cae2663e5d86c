"""The second decision's evidence: what speaks for and against a divergence, as named numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from drift import kinds
from drift.model import Match, Registry, Term
from drift.values import Comparison, Value
from drift.verdicts.diagnose import siblings


@dataclass(frozen=True, slots=True)
class Others:
    """The other claims of the article that are about the same term."""

    best: float  # their best match score, -inf where there are none
    agreeing: float  # the best match score of those that agree, -inf
    nearby: float  # the best match score of those that agree in the same passage, list or table row, -inf


def others(match: Match, term: Term, matches: Sequence[Match], expected: Value) -> Others:
    """What else the article says about the term of a match."""
    best = agreeing = nearby = -math.inf
    for other in matches:
        if other is match or other.term is None or other.term.full_name != term.full_name:
            continue
        best = max(best, other.score)
        if kinds.compare(other.claim.value, expected) is Comparison.SAME:
            agreeing = max(agreeing, other.score)
            if other.claim.passage.block == match.claim.passage.block:
                nearby = max(nearby, other.score)
    return Others(best, agreeing, nearby)


def doubts(
    match: Match, term: Term, expected: Value, matches: Sequence[Match], registry: Registry, as_of: date
) -> dict[str, float]:
    """The features of a possible divergence."""
    around = others(match, term, matches, expected)
    claim = match.claim
    rival = next((c for c in match.candidates if c.term.full_name != term.full_name), None)
    rival_period = rival.term.on(as_of) if rival else None
    rival_agrees = rival_period is not None and kinds.compare(claim.value, rival_period.value) is Comparison.SAME
    current = term.on(as_of)
    known = [period.value for period in term.timeline if period is not current] + siblings(term, registry, as_of)
    return {
        "fit": match.score,
        "margin": min(match.score - rival.score, 4.0) if rival else 4.0,
        "best here": max(-4.0, min(0.0, match.score - around.best)),
        "agreeing elsewhere": float(around.agreeing >= match.score - 1),
        "agreeing nearby": float(around.nearby >= match.score - 1),
        "rival agrees": float(rival_agrees and rival is not None and rival.score > match.score - 2),
        "known value": float(any(kinds.compare(claim.value, value) is Comparison.SAME for value in known)),
        "size": _size(claim.value, expected),
        "unit": float(kinds.compare(claim.value, expected) is Comparison.UNIT),
        "crowd": float(min(3, sum(1 for other in matches if _same_sentence(other, match)) - 1)),
    }


def _size(published: Value, expected: Value) -> float:
    """How implausibly far apart two values are: 0 up to a factor of 3, then the log of the factor, at most 4."""
    small, large = sorted((kinds.magnitude(published), kinds.magnitude(expected)))
    if small <= 0 or math.isinf(large):
        return 0.0
    return min(4.0, max(0.0, math.log(large / small) - math.log(3)))


def _same_sentence(a: Match, b: Match) -> bool:
    return a.claim.passage is b.claim.passage and a.claim.sentence == b.claim.sentence
