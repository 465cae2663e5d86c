"""The learned weights of the second decision: whether a claim with another value really is about the term.

Made by tests/eval/train.py on labelled claims. A divergence takes more evidence than an agreement: the words
must fit, no rival term may explain the claim better, and no better claim for the term may agree nearby.
"""

from __future__ import annotations

from collections.abc import Mapping

AGREES = -2.0  # match score from which an equal value is reported as agreeing

BIAS = 0.822

WEIGHTS: Mapping[str, float] = {
    "fit": 0.649,
    "margin": 0.206,
    "best here": 0.781,
    "agreeing elsewhere": -1.685,
    "agreeing nearby": -1.334,
    "rival agrees": -0.857,
    "known value": 1.015,
    "size": -1.365,
    "unit": 1.717,
    "crowd": 0.880,
}

DIVERGES = 0.6  # probability from which a divergence is reported: on half a and our pages .5 alarms twice as often
UNCLEAR = 0.15  # and from which it is shown as unclear


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is a divergence of the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
