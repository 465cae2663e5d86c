"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -7.698

WEIGHTS = {
    "says": 2.107,
    "topic": 2.167,
    "topics": 2.917,
    "own": 1.684,
    "after": 1.109,
    "before": 1.395,
    "around": 0.921,
    "scope": 2.139,
    "bound": 0.839,
    "unit": 2.240,
    "per": 1.406,
    "kind": -3.281,
    "weak": -0.689,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
