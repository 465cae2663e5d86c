"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -7.603

WEIGHTS = {
    "says": 2.305,
    "topic": 2.045,
    "topics": 2.831,
    "own": 1.645,
    "after": 1.082,
    "before": 1.476,
    "around": 0.814,
    "scope": 2.023,
    "bound": 0.860,
    "unit": 2.268,
    "per": 1.461,
    "kind": -3.386,
    "weak": -0.664,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
