"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -6.363

WEIGHTS = {
    "says": 1.360,
    "topic": 0.981,
    "topics": 2.112,
    "phrase": 0.916,
    "unnamed": -1.087,
    "own": 1.585,
    "after": 1.141,
    "before": 1.622,
    "around": 0.728,
    "scope": 2.133,
    "bound": 0.934,
    "unit": 2.248,
    "per": 1.145,
    "kind": -3.493,
    "weak": -0.823,
}

FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
