"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -4.0

WEIGHTS = {
    "says": 3.0,
    "topic": 2.0,
    "topics": 1.5,
    "own": 3.0,
    "after": 0.6,
    "before": 0.4,
    "around": 0.5,
    "scope": 0.8,
    "bound": 0.5,
    "unit": 0.5,
    "per": 0.8,
    "weak": -1.0,
}

FLOOR = -1.0  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
