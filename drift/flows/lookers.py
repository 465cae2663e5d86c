"""Where pages are read: in this process, or in others beside it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from datetime import datetime
from typing import Protocol

from drift.findings import Memory
from drift.flows.looking import Gauge, Look, look
from drift.model import Snapshot
from drift.pipeline import DEFAULT_LANGUAGE

# Processes take 1 to 2 s until they read. A pass over a quiet help centre reads a few changed pages and needs none.
FIRST = 60  # pages that are read here before others are asked: about a second
IN_HAND = 4  # pages for each process that may wait to be read: at 20 MB each they bound memory

Seen = Callable[[], Look]  # what a page says, once it was read


class Looker(Protocol):
    """Who reads the pages of a pass."""

    @property
    def in_hand(self) -> int:
        """How many pages may wait to be read."""

    def look(self, snapshot: Snapshot, memory: Memory, at: datetime, *, stored: bool = False) -> Seen:
        """A page held against what is remembered of it (`looking.look`)."""

    def close(self) -> None:
        """End what was begun for it."""


class Here:
    """Reads pages in this process, one after another."""

    in_hand = 0

    def __init__(self, gauge: Gauge) -> None:
        self._gauge = gauge

    def look(self, snapshot: Snapshot, memory: Memory, at: datetime, *, stored: bool = False) -> Seen:
        seen = look(snapshot, self._gauge, memory, at, stored=stored)
        return lambda: seen

    def close(self) -> None:
        return


class Elsewhere:
    """Reads pages in other processes, each of which prepares the policies once.

    The first pages are read here. Where a process ends before it should, what it was asked is read here, and all after.
    """

    def __init__(self, gauge: Gauge, workers: int, *, first: int = FIRST) -> None:
        self._gauge = gauge
        self._workers = workers
        self._first = first
        self._here = Here(gauge)
        self._pool: ProcessPoolExecutor | None = None
        self._broken = False

    @property
    def in_hand(self) -> int:
        return IN_HAND * self._workers if self._pool else 0

    def look(self, snapshot: Snapshot, memory: Memory, at: datetime, *, stored: bool = False) -> Seen:
        asked = self._asked(snapshot, memory, at, stored=stored)
        if asked is None:
            return self._here.look(snapshot, memory, at, stored=stored)

        def seen() -> Look:
            try:
                return asked.result()
            except BrokenExecutor:
                self._give_up()
                return self._here.look(snapshot, memory, at, stored=stored)()

        return seen

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _asked(self, snapshot: Snapshot, memory: Memory, at: datetime, *, stored: bool) -> Future[Look] | None:
        """A page given away; None where it is to be read here."""
        if self._first > 0:
            self._first -= 1
            return None
        if self._broken:
            return None
        try:
            if self._pool is None:
                self._pool = _pool(self._gauge, self._workers)
            return self._pool.submit(_look, snapshot, memory, at, stored)
        except (BrokenExecutor, OSError):
            self._give_up()
            return None

    def _give_up(self) -> None:
        self._broken = True
        self.close()


def _pool(gauge: Gauge, workers: int) -> ProcessPoolExecutor:
    """Processes that read. Where the system lets them, all come of one that has imported what they need."""
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload([__name__, "drift.reading.html", "drift.reading.markdown"])
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(gauge, gc.get_threshold()))
    for _ in range(workers):  # all of them now: one begun while another ends would be waited for without end
        pool.submit(_ready)
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


def _look(snapshot: Snapshot, memory: Memory, at: datetime, stored: bool) -> Look:
    assert _gauge is not None
    return look(snapshot, _gauge, memory, at, stored=stored)
