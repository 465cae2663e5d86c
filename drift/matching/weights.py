"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -7.510

WEIGHTS = {
    "says": 2.554,
    "topic": 2.070,
    "topics": 2.453,
    "own": 1.966,
    "after": 0.821,
    "before": 1.513,
    "around": 0.893,
    "scope": 1.902,
    "bound": 0.772,
    "unit": 2.089,
    "per": 3.185,
    "kind": -3.083,
    "weak": -0.625,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
