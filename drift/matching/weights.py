"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = 0.0

WEIGHTS = {
    "says": 0.0,
    "topic": 0.0,
    "topics": 0.0,
    "phrase": 0.0,
    "own": 0.0,
    "elsewhere": 0.0,
    "title topic": 0.0,
    "title": 0.0,
    "strange before": 0.0,
    "strange heading": 0.0,
    "side": 0.0,
    "scope": 0.0,
    "bound": 0.0,
    "unit": 0.0,
    "per": 0.0,
    "kind": 0.0,
    "rivals": 0.0,
}

# Chosen by hand while the sets were studied, not measured apart from one another.
FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
