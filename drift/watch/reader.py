"""Who reads the pages of a pass: `look`, through whatever executor."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import datetime

from drift.check.processes import READERS
from drift.findings import Memory
from drift.model import Page, Snapshot, faults
from drift.model.errors import FetchError
from drift.watch.looking import Gauge, Look, look, unread
from drift.workers.in_process import InProcess
from drift.workers.pool import pool
from drift.workers.recovering import FIRST
from drift.workers.shared import Shared

Seen = Callable[[], Look]  # what a page says, once it was read


class Reader:
    """Reads pages by a gauge, in this process or in so many `workers` beside it. Its executor has to be shut down."""

    def __init__(self, gauge: Gauge, workers: int = 0, *, first: int = FIRST) -> None:
        self._gauge = Shared(gauge)
        self.executor: Executor = InProcess()
        if workers:
            self.executor = pool(self._gauge, prepare, workers, (__name__, *READERS), first=first)

    def look(
        self, snapshot: Snapshot, memory: Memory, at: datetime, *, stored: bool = False, anew: bool = False
    ) -> Seen:
        """A page held against what is remembered of it (`looking.look`). One that we fail on is blind."""
        page = snapshot.page
        asked = self.executor.submit(_look, snapshot, self._gauge, memory, at, stored=stored, anew=anew)
        return lambda: self._seen(page, at, asked, stored)

    def _seen(self, page: Page, at: datetime, asked: Future[Look], stored: bool) -> Look:
        try:
            with faults.contained(page.public):  # it comes with the traceback of the process it happened in
                return asked.result()
        except FetchError as failure:
            return unread(page, self._gauge.value, at, failure, stored=stored)


def prepare(gauge: Gauge) -> None:
    """What every page needs, made before the first comes."""
    gauge.standard.matcher(gauge.language or gauge.standard.registry.language)


def _look(snapshot: Snapshot, gauge: Shared[Gauge], memory: Memory, at: datetime, *, stored: bool, anew: bool) -> Look:
    return look(snapshot, gauge.value, memory, at, stored=stored, anew=anew)
