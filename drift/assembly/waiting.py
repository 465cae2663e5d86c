"""A sleep that ends when somebody asks us to stop."""

from __future__ import annotations

import time
from collections.abc import Callable

from drift.fetch.pace import Timer
from drift.model.errors import StoppedError
from drift.model.ports import Sleep

SLICE = 0.1  # seconds: how soon a wait notices that it is over


def waiting(stopped: Callable[[], bool], timer: Timer = time.monotonic, sleep: Sleep = time.sleep) -> Sleep:
    """Sleeps a little at a time, as a courier is handed it. Raises StoppedError once `stopped` says yes."""

    def wait(seconds: float) -> None:
        ends = timer() + seconds
        while (left := ends - timer()) > 0:
            if stopped():
                raise StoppedError
            sleep(min(left, SLICE))

    return wait
