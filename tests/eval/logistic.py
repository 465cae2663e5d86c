"""Weighted logistic regression by Newton's method, small enough to read and reproducible to the digit."""

from __future__ import annotations

import math
from collections.abc import Sequence

STEPS = 25
SMALL = 1e-9


def learn(
    rows: Sequence[Sequence[float]], labels: Sequence[float], weights: Sequence[float], ridge: float
) -> list[float]:
    """The coefficients (bias first) that fit the labels best, with a ridge on all but the bias.

    Ordered sums make the result the same on every run; Newton's steps stop when the largest is below SMALL.
    """
    size = len(rows[0]) + 1
    beta = [0.0] * size
    for _ in range(STEPS):
        gradient = [0.0] + [-ridge * b for b in beta[1:]]
        hessian = [[ridge if i == j and i else 0.0 for j in range(size)] for i in range(size)]
        for row, label, weight in zip(rows, labels, weights, strict=True):
            x = (1.0, *row)
            p = odds(sum(b * v for b, v in zip(beta, x, strict=True)))
            error, curve = weight * (label - p), weight * p * (1 - p)
            for i, xi in enumerate(x):
                if xi:
                    gradient[i] += error * xi
                    line, scaled = hessian[i], curve * xi
                    for j, xj in enumerate(x):
                        line[j] += scaled * xj
        step = _solve(hessian, gradient)
        beta = [b + s for b, s in zip(beta, step, strict=True)]
        if max(abs(s) for s in step) < SMALL:
            break
    return beta


def odds(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-35.0, min(35.0, log_odds))))


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with partial pivoting; the ridge keeps the matrix regular."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, size):
            factor = rows[r][i] / (rows[i][i] + (SMALL if not rows[i][i] else 0.0))
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * found[j] for j in range(i + 1, size))
        found[i] = (rows[i][size] - known) / (rows[i][i] + (SMALL if not rows[i][i] else 0.0))
    return found
