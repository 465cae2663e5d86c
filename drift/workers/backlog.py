"""What is under way in an executor, in order: bounded in number and weight."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Generic, TypeVar

Item = TypeVar("Item")

IN_HAND = 16  # tasks for each worker that may wait: enough to go on while a batch is written
HEAVY = 16_000_000  # bytes of pages that may wait to be read, where a few would take more memory than many do


class Backlog(Generic[Item]):
    """As much as its executor may have in hand, and at most HEAVY bytes."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._waiting: deque[tuple[Item, int]] = deque()
        self._weight = 0

    def add(self, item: Item, weight: int) -> None:
        """Something that was given to the executor, with its weight in bytes."""
        self._waiting.append((item, weight))
        self._weight += weight

    def due(self) -> Iterator[Item]:
        """What has to be taken back before more is given to the executor."""
        most: int = getattr(self._executor, "in_hand", IN_HAND)
        while self._waiting and (len(self._waiting) > most or self._weight > HEAVY):
            yield self._next()

    def rest(self) -> Iterator[Item]:
        """All that is left."""
        while self._waiting:
            yield self._next()

    def _next(self) -> Item:
        item, weight = self._waiting.popleft()
        self._weight -= weight
        return item
