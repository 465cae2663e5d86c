"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -6.364

WEIGHTS = {
    "says": 1.345,
    "topic": 1.012,
    "topics": 2.058,
    "phrase": 0.927,
    "unnamed": -1.066,
    "own": 1.583,
    "elsewhere": -0.5,
    "after": 1.169,
    "before": 1.633,
    "around": 0.727,
    "side": 0.5,
    "added": -0.5,
    "scope": 2.105,
    "bound": 0.936,
    "unit": 2.240,
    "per": 1.134,
    "kind": -3.488,
    "weak": -0.819,
}

# Chosen by hand while the sets were studied, not measured apart from one another.
FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
