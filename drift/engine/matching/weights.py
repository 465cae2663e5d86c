"""The learned weights of the value-blind match score, in log-odds.

Made by tests/eval/train.py on labelled claims; a positive weight speaks for the term.
"""

from __future__ import annotations

from collections.abc import Mapping

BIAS = -5.177

WEIGHTS = {
    "says": 1.510,
    "topic": 1.821,
    "topics": 1.278,
    "phrase": 0.728,
    "own": 1.615,
    "elsewhere": -1.757,
    "title topic": 1.151,
    "title": -4.549,
    "strange before": -0.370,
    "strange heading": -0.346,
    "side": 0.616,
    "scope": 0.973,
    "bound": 0.719,
    "unit": 3.323,
    "per": 2.124,
    "kind": -5.087,
    "rivals": -2.203,
}

# Chosen by hand while the sets were studied, not measured apart from one another.
FLOOR = -2.5  # below it a claim is about none of the terms
TIE = 0.7  # how far behind the best a term may lie and still be preferred because the value is its own


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is about the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
