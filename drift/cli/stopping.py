"""Whether somebody asked a long command to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def stopping(at_once: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Whether SIGINT or SIGTERM came: the command ends what is at hand. `at_once` is what a second one does.

    A plain list, not an Event: a handler runs in the middle of whatever the main thread does, locks included.
    """
    asked: list[int] = []

    def ask(number: int, _: object) -> None:
        if asked:
            at_once()
        asked.append(number)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
