"""Weighted logistic regression by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEPS = 30
SMALL = 1e-7

Array = NDArray[np.float64]


def learn(rows: Array, labels: Array, weights: Array, ridge: float) -> Array:
    """The coefficients (bias first) that fit the labels best, with a ridge on all but the bias."""
    x = np.hstack([np.ones((len(rows), 1)), rows])
    penalty = np.diag([0.0] + [ridge] * rows.shape[1])
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = odds(x @ beta)
        gradient = x.T @ (weights * (labels - p)) - penalty @ beta
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + penalty
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step
        if np.abs(step).max() < SMALL:
            break
    return beta


def odds(log_odds: Array) -> Array:
    """Probabilities from log-odds."""
    p: Array = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return p
