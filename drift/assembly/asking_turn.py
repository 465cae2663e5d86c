"""Who asks the annotator: one at a time, among all passes and processes that share a store.

Two at once would ask, and pay for, what stands on pages of both, and each would spend the budget of the day by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

from drift.model.errors import BusyError
from drift.model.ports import Clock, Sleep
from drift.model.watch_ports import Store

ASKING = ": the annotator"  # the turn in the store; no source has such a name
WAIT = 1.0  # seconds from one look whether another process has done to the next


class AskingTurn:
    """A context that one at a time is in. It may be entered often, and not within itself."""

    def __init__(self, store: Store, who: Callable[[], str], clock: Clock, sleep: Sleep) -> None:
        self._store = store
        self._who = who
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._held = ExitStack()

    def __enter__(self) -> None:
        """Wait until nobody else asks. Raises StoreError, and what `sleep` raises."""
        with ExitStack() as stack:
            stack.enter_context(self._lock)
            while not self._takes(stack):
                self._sleep(WAIT)
            self._held = stack.pop_all()

    def __exit__(self, _kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._held.close()

    def _takes(self, stack: ExitStack) -> bool:
        try:
            stack.enter_context(self._store.turn(ASKING, self._who(), self._clock()))
        except BusyError:
            return False
        return True
