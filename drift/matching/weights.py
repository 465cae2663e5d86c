"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -8.554

WEIGHTS = {
    "says": 1.877,
    "topic": 1.624,
    "topics": 2.789,
    "own": 2.474,
    "after": 0.968,
    "before": 1.498,
    "around": 0.974,
    "scope": 1.944,
    "bound": 0.830,
    "unit": 3.230,
    "per": 2.984,
    "weak": -0.456,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
