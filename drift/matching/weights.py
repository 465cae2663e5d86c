"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -5.186

WEIGHTS = {
    "says": 1.504,
    "topic": 1.831,
    "topics": 1.262,
    "phrase": 0.733,
    "own": 1.646,
    "elsewhere": -1.745,
    "title topic": 1.146,
    "title": -4.537,
    "strange before": -0.374,
    "strange heading": -0.344,
    "side": 0.614,
    "scope": 0.970,
    "bound": 0.729,
    "unit": 3.328,
    "per": 2.095,
    "kind": -5.041,
    "rivals": -2.198,
}

# Chosen by hand while the sets were studied, not measured apart from one another.
FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
