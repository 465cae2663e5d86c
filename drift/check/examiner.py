"""Who examines the articles of a run: `pipeline.examine`, through whatever executor."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from drift.engine.pipeline import Standard, examine
from drift.model import Examined, Page, Snapshot, faults
from drift.model.errors import FetchError
from drift.model.packing import pack, unpack
from drift.workers.in_process import InProcess
from drift.workers.pool import pool
from drift.workers.shared import Shared


class Examiner:
    """Examines articles by a standard, in this process or in so many `workers` beside it.

    Its executor has to be shut down.
    """

    def __init__(self, standard: Standard, workers: int = 0) -> None:
        self._standard = Shared(standard)
        self._apart = workers > 0
        self.executor: Executor = InProcess()
        if workers:
            preload = (__name__, "drift.engine.reading.html", "drift.engine.reading.markdown")
            self.executor = pool(self._standard, prepare, workers, preload)

    def examine(self, snapshot: Snapshot) -> Callable[[], Examined]:
        """What an article says, once that is asked for. One that we fail on ourselves is blind: the others go on."""
        asked = self.executor.submit(_examine, snapshot, self._standard, self._apart)

        def examined() -> Examined:
            try:
                with faults.contained(snapshot.page.address):
                    told = asked.result()
            except FetchError as failure:
                return blind(snapshot.page, failure)
            return unpack(told, self._standard.value.registry) if isinstance(told, bytes) else told

        return examined


def blind(page: Page, failure: FetchError) -> Examined:
    """A page of which nothing can be said, and why."""
    return Examined(page, blind=failure.reason, detail=failure.detail)


def prepare(standard: Standard) -> None:
    """What every article needs, made before the first comes."""
    standard.matcher(standard.registry.language)


def _examine(snapshot: Snapshot, standard: Shared[Standard], packed: bool) -> Examined | bytes:
    """Packed it travels without the terms, of which the other process has its own."""
    examined = examine(snapshot, standard.value)
    return pack(examined) if packed else examined
