"""Delivering what waits in the outbox: at least once, in order for each finding and route, one notifier by itself.

Before a message is sent it is written that it is about to be: who is killed between sending it and writing that it
arrived sends the same message again, with the same key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from drift.alerts import AlertContext, Batch, letters, undelivered
from drift.alerts.pace import APART, ChannelPace
from drift.model import faults
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.ports import Clock, Sleep
from drift.model.watch_ports import Notifier, Store

PATIENCE = timedelta(hours=24)  # from the first attempt on; then a message is given up
FIRST = timedelta(seconds=30)  # until the second attempt; each wait is twice the one before
LONGEST = timedelta(hours=1)  # between two attempts, whatever a receiver asks for: what is mended is noticed within it
REST = timedelta(minutes=5)  # a notifier that fails is left alone no longer, for the fault may be the message's

Dice = Callable[[], float]  # from 0 to below 1


@dataclass(slots=True)
class _Channel:
    """How a notifier did in this process: its pace, failures in a row, and until when it is left alone."""

    pace: ChannelPace
    failures: int = 0
    rests: datetime | None = None
    put_off: bool = False  # its receiver named the time at which it hears more


@dataclass(slots=True)
class Delivering:
    """Sends what waits. `scene` says who hears what now; its source is '' and its registry may be empty.

    One notifier is never used by two threads at once: call `one` for each name from one thread only.
    """

    store: Store
    notifiers: Mapping[str, Notifier]
    scene: AlertContext
    clock: Clock
    timer: Callable[[], float]  # seconds from any start, never backwards
    sleep: Sleep
    dice: Dice
    stopped: Callable[[], bool] = lambda: False
    tell: Callable[[str], None] = lambda _: None  # what the operator should know and no notifier can say, in words
    _channels: dict[str, _Channel] = field(default_factory=dict)

    def run(self, executor: Executor | None = None) -> Counter[str]:
        """Go over all notifiers once: what was sent, what failed, what was given up.

        With an executor of threads a slow one holds up no other. Raises StoreError.
        """
        counts: Counter[str] = Counter()
        names = self.store.outbox.notifiers()
        for name in names:
            self._channel(name)  # before there are threads
        each = executor.map(self.one, names) if executor is not None else map(self.one, names)
        for counted in each:
            counts.update(counted)
        return counts

    def one(self, name: str) -> Counter[str]:
        """Send what waits for one notifier, up to its first failure."""
        counts: Counter[str] = Counter()
        channel = self._channel(name)
        now = self.clock()
        notifier = self.notifiers.get(name)
        if channel.rests is not None and now < channel.rests:
            return counts
        waiting = self.store.outbox.waiting(name)
        for letter in letters(waiting, self.scene.routing, now, dashboard=self.scene.dashboard):
            if self.stopped():
                break
            counted = self._send(letter, name, notifier, channel)
            counts[counted] += 1
            if channel.rests is not None:
                break
        return counts

    def put_off(self) -> timedelta | None:
        """How long until the first receiver that asked for patience hears more; None if none did."""
        now = self.clock()
        moments = []
        for name, channel in self._channels.items():
            tried = [one.next_attempt for one in self.store.outbox.waiting(name) if one.next_attempt is not None]
            if channel.put_off and tried:
                moments.append(max(min(tried), channel.rests or now))
        return max(min(moments) - now, timedelta(0)) if moments else None

    def left(self) -> int:
        """How many alerts wait because they were tried, or because one before them by the same notifier was."""
        resting = {name for name, channel in self._channels.items() if channel.rests is not None}
        waiting = {name: self.store.outbox.waiting(name) for name in self.store.outbox.notifiers()}
        return sum(one.attempts > 0 or name in resting for name, each in waiting.items() for one in each)

    def _channel(self, name: str) -> _Channel:
        return self._channels.setdefault(name, _Channel(ChannelPace(self.timer, self.sleep)))

    def _send(self, letter: Batch, name: str, notifier: Notifier | None, channel: _Channel) -> str:
        message, outbox = letter.message, self.store.outbox
        channel.pace.wait(name)
        outbox.begin(letter.deliveries, message.key, message.reason, self.clock())
        try:
            if notifier is None:
                raise DeliveryError(DeliveryFailure.ADDRESS, "the settings have no such notifier any more")
            with faults.contained(f"a message by {name}", _of_a_message):
                notifier.send(message)
        except DeliveryError as error:
            return self._failed(letter, name, channel, error)
        finally:
            channel.pace.held(name, APART)  # a receiver counts from when the message came, not from when we began
        outbox.sent(letter.deliveries, self.clock())
        channel.failures, channel.rests, channel.put_off = 0, None, False
        return "sent"

    def _failed(self, letter: Batch, name: str, channel: _Channel, error: DeliveryError) -> str:
        """Try again later, or give up: after a day, and at once where the receiver will not have this very message."""
        now = self.clock()
        first = letter.deliveries[0]
        again = now + self._wait(first.attempts, error)
        refused = error.failure is DeliveryFailure.REFUSED and not error.transient
        ours = error.failure is DeliveryFailure.FAULT
        dead = refused or again - (first.first_attempt or now) > PATIENCE
        self.store.outbox.failed(letter.deliveries, str(error), None if dead else again)
        if not refused and not ours:  # those are about this message: others may go
            channel.failures += 1
            channel.put_off = error.retry_after is not None
            channel.rests = now + (_asked(error) or min(REST, _backoff(channel.failures - 1)))
        if dead or ours or not error.transient:
            self._tell(name, str(error), now, dead=len(letter.deliveries) if dead else 0)
        return "given up" if dead else "failed"

    def _wait(self, attempts: int, error: DeliveryError) -> timedelta:
        """Until the next attempt: what the receiver asks for, or longer and longer; never all at the same moment."""
        return max(_asked(error), _backoff(attempts) * (0.5 + self.dice() / 2))

    def _tell(self, name: str, why: str, now: datetime, *, dead: int) -> None:
        """Tell the operator by another way, once until this one works again."""
        event = undelivered(name, self.store.outbox.last_sent(name), why, now, self.scene, dead=dead)
        if event is None:
            self.tell(f"alerts do not arrive by {name}: {why}")
        elif self.store.outbox.put([event]):
            self.tell(f"alerts do not arrive by {name}: {why}; {event.route} is told")


def _of_a_message(words: str) -> DeliveryError:
    """A fault of ours, tried again like whatever else may pass."""
    return DeliveryError(DeliveryFailure.FAULT, words, transient=True)


def _asked(error: DeliveryError) -> timedelta:
    """How long the receiver asks us to wait, where that leaves several attempts in our day; none where it does not say.

    It is for the receiver to be left alone for a while, not to say what becomes of an alert.
    """
    return timedelta(seconds=min(max(error.retry_after or 0.0, 0.0), LONGEST.total_seconds()))


def _backoff(attempts: int) -> timedelta:
    """How long to wait after so many earlier attempts."""
    wait = FIRST
    for _ in range(attempts):
        wait = min(LONGEST, 2 * wait)
    return wait
