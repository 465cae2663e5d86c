"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -7.346

WEIGHTS = {
    "says": 1.856,
    "topic": 1.822,
    "topics": 3.120,
    "own": 1.412,
    "after": 0.854,
    "before": 1.419,
    "around": 0.950,
    "scope": 1.793,
    "bound": 0.895,
    "unit": 1.851,
    "per": 3.454,
    "weak": -0.511,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
