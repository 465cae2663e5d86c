"""Telling people while we lead: each notifier by itself, over a store that fails now and then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from receiver import Receiver, Reply
from waiting import PATIENCE, wait_for

from drift.model import Registry, Severity
from drift.model.alert import Delivery, DeliveryState, Event, Fact, Reason
from drift.model.errors import StoreError, StoreFailure
from drift.model.watch_ports import Outbox
from drift.serve import Notices
from drift.serve.speaking import FAILED, Speaking
from drift.settings import load
from drift.store import SqlStore, open_store

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SETTINGS = """\
sources: [{name: help, kind: files, at: .}]
fetching: {allow_private: [127.0.0.0/8]}
alerts:
  notifiers:
    slow: {kind: webhook, url: {env: SLOW}, key: {env: KEY}}
    quick: {kind: webhook, url: {env: QUICK}, key: {env: KEY}}
  routes: [{name: all, to: [slow, quick], group: page}]
  default: all
"""


@dataclass
class Room:
    """Who speaks, to whom, and how it is stopped. `slow` answers once it is released."""

    store: SqlStore
    folder: Path
    slow: Receiver = field(default_factory=lambda: Receiver(lambda _: Reply(after=PATIENCE)))
    quick: Receiver = field(default_factory=Receiver)
    stop: threading.Event = field(default_factory=threading.Event)
    told: list[tuple[str, str]] = field(default_factory=list)

    def speaking(self, store: Any = None) -> Speaking:
        file = self.folder / "drift.yaml"
        file.write_text(SETTINGS, encoding="utf-8")
        here = {"SLOW": self.slow, "QUICK": self.quick}
        addresses = {name: f"http://127.0.0.1:{receiver.port}/in" for name, receiver in here.items()}
        settings = load(file, {**addresses, "KEY": "k3y"})
        notices = Notices(lambda: NOON, lambda notice: self.told.append((notice.code, notice.words)))
        return Speaking(
            settings,
            store or self.store,
            lambda: NOON,
            time.monotonic,
            lambda: 0.0,
            lambda: Registry(()),
            self.stop.is_set,
            notices,
        )

    def happens(self, number: int) -> None:
        told = Fact(Reason.OPENED, NOON, Severity.HIGH, "A customer is told 30 days.", article=f"/{number}", policy="p")
        self.store.outbox.put([Event(f"F-{number}/opened/1", f"F-{number}", told, "all", ("slow", "quick"))])


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_store(f"sqlite:///{tmp_path / 'drift.db'}") as store:
        made = Room(store, tmp_path)
        yield made
        made.slow.close()
        made.quick.close()


def ended(speaking: Speaking, room: Room) -> None:
    room.stop.set()
    room.slow.released.set()
    wait_for(lambda: not speaking.under_way)
    speaking.close()


def test_a_slow_notifier_holds_up_no_other(room: Room) -> None:
    speaking = room.speaking()
    speaking.begin()
    room.happens(1)
    wait_for(lambda: room.slow.requests and room.quick.requests)
    room.happens(2)
    wait_for(lambda: len(room.quick.requests) == 2)
    assert len(room.slow.requests) == 1
    ended(speaking, room)
    sent = [each.notifier for each in room.store.outbox.find(state=DeliveryState.SENT)]
    assert sorted(sent) == ["quick", "quick", "slow"]
    assert room.told == []


class Failing:
    """A store that cannot be read until it is `well`."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.well = False

    def __getattr__(self, name: str) -> object:
        if not self.well:
            raise StoreError(StoreFailure.UNREACHABLE, "the database is away")
        return getattr(self.store, name)


def test_a_store_that_fails_is_told_once_and_tried_again(room: Room) -> None:
    store = Failing(room.store)
    speaking = room.speaking(store)
    speaking.begin()
    wait_for(lambda: room.told)
    store.well = True
    room.happens(1)
    wait_for(lambda: room.quick.requests)
    ended(speaking, room)
    assert room.told == [(FAILED, "the database is away")]


def test_a_fault_of_ours_is_told_and_stops_nobody_else(room: Room) -> None:
    """A notifier that raises what it may not: its message is tried again later, like any that did not arrive."""
    speaking = room.speaking()
    speaking._delivering.notifiers = {**speaking._delivering.notifiers, "slow": Broken()}
    speaking.begin()
    room.happens(1)
    wait_for(lambda: room.quick.requests and [one for one in room.store.outbox.waiting("slow") if one.failure])
    ended(speaking, room)
    (waiting,) = room.store.outbox.waiting("slow")
    assert waiting.failure == "KeyError, a fault of drift (DRIFT_DEBUG=1 shows where)"
    assert (waiting.attempts, waiting.next_attempt) == (1, NOON + timedelta(seconds=15))


def test_who_cannot_even_be_tried_is_tried_less_and_less_often(room: Room) -> None:
    """A fault before any message is sent: no attempt is written, and so it is told at once and backs off here."""
    at, tried = Timer(), list[float]()
    room.store.outbox = Unreadable(room.store.outbox, lambda: tried.append(at.now))  # type: ignore[assignment]
    speaking = room.speaking()
    speaking.timer = at
    room.happens(1)
    with ThreadPoolExecutor(4) as threads:
        while at.now < 1_000:
            speaking._set_going(threads)
            wait(speaking._going.values())
            speaking._tell_of_broken()
            at.now += 2
    speaking.close()
    assert tried[:5] == [0, 6, 16, 34, 68]
    assert len(tried) < 12
    assert max(later - earlier for earlier, later in pairwise(tried)) <= 304
    assert room.told == [(FAILED, "slow: ZeroDivisionError: a fault")]


def test_a_fault_in_what_is_due_is_told_and_what_waits_is_sent(room: Room) -> None:
    speaking = room.speaking()
    speaking.registry = broken
    speaking.begin()
    room.happens(1)
    wait_for(lambda: room.quick.requests and room.told)
    ended(speaking, room)
    assert room.told == [(FAILED, "what is due: ZeroDivisionError: a fault")]


@dataclass
class Unreadable:
    """An outbox that fails on what waits for one notifier."""

    outbox: Outbox
    asked: Callable[[], None]

    def __getattr__(self, name: str) -> object:
        return getattr(self.outbox, name)

    def waiting(self, notifier: str) -> tuple[Delivery, ...]:
        if notifier == "slow":
            self.asked()
            raise ZeroDivisionError("a fault")
        return self.outbox.waiting(notifier)


@dataclass
class Timer:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def broken() -> Registry:
    raise ZeroDivisionError("a fault")


class Broken:
    name = "slow"

    def send(self, message: object) -> None:
        del message
        raise KeyError("a fault")
