"""Who examines the articles of a run: `pipeline.examine`, through whatever executor."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from drift.engine.pipeline import Standard, examine
from drift.model import Examined, Page, Snapshot, faults
from drift.model.errors import FetchError
from drift.workers.in_process import InProcess


class Examiner:
    """Examines articles by a standard, in this process. Its executor has to be shut down."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.executor: Executor = InProcess()

    def examine(self, snapshot: Snapshot) -> Callable[[], Examined]:
        """What an article says, once that is asked for. One that we fail on ourselves is blind: the others go on."""
        result = self.submit(snapshot)

        def examined() -> Examined:
            try:
                with faults.contained(snapshot.page.address):
                    return result()
            except FetchError as failure:
                return blind(snapshot.page, failure)

        return examined

    def submit(self, snapshot: Snapshot) -> Callable[[], Examined]:
        """Give an article to the executor; what it says is there once that is asked for."""
        return self.executor.submit(examine, snapshot, self.standard).result


def blind(page: Page, failure: FetchError) -> Examined:
    """A page of which nothing can be said, and why."""
    return Examined(page, blind=failure.reason, detail=failure.detail)
