"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -6.531

WEIGHTS = {
    "says": 1.769,
    "topic": 0.821,
    "topics": 2.188,
    "phrase": 0.856,
    "unnamed": -0.570,
    "own": 0.923,
    "elsewhere": -2.183,
    "after": 1.035,
    "before": 1.444,
    "around": 0.283,
    "side": 0.782,
    "added": -0.763,
    "scope": 2.073,
    "bound": 0.837,
    "unit": 2.835,
    "per": 1.594,
    "kind": -3.339,
    "weak": -0.583,
}

# Chosen by hand while the sets were studied, not measured apart from one another.
FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
