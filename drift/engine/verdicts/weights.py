"""The learned weights of the second decision: whether a claim with another value really is about the term.

Made by tests/eval/train.py on labelled claims. Both decisions give calibrated probabilities: companies left out, of
what is said with a probability, that share is true (docs/decisions/0026).
"""

from __future__ import annotations

from collections.abc import Mapping

EQUAL_BIAS, EQUAL_FIT = 2.965, 0.646  # log-odds that a claim with the term's very value is about it, by its match score
AGREES = 0.73  # probability from which an equal value is reported as agreeing; chosen by hand

BIAS = -1.454

WEIGHTS: Mapping[str, float] = {
    "fit": 0.495,
    "margin": 0.836,
    "far": -1.312,
    "lead": 0.440,
    "agreeing here": -0.233,
    "agreeing nearby": -1.098,
    "elsewhere": 2.274,
    "said elsewhere": -0.557,
    "agreeing elsewhere": 0.062,
    "rival agrees": -1.132,
    "kind": -0.081,
    "range": -2.110,
    "scale": -2.096,
    "size": -1.753,
    "nought": -2.149,
    "unit": 1.382,
}

ALARM = 0.7  # the probability from which words alone are grounds for a divergence
ASK = 0.25  # and from which a value that differs is a question
# For a price where the rule says 'free', in words that name the rule. 'nought' was learned on both ways at once, and
# far more is free than one rule; a price beside the rule's own words is what became of it. On our own pages one more
# divergence is asked about and nothing else; `NAMED` leaves out 'express delivery' beside a rule of standard delivery.
CHARGED, NAMED = 0.15, -0.5  # a probability, and a match score


def score(features: Mapping[str, float]) -> float:
    """Log-odds that a claim with these features is a divergence of the term."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in features.items())


def equal(fit: float) -> float:
    """Log-odds that a claim with this match score and the value of the term agrees with it, and not by chance."""
    return EQUAL_BIAS + EQUAL_FIT * fit
