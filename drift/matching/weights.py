"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -7.028

WEIGHTS = {
    "says": 1.963,
    "topic": 1.821,
    "topics": 2.519,
    "own": 1.599,
    "after": 1.058,
    "before": 1.688,
    "around": 0.607,
    "scope": 2.067,
    "bound": 0.893,
    "unit": 2.188,
    "per": 1.410,
    "kind": -3.374,
    "weak": -0.742,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
