"""The learned weights of the second decision: whether a claim with another value really is about the term.

Made by tests/eval/train.py on labelled claims. A divergence takes more evidence than an agreement: the words
must fit, no rival term may explain the claim better, and no better claim for the term may agree nearby.
"""

from __future__ import annotations

from collections.abc import Mapping

AGREES = -2.0  # match score from which an equal value is reported as agreeing

BIAS = 0.140

WEIGHTS: Mapping[str, float] = {
    "fit": 0.326,
    "margin": 0.257,
    "best here": 0.825,
    "agreeing elsewhere": -1.266,
    "agreeing nearby": -1.281,
    "rival agrees": -0.816,
    "known value": 1.447,
    "size": -1.030,
    "unit": -0.947,
    "crowd": -0.363,
}

DIVERGES = 0.5  # probability from which a divergence is reported
UNCLEAR = 0.15  # and from which it is shown as unclear


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is a divergence of the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
