"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -6.539

WEIGHTS = {
    "says": 1.743,
    "topic": 0.830,
    "topics": 2.192,
    "phrase": 0.865,
    "unnamed": -0.580,
    "own": 0.897,
    "elsewhere": -2.054,
    "after": 1.026,
    "before": 1.434,
    "around": 0.311,
    "side": 0.781,
    "added": -0.776,
    "scope": 2.099,
    "bound": 0.837,
    "unit": 2.840,
    "per": 1.570,
    "kind": -3.339,
    "weak": -0.588,
}

# Chosen by hand while the sets were studied, not measured apart from one another.
FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
