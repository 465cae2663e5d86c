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
from typing import Protocol, TypeVar

from drift.findings import Memory
from drift.flows.looking import Gauge, Look, glance, look
from drift.model import Snapshot
from drift.pipeline import DEFAULT_LANGUAGE

# Processes take 1 to 2 s until they read. A pass over a quiet help centre reads a few changed pages and needs none.
FIRST = 60  # pages that are read here before others are asked: about a second
IN_HAND = 4  # pages for each process that may wait to be read: at 20 MB each they bound memory

Seen = Callable[[], Look]  # what a page says, once it was read
_Answer = TypeVar("_Answer")


class Looker(Protocol):
    """Who reads the pages of a pass."""

    @property
    def in_hand(self) -> int:
        """How many pages may wait to be read."""

    def look(self, snapshot: Snapshot, memory: Memory, at: datetime, *, stored: bool = False) -> Seen:
        """A page held against what is remembered of it (`looking.look`)."""

    def glance(self, snapshot: Snapshot, text: str) -> Callable[[], Look | None]:
        """Whether a page reads as it did (`looking.glance`)."""

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

    def glance(self, snapshot: Snapshot, text: str) -> Callable[[], Look | None]:
        seen = glance(snapshot, self._gauge, text)
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
        asked = self._asked(_look, snapshot, memory, at, stored)
        if asked is None:
            return self._here.look(snapshot, memory, at, stored=stored)
        return lambda: self._answer(asked, lambda: self._here.look(snapshot, memory, at, stored=stored)())

    def glance(self, snapshot: Snapshot, text: str) -> Callable[[], Look | None]:
        asked = self._asked(_glance, snapshot, text)
        if asked is None:
            return self._here.glance(snapshot, text)
        return lambda: self._answer(asked, lambda: self._here.glance(snapshot, text)())

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _asked(self, work: Callable[..., _Answer], *arguments: object) -> Future[_Answer] | None:
        """The work given away; None where it is to be done here."""
        if self._first > 0:
            self._first -= 1
            return None
        if self._broken:
            return None
        try:
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(
                    self._workers, mp_context=context, initializer=_begin, initargs=(self._gauge, gc.get_threshold())
                )
            return self._pool.submit(work, *arguments)
        except (BrokenExecutor, OSError):
            self._give_up()
            return None

    def _answer(self, asked: Future[_Answer], otherwise: Callable[[], _Answer]) -> _Answer:
        try:
            return asked.result()
        except BrokenExecutor:
            self._give_up()
            return otherwise()

    def _give_up(self) -> None:
        self._broken = True
        self.close()


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


def _glance(snapshot: Snapshot, text: str) -> Look | None:
    assert _gauge is not None
    return glance(snapshot, _gauge, text)
