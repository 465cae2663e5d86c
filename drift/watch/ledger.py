"""What a pass writes, a few pages at a time, and what it counts."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from drift.model import Page, faults
from drift.model.errors import OF_A_SERVER, BlindReason, FetchError, StoreError, StoreFailure
from drift.model.finding import PageState
from drift.model.memory import PageOutcome, Run
from drift.model.ports import Clock
from drift.model.watch_ports import Store

BATCH = 32  # pages written in one transaction: enough to make a transaction cheap, few enough to lose to a kill
HEAVY = 16_000_000  # bytes of pages that wait to be written: what a batch may take of memory
BEATS = timedelta(seconds=30)  # from one sign of life to the next


class Ledger:
    """The outcomes of a pass on their way to the store. `counts` has what came of them, `postponed` who was too late.

    A page is blind from `blind_after` failures in a row on; until then it is counted as failed.
    """

    def __init__(self, store: Store, run: Run, clock: Clock, blind_after: int) -> None:
        self._store = store
        self._run = run
        self._clock = clock
        self._blind_after = blind_after
        self._batch: list[PageOutcome] = []
        self._weight = 0
        self._beat: datetime = run.beat
        self.counts: Counter[str] = Counter()
        self.postponed: list[Page] = []

    def keep(self, outcome: PageOutcome) -> None:
        """Count an outcome, and write it with others. Raises StoreError where it cannot be written."""
        self._count(outcome, 1)
        self._batch.append(outcome)
        self._weight += len(outcome.snapshot.body) if outcome.snapshot else 0
        if len(self._batch) >= BATCH or self._weight >= HEAVY:
            self.write()

    def also(self, outcome: PageOutcome) -> None:
        """Write at once something of a page whose visit is counted by itself, and count only what findings became.

        Where a person changed a finding meanwhile nothing is written: the next pass comes to the same. Raises
        StoreError as `keep` does.
        """
        try:
            with faults.contained(outcome.state.page.public):
                self._store.record([outcome])
        except StoreError as error:
            if error.failure is not StoreFailure.CHANGED:
                raise
        except FetchError:  # told by `contained`; what was written of the page stays
            self.counts["failed"] += 1
        else:
            self._count_steps(outcome, 1)

    def write(self) -> None:
        """Write what was kept. A page of which a person changed a finding meanwhile is postponed.

        Raises StoreError where nothing can be written; what was kept is then no longer held.
        """
        batch, self._batch, self._weight = self._batch, [], 0
        try:
            with faults.contained("a batch of pages"):
                self._store.record(batch, self._run)
        except StoreError as error:
            if error.failure is not StoreFailure.CHANGED:
                raise
            self._write_singly(batch)
        except FetchError:  # which page it is about shows when each is written by itself
            self._write_singly(batch)
        self._tell_alive()

    def _write_singly(self, batch: list[PageOutcome]) -> None:
        for outcome in batch:
            try:
                with faults.contained(outcome.state.page.public):
                    self._store.record([outcome], self._run)
            except StoreError as error:
                if error.failure is not StoreFailure.CHANGED:
                    raise
                self._count(outcome, -1)
                self.postponed.append(outcome.state.page)
            except FetchError as failure:
                self._count(outcome, -1)
                self._write_failure(outcome.state.page, failure)

    def _write_failure(self, page: Page, failure: FetchError) -> None:
        """Write that we failed on a page: what was remembered of it stays. What this raises is about no single page."""
        before = self._store.pages.state(page.public) or PageState(page, self._run.source)
        blind = PageOutcome(before.blinded(self._clock(), failure.reason, failure.detail))
        self._count(blind, 1)
        self._store.record([blind], self._run)

    def _tell_alive(self) -> None:
        now = self._clock()
        if now - self._beat >= BEATS:
            self._beat = now
            self._store.runs.beat(self._run, now)

    def _count(self, outcome: PageOutcome, by: int) -> None:
        self.counts["pages"] += by
        self.counts[self._kind(outcome)] += by
        if outcome.state.duplicate and outcome.state.blind is BlindReason.REPLACED:
            self.counts["replaced duplicates"] += by
        if outcome.state.gone_since is None and outcome.state.blind in OF_A_SERVER:
            self.counts["unanswered"] += by
        self._count_steps(outcome, by)

    def _count_steps(self, outcome: PageOutcome, by: int) -> None:
        for transition in outcome.transitions:
            moved = transition.after is not transition.before
            self.counts[transition.after.value if moved else "changed value"] += by

    def _kind(self, outcome: PageOutcome) -> str:
        state = outcome.state
        if state.gone_since is not None:
            return "gone pages"
        if state.blind is BlindReason.REPLACED:
            return "replaced"
        if state.blind is not None:
            return "blind" if state.failures >= self._blind_after else "failed"
        if state.duplicate:
            return "duplicates"
        return "changed" if outcome.reading is not None else "unchanged"
