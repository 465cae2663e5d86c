"""Not faster than a channel takes it: Slack asks for about one message a second and webhook."""

from __future__ import annotations

from collections.abc import Callable

from drift.model.ports import Sleep

APART = 1.0  # seconds between two messages to one channel


class ChannelPace:
    """Waits before a message until its channel may hear the next one. Made for one thread."""

    def __init__(self, timer: Callable[[], float], sleep: Sleep, apart: float = APART) -> None:
        """`timer` gives seconds from any start, never backwards."""
        self._timer = timer
        self._sleep = sleep
        self._apart = apart
        self._free: dict[str, float] = {}

    def wait(self, channel: str) -> None:
        """Return when the channel, by the name of its notifier, may hear the next message."""
        now = self._timer()
        if (left := self._free.get(channel, now) - now) > 0:
            self._sleep(left)
        self._free[channel] = self._timer() + self._apart

    def held(self, channel: str, seconds: float) -> None:
        """Send it nothing for so long: it said so itself."""
        self._free[channel] = max(self._free.get(channel, 0.0), self._timer() + seconds)
