"""Whether somebody asked a long command to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

NEVER = 0


@contextmanager
def stopping(at_once: Callable[[], object], grace: int = NEVER) -> Iterator[Callable[[], bool]]:
    """Whether SIGINT or SIGTERM came: the command ends what is at hand.

    `at_once` is what a second one does, and what is done where the command has not ended `grace` seconds after the
    first. A plain list, not an Event: a handler runs in the middle of whatever the main thread does, locks included.
    """
    asked: list[int] = []

    def ask(number: int, _: object) -> None:
        if asked:
            at_once()
        asked.append(number)
        signal.alarm(grace)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)}
    try:
        yield lambda: bool(asked)
    finally:
        signal.alarm(NEVER)
        for number, handler in before.items():
            signal.signal(number, handler)
