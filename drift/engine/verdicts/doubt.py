"""The second decision's evidence: what speaks for and against a divergence that only words carry, as named numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from drift.engine import kinds
from drift.engine.verdicts.best import Best
from drift.engine.verdicts.context import Others
from drift.engine.verdicts.diagnose import states
from drift.model import Match, Term
from drift.model.values import Comparison, Value

LEAD = 4.0  # log-odds beyond which more of a lead tells nothing more
FAR = 2.0  # log-odds of margin from which more of it tells more: as one straight line it told nothing
NEAR = 1.0  # log-odds behind this claim from which another one's agreement begins to count
SLIP = math.log(3)  # a factor up to which a size is as plausible as the right one


class Crowd:
    """The judged claims of one article, gone over once: a page may state one term a thousand times."""

    def __init__(self, matches: Sequence[Match]) -> None:
        self._about: dict[str, list[Match]] = defaultdict(list)
        for match in matches:
            if match.term is not None:
                self._about[match.term.full_name].append(match)
        self._said: dict[str, _SaidOfTerm] = {}

    def beside(self, match: Match, term: Term, expected: Value) -> Beside:
        """What else the article says about the term of a match; `expected` is the term's value on the day."""
        said = self._said.get(term.full_name)
        if said is None:
            said = self._said[term.full_name] = _SaidOfTerm(self._about[term.full_name], term, expected)
        nearby = said.nearby.get(match.claim.passage.block)
        return Beside(
            otherwise=said.values.without(match.claim.value),
            agreeing=said.agreeing.without(id(match)),
            nearby=nearby.without(id(match)) if nearby else -math.inf,
        )


class Beside(NamedTuple):
    """The other claims of the article that are about the same term; -inf where there are none."""

    otherwise: float  # the best match score of those with another value
    agreeing: float  # the best match score of those that agree
    nearby: float  # the best match score of those that agree in the same passage, list or table row


class _SaidOfTerm:
    """What an article says about one term."""

    def __init__(self, matches: Sequence[Match], term: Term, expected: Value) -> None:
        self.values, self.agreeing = Best(), Best()
        self.nearby: dict[int, Best] = defaultdict(Best)  # block -> those that agree in it
        for match in matches:
            self.values.add(match.claim.value, match.score)
            if states(match.claim.value, term, expected):
                self.agreeing.add(id(match), match.score)
                self.nearby[match.claim.passage.block].add(id(match), match.score)


def doubts(match: Match, term: Term, expected: Value, crowd: Crowd, others: Others, as_of: date) -> dict[str, float]:
    """The features of a possible divergence: of the words around the value first, then of the two values."""
    here, there = crowd.beside(match, term, expected), others.say(term.full_name)
    fit, claim = match.score, match.claim
    comparison = kinds.compare(claim.value, expected)
    rival = next((one for one in match.candidates if one.term is not term), None)
    margin = min(fit - rival.score, LEAD) if rival else LEAD
    period = rival.term.on(as_of) if rival else None
    rival_agrees = period is not None and kinds.compare(claim.value, period.value) is Comparison.SAME
    slipped = comparison is Comparison.UNIT
    return {
        "fit": fit,
        "margin": margin,
        "far": max(0.0, margin - FAR),
        "lead": _within(fit - here.otherwise, -LEAD, LEAD),
        "agreeing here": _within(here.agreeing - fit + NEAR, 0.0, 2.5),
        "agreeing nearby": _within(here.nearby - fit + NEAR, 0.0, 2.5),
        "elsewhere": float(there.best > -math.inf),
        "said elsewhere": _within(there.best - fit, -3.0, 3.0),
        "agreeing elsewhere": _within(there.agreeing - fit + NEAR, 0.0, 3.0),
        "rival agrees": float(rival_agrees and rival is not None and rival.score > fit - 2),
        "kind": float(claim.value.kind != expected.kind),
        "range": float(claim.value.is_range is not expected.is_range),
        "scale": kinds.same_scale(claim.value, expected),
        # A slip of the unit is a factor of seven, thirty or a thousand: its size says nothing.
        "size": 0.0 if slipped else _size(claim.value, expected),
        # A fee of nothing and a fee are seldom one rule changed.
        "nought": float(kinds.is_nought(claim.value) is not kinds.is_nought(expected)),
        "unit": float(slipped),
    }


def is_other_rate(published: Value, expected: Value) -> bool:
    """Whether the number is right and only what it is counted per, or its currency, is another: often another rule."""
    return not kinds.of(published).unit_slips and kinds.compare(published, expected) is Comparison.UNIT


def _size(published: Value, expected: Value) -> float:
    """How implausibly far apart two values are: 0 up to a factor of 3, then the log of the factor, at most 4."""
    small, large = sorted((kinds.magnitude(published), kinds.magnitude(expected)))
    if small <= 0 or math.isinf(large):
        return 0.0
    return _within(math.log(large / small) - SLIP, 0.0, 4.0)


def _within(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))
