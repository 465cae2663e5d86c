"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -6.449

WEIGHTS = {
    "says": 1.533,
    "topic": 1.067,
    "topics": 2.081,
    "phrase": 0.925,
    "unnamed": -1.172,
    "own": 1.594,
    "after": 1.140,
    "before": 1.620,
    "around": 0.670,
    "scope": 2.125,
    "bound": 0.927,
    "unit": 2.251,
    "per": 1.194,
    "kind": -3.439,
    "weak": -0.826,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
