"""The best of some scores, and the best of all but one's own."""

from __future__ import annotations

import math


class Best:
    """Scores, each of a holder: a claim, a value, an article. -inf stands for none."""

    def __init__(self) -> None:
        self._best = self._next = -math.inf
        self._holder: object = None

    def add(self, holder: object, score: float) -> None:
        """One more score; holders that are equal are one."""
        if score > self._best:
            if holder != self._holder:
                self._next = self._best
            self._best, self._holder = score, holder
        elif holder != self._holder:
            self._next = max(self._next, score)

    def without(self, holder: object) -> float:
        """The best score of all others."""
        return self._next if holder == self._holder else self._best
