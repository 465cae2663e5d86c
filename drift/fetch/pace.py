"""How quickly one host is asked: so many requests a second, so many at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from drift.model.ports import Sleep

Timer = Callable[[], float]  # seconds, from any start, never backwards
Dice = Callable[[], float]  # from 0 to 1, 1 excluded

LONGEST_DELAY = 60.0  # seconds: of a Crawl-delay more is cut off, or a help centre would take a year


@dataclass(frozen=True, slots=True)
class Tempo:
    """The most that is asked of one host. The defaults are a person reading quickly.

    `rate` is in requests a second, None for as many as it answers; `jitter` the share by which the time between two
    requests varies, so that several watchers do not fall into step; `together` how many may be under way at once.
    """

    rate: float | None = 2.0
    jitter: float = 0.2
    together: int = 2

    @property
    def interval(self) -> float:
        return 1 / self.rate if self.rate else 0.0


class _Host:
    __slots__ = ("lock", "next", "slots")

    def __init__(self, together: int) -> None:
        self.lock = threading.Lock()
        self.next = 0.0  # on the timer: when the next request may start
        self.slots = threading.BoundedSemaphore(together)


class HostPace:
    """Waits until a host may be asked. May be shared by threads."""

    def __init__(self, tempo: Tempo, timer: Timer, sleep: Sleep, dice: Dice) -> None:
        self._tempo = tempo
        self._timer = timer
        self._sleep = sleep
        self._dice = dice
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float | None = None) -> Iterator[None]:
        """One request to a host, begun when it is its turn. `delay` is a Crawl-delay, which only slows down."""
        state = self._host(host)
        with state.slots:
            with state.lock:
                now = self._timer()
                start = max(now, state.next)
                state.next = start + max(self._interval(), min(delay or 0.0, LONGEST_DELAY))
            if start > now:
                self._sleep(start - now)
            yield

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for so long: it asked for that itself."""
        state = self._host(host)
        with state.lock:
            state.next = max(state.next, self._timer() + seconds)

    def _interval(self) -> float:
        interval = self._tempo.interval
        return interval * (1 + self._tempo.jitter * (2 * self._dice() - 1)) if interval else 0.0

    def _host(self, host: str) -> _Host:
        with self._lock:
            if host not in self._hosts:
                self._hosts[host] = _Host(self._tempo.together)
            return self._hosts[host]
