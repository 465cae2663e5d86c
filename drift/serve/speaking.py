"""Telling people while we lead: what only time brings is looked for each minute, what waits is sent within seconds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from drift.assembly.alerts import delivering, poster, scenes
from drift.fetch.pace import Dice, Timer
from drift.fetch.poster import Poster
from drift.model import Registry
from drift.model.errors import InputError, StoreError
from drift.model.ports import Clock
from drift.model.watch_ports import Store
from drift.serve.notices import Notices
from drift.settings import Settings
from drift.watch.announce import remind
from drift.watch.deliver import Delivering

LOG = logging.getLogger("drift.serve")

FAILED = "alerts-failed"
UNDELIVERED = "alerts-undelivered"

REMIND = 60.0  # seconds: nobody waits for what is due after hours
DELIVER = 2.0  # seconds from one look at what waits to the next
LONGEST = 300.0  # seconds until somebody whom we fail is tried again; each wait is twice the one before
_REMINDING = "what is due"  # no notifier has such a name
SLICE = 0.1  # seconds: how soon a wait notices that it is over


@dataclass(slots=True)
class Speaking:
    """Says what is due and sends what waits, each notifier in a thread of its own: none waits for another.

    `registry` gives the policies; `halted` whether to stop. Made once and used for as long as we serve: what is known
    of a notifier that fails is kept here.
    """

    settings: Settings
    store: Store
    clock: Clock
    timer: Timer
    dice: Dice
    registry: Callable[[], Registry]
    halted: Callable[[], bool]
    notices: Notices
    _http: Poster = field(init=False)
    _delivering: Delivering = field(init=False)
    _thread: threading.Thread | None = None
    _going: dict[str, Future[object]] = field(default_factory=dict)  # by notifier
    _broken: dict[str, BaseException | None] = field(default_factory=dict)  # what the last of each raised
    _failures: dict[str, int] = field(default_factory=dict)  # in a row, of those that raised
    _rests: dict[str, float] = field(default_factory=dict)  # on the timer: until when they are left alone
    _reminded: float | None = None

    def __post_init__(self) -> None:
        self._http = poster(self.settings, self.clock)
        self._delivering = delivering(
            self.settings,
            self.store,
            self._http,
            self.clock,
            timer=self.timer,
            dice=self.dice,
            stopped=self.halted,
            tell=lambda words: LOG.error(UNDELIVERED, extra={"told": {"detail": words}}),
        )

    def begin(self) -> None:
        """Speak until `halted` says yes."""
        self._thread = threading.Thread(target=self._speak, name="alerts", daemon=True)
        self._thread.start()

    @property
    def under_way(self) -> bool:
        """Whether something is still being said: an answer is waited for, at most as long as a notifier does."""
        return self._thread is not None and self._thread.is_alive()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _speak(self) -> None:
        # Two threads more than notifiers: one that reminds, one in which what the settings lost fails at once.
        with ThreadPoolExecutor(len(self.settings.alerts.notifiers) + 2, "alerts") as threads:
            while not self.halted():
                try:
                    self._set_going(threads)
                except StoreError as error:
                    self.notices.begin(FAILED, str(error))
                else:
                    self._tell_of_broken()
                self._pause()
            wait(self._going.values())
        self._going.clear()

    def _set_going(self, threads: ThreadPoolExecutor) -> None:
        """Let everybody be sent what waits for them, but for those who are being sent something."""
        for name, going in list(self._going.items()):
            if going.done():
                del self._going[name]
                self._note(name, going.exception())
        for name in self.store.outbox.notifiers():
            if name not in self._going and self.timer() >= self._rests.get(name, 0.0):
                self._going[name] = threads.submit(self._delivering.one, name)
        if _REMINDING not in self._going and (self._reminded is None or self.timer() - self._reminded >= REMIND):
            self._reminded = self.timer()
            self._going[_REMINDING] = threads.submit(self._remind)

    def _note(self, name: str, error: BaseException | None) -> None:
        """Remember what became of one: who failed, of what the store raised or a fault of ours, has a longer rest."""
        self._broken[name] = error
        if error is None:
            self._failures.pop(name, None)
            self._rests.pop(name, None)
            return
        LOG.debug("fault", exc_info=error, extra={"told": {"about": name}})
        self._failures[name] = failures = self._failures.get(name, 0) + 1
        self._rests[name] = self.timer() + min(LONGEST, DELIVER * 2.0 ** min(failures, 30))

    def _remind(self) -> None:
        try:
            registry = self.registry()
        except InputError:  # of policies that cannot be read whoever reads a source is told
            return
        remind(self.store, scenes(self.settings, registry), self.clock)

    def _tell_of_broken(self) -> None:
        """Tell of what the store raised, or a fault of ours. What failed is tried again."""
        errors = [f"{name}: {type(error).__name__}: {error}" for name, error in self._broken.items() if error]
        if errors:
            self.notices.begin(FAILED, errors[0])
        else:
            self.notices.over(FAILED)

    def _pause(self) -> None:
        ends = self.timer() + DELIVER
        while not self.halted() and self.timer() < ends:
            time.sleep(SLICE)
