"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -5.241

WEIGHTS = {
    "says": 1.591,
    "topic": 1.892,
    "topics": 1.101,
    "phrase": 0.761,
    "own": 1.735,
    "elsewhere": -1.773,
    "title topic": 1.254,
    "title": -4.809,
    "strange before": -0.388,
    "strange heading": -0.355,
    "side": 0.720,
    "scope": 1.016,
    "bound": 0.696,
    "unit": 3.389,
    "per": 2.069,
    "kind": -4.031,
    "rivals": -2.139,
}

# Chosen by hand while the sets were studied, not measured apart from one another.
FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
