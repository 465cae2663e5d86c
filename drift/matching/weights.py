"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -7.005

WEIGHTS = {
    "says": 1.780,
    "topic": 1.275,
    "topics": 2.252,
    "phrase": 0.984,
    "own": 1.557,
    "after": 1.239,
    "before": 1.687,
    "around": 0.594,
    "scope": 2.184,
    "bound": 0.931,
    "unit": 2.322,
    "per": 1.220,
    "kind": -3.463,
    "weak": -0.840,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
