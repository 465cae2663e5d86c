"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -8.384

WEIGHTS = {
    "says": 2.494,
    "topic": 1.778,
    "topics": 3.339,
    "own": 2.151,
    "after": 0.669,
    "before": 1.482,
    "around": 1.299,
    "scope": 1.819,
    "bound": 1.024,
    "unit": 2.982,
    "per": 1.963,
    "weak": -0.591,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
