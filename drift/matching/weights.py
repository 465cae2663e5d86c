"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -6.543

WEIGHTS = {
    "says": 1.765,
    "topic": 0.851,
    "topics": 2.183,
    "phrase": 0.853,
    "unnamed": -0.557,
    "own": 0.903,
    "elsewhere": -2.183,
    "after": 1.033,
    "before": 1.442,
    "around": 0.292,
    "side": 0.782,
    "added": -0.764,
    "scope": 2.080,
    "bound": 0.839,
    "unit": 2.831,
    "per": 1.629,
    "kind": -3.338,
    "weak": -0.582,
}

# Chosen by hand while the sets were studied, not measured apart from one another.
FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
