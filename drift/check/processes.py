"""An examiner in processes beside this one. Importing what begins them takes longer than a short check may."""

from __future__ import annotations

from collections.abc import Callable

from drift.check.examiner import Examiner
from drift.engine.pipeline import Standard, examine
from drift.model import Examined, Snapshot
from drift.model.packing import pack, unpack
from drift.workers.pool import pool
from drift.workers.shared import Shared

READERS = ("drift.engine.reading.html", "drift.engine.reading.markdown")  # which a process needs and imports late


class Processes(Examiner):
    """Examines articles in so many `workers` beside this process."""

    def __init__(self, standard: Standard, workers: int) -> None:
        super().__init__(standard)
        self._shared = Shared(standard)
        self.executor = pool(self._shared, prepare, workers, (__name__, *READERS))

    def submit(self, snapshot: Snapshot) -> Callable[[], Examined]:
        asked = self.executor.submit(_packed, snapshot, self._shared)
        return lambda: unpack(asked.result(), self.standard.registry)


def prepare(standard: Standard) -> None:
    """What every article needs, made before the first comes."""
    standard.matcher(standard.registry.language)


def _packed(snapshot: Snapshot, standard: Shared[Standard]) -> bytes:
    """It travels without the terms, of which the other process has its own."""
    return pack(examine(snapshot, standard.value))
