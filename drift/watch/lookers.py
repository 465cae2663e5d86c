"""Where pages are read: in this process, or in others beside it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from drift.engine.pipeline import DEFAULT_LANGUAGE
from drift.findings import Memory
from drift.model import Snapshot, faults
from drift.model.errors import FetchError
from drift.watch.looking import Gauge, Look, look, unread

# Processes take half a second until they read; a pass over a quiet help centre reads a few pages and needs none.
FIRST = 20  # pages that are read here before processes are begun: about as long as they take
IN_HAND = 16  # pages for each process that may wait to be read: enough to read on while a batch is written

HEAVY = 16_000_000  # bytes of pages that may wait to be read, where a few would take more memory than many do

Seen = Callable[[], Look]  # what a page says, once it was read
Item = TypeVar("Item")


class Looker(Protocol):
    """Who reads the pages of a pass."""

    @property
    def in_hand(self) -> int:
        """How many pages may wait to be read."""

    def look(
        self,
        snapshot: Snapshot,
        memory: Memory,
        at: datetime,
        *,
        stored: bool = False,
        anew: bool = False,
    ) -> Seen:
        """A page held against what is remembered of it (`looking.look`). One that we fail on is blind."""

    def close(self) -> None:
        """End what was begun for it."""


class InHand(Generic[Item]):
    """What waits to be read, in order: as much as its looker may have in hand, and at most HEAVY bytes."""

    def __init__(self, looker: Looker) -> None:
        self._looker = looker
        self._waiting: deque[tuple[Item, int]] = deque()
        self._weight = 0

    def add(self, item: Item, weight: int) -> None:
        """Something that was given to the looker, with its weight in bytes."""
        self._waiting.append((item, weight))
        self._weight += weight

    def due(self) -> Iterator[Item]:
        """What has to be taken back before more is given to the looker."""
        while self._waiting and (len(self._waiting) > self._looker.in_hand or self._weight > HEAVY):
            yield self._next()

    def rest(self) -> Iterator[Item]:
        """All that is left."""
        while self._waiting:
            yield self._next()

    def _next(self) -> Item:
        item, weight = self._waiting.popleft()
        self._weight -= weight
        return item


class Here:
    """Reads pages in this process, one after another."""

    in_hand = 0

    def __init__(self, gauge: Gauge) -> None:
        self._gauge = gauge

    def look(
        self,
        snapshot: Snapshot,
        memory: Memory,
        at: datetime,
        *,
        stored: bool = False,
        anew: bool = False,
    ) -> Seen:
        try:
            with faults.contained(snapshot.page.public):
                seen = look(snapshot, self._gauge, memory, at, stored=stored, anew=anew)
        except FetchError as failure:
            seen = unread(snapshot.page, self._gauge, at, failure, stored=stored)
        return lambda: seen

    def close(self) -> None:
        return


class Elsewhere:
    """Reads pages in other processes, each of which prepares the policies once.

    The first pages are read here, and so are those that come while the processes are begun. Where one ends before it
    should, what it was asked is read here, and all after.
    """

    def __init__(self, gauge: Gauge, workers: int, *, first: int = FIRST) -> None:
        self._gauge = gauge
        self._workers = workers
        self._first = first
        self._here = Here(gauge)
        self._beginning: Future[ProcessPoolExecutor] | None = None
        self._broken = False

    @property
    def in_hand(self) -> int:
        return IN_HAND * self._workers if self._begun() else 0

    def look(
        self,
        snapshot: Snapshot,
        memory: Memory,
        at: datetime,
        *,
        stored: bool = False,
        anew: bool = False,
    ) -> Seen:
        asked = self._asked(snapshot, memory, at, stored, anew)
        if asked is None:
            return self._here.look(snapshot, memory, at, stored=stored, anew=anew)

        def seen() -> Look:
            try:
                with faults.contained(snapshot.page.public):  # it comes with the traceback of the other process
                    told = self._result(asked)
                return told if told is not None else self._here.look(snapshot, memory, at, stored=stored, anew=anew)()
            except FetchError as failure:
                return unread(snapshot.page, self._gauge, at, failure, stored=stored)

        return seen

    def _result(self, asked: Future[Look]) -> Look | None:
        """What another process said; None where it ended before it could."""
        try:
            return asked.result()
        except BrokenExecutor:
            self._broken = True
            return None

    def close(self) -> None:
        self._broken = True
        if self._beginning is not None and self._beginning.exception() is None:
            self._beginning.result().shutdown(cancel_futures=True)

    def _asked(self, snapshot: Snapshot, memory: Memory, at: datetime, stored: bool, anew: bool) -> Future[Look] | None:
        """A page given away; None where it is to be read here."""
        if self._first > 0:
            self._first -= 1
            return None
        if self._beginning is None:
            self._beginning = _aside(lambda: _pool(self._gauge, self._workers))
        pool = self._begun()
        if pool is None:
            return None
        try:
            return pool.submit(_look, snapshot, memory, at, stored, anew)
        except BrokenExecutor:
            self._broken = True
            return None

    def _begun(self) -> ProcessPoolExecutor | None:
        """The processes once they read, None before and where they do not any more."""
        if self._broken or self._beginning is None or not self._beginning.done():
            return None
        if self._beginning.exception() is not None:
            self._broken = True
            return None
        return self._beginning.result()


def _aside(begin: Callable[[], ProcessPoolExecutor]) -> Future[ProcessPoolExecutor]:
    """What is begun on a thread of its own, so that nobody waits for it."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="begin")
    beginning = thread.submit(begin)
    thread.shutdown(wait=False)
    return beginning


def _pool(gauge: Gauge, workers: int) -> ProcessPoolExecutor:
    """Processes that read, ready to. Where the system lets them, all come of one that has imported what they need.

    Raises BrokenExecutor or OSError where they cannot be begun.
    """
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload([__name__, "drift.engine.reading.html", "drift.engine.reading.markdown"])
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(gauge, gc.get_threshold()))
    try:
        # All of them now: one begun while another ends would be waited for without end.
        for asked in [pool.submit(_ready) for _ in range(workers)]:
            asked.result()
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    return pool


def _ready() -> None:
    return


_gauge: Gauge | None = None  # of a process that reads pages for another


def _begin(gauge: Gauge, collecting: tuple[int, int, int]) -> None:
    """Prepare a process: what every page needs, once.

    It ends with the one that began it, however that ends: a key that interrupts a terminal's programs is for that one.
    """
    global _gauge
    gc.set_threshold(*collecting)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _gauge = gauge
    gauge.standard.matcher(gauge.language or DEFAULT_LANGUAGE)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _look(snapshot: Snapshot, memory: Memory, at: datetime, stored: bool, anew: bool) -> Look:
    assert _gauge is not None
    return look(snapshot, _gauge, memory, at, stored=stored, anew=anew)
