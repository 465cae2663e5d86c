"""The learned weights of the second decision: whether a claim with another value really is about the term.

Made by tests/eval/train.py on labelled claims. A divergence takes more evidence than an agreement: the words
must fit, no rival term may explain the claim better, and no better claim for the term may agree nearby.
"""

from __future__ import annotations

from collections.abc import Mapping

AGREES = -2.0  # match score from which an equal value is reported as agreeing

BIAS = 0.798

WEIGHTS: Mapping[str, float] = {
    "fit": 0.523,
    "margin": 0.183,
    "best here": 0.761,
    "agreeing elsewhere": -1.585,
    "agreeing nearby": -1.314,
    "rival agrees": -0.814,
    "known value": 0.972,
    "size": -1.304,
    "unit": 1.882,
    "crowd": 0.645,
}

DIVERGES = 0.5  # probability from which a divergence is reported
UNCLEAR = 0.15  # and from which it is shown as unclear


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is a divergence of the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
