"""A value that every task of a run needs, handed to each worker once instead of with each task."""

from __future__ import annotations

import uuid
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_held: dict[str, Shared[Any]] = {}  # by key: what this process was handed, with what was prepared of it


class Shared(Generic[T]):
    """Stands for its value in the arguments of a task, in whatever executor.

    A pool whose processes were begun with it (`hold`) is sent its key alone. Any other executor that pickles is sent
    the value too, and each of its processes keeps the first it gets.
    """

    def __init__(self, value: T) -> None:
        self.value = value
        self.key = uuid.uuid4().hex
        self.held = False  # whether every worker holds it

    def __reduce__(self) -> tuple[object, ...]:
        return _of, ((self.key,) if self.held else (self.key, self.value))


def hold(key: str, value: T) -> Shared[T]:
    """Keep a value in this process under its key, unless it is there. Gives what is kept."""
    if key not in _held:
        _held.clear()  # a worker serves one run at a time
        shared = _held[key] = Shared(value)
        shared.key, shared.held = key, True
    return _held[key]


def _of(key: str, *value: Any) -> Shared[Any]:
    """Raises KeyError for a key alone that this process does not hold."""
    return hold(key, *value) if value else _held[key]
