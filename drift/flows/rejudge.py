"""Everything stored judged again, without fetching: after a change of the policies, or of what reads."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from drift import faults
from drift.errors import FetchError
from drift.findings import Memory
from drift.flows import visits
from drift.flows.beside import Voices, leans
from drift.flows.ledger import Ledger
from drift.flows.lookers import Here, InHand, Looker, Seen
from drift.flows.looking import Gauge, Look
from drift.flows.recall import memory_of
from drift.model import PageState, Registry, Run
from drift.ports import Clock, Store
from drift.verdicts import Context

KIND = "rejudge"
TRIES = 3  # for a page of which a person changes a finding meanwhile

_Given = tuple[PageState, Memory, Seen]  # a page that is being read


def outdated(store: Store, source: str, gauge: Gauge) -> bool:
    """Whether what is stored of a source was read by another reader, or held against other policies.

    The runs tell, so that nothing has to be read to know that there is nothing to do: what is stored is judged again
    before a pass, so that whatever has ended left everything as its policies have it.
    """
    for run in store.runs.last(20, source):
        if (run.policies, run.reader) != (gauge.policies, gauge.reader):
            return True
        if run.ended is not None and not (run.kind == KIND and run.failure):
            return False
    return False


def rejudge(
    store: Store,
    source: str,
    gauge: Gauge,
    clock: Clock,
    stopped: Callable[[], bool] = lambda: False,
    looker: Looker | None = None,
) -> Run:
    """Judge the newest snapshot of every page of a source. What diverges now opens; only a crawl closes.

    What reads otherwise because we do is noted for review, and alerts nobody. A stop in the middle is made up for by
    the next call: pages that are up to date already say nothing new. A page that is gone says nothing at all.
    """
    left = store.runs.unfinished(source, KIND)
    if left is not None:
        store.runs.end(left, clock(), left.counts, "it was not finished, and was begun anew")
    run = store.runs.start(source, KIND, clock(), policies=gauge.policies, reader=gauge.reader)
    ledger = Ledger(store, run, clock, 1)
    _Rejudging(store, source, gauge.standard.registry, ledger, clock, looker or Here(gauge)).run(stopped)
    if stopped():
        return replace(run, counts=ledger.counts)
    store.runs.end(run, clock(), ledger.counts)
    return replace(run, ended=clock(), counts=ledger.counts)


class _Rejudging:
    """Everything stored of a source judged once more: what hangs on other articles once all of them were read."""

    def __init__(
        self, store: Store, source: str, registry: Registry, ledger: Ledger, clock: Clock, looker: Looker
    ) -> None:
        self._store = store
        self._source = source
        self._registry = registry
        self._ledger = ledger
        self._clock = clock
        self._looker = looker
        self._voices = Voices(store.pages.said(source), store.pages.states(source))
        self._waiting: set[str] = set()  # by public address

    def run(self, stopped: Callable[[], bool]) -> None:
        self._go_over(None, None, stopped)
        context = self._voices.context()
        self._go_over(self._waiting.union(self._voices.outdated(context)), context, stopped)

    def _go_over(self, wanted: Collection[str] | None, context: Context | None, stopped: Callable[[], bool]) -> None:
        """Judge pages, all where none are named; those of which a person changed a finding meanwhile once more."""
        for _ in range(TRIES):
            if wanted is not None and not wanted:
                return
            reading: InHand[_Given] = InHand(self._looker)
            for state, snapshot in self._store.pages.newest(self._source):
                if stopped():
                    break
                if state.gone_since is not None or state.duplicate:  # what is stored of it is not what it says
                    continue
                if wanted is not None and state.page.public not in wanted:
                    continue
                memory = memory_of(self._store, state, self._registry)
                sought = self._looker.look(snapshot, memory, self._clock(), stored=True, context=context)
                reading.add((state, memory, sought), len(snapshot.body))
                for item in reading.due():
                    self._contained(*item, final=context is not None)
            for item in reading.rest():
                self._contained(*item, final=context is not None)
            self._ledger.write()
            wanted = frozenset(page.public for page in self._ledger.postponed)
            self._ledger.postponed = []

    def _contained(self, state: PageState, memory: Memory, sought: Seen, *, final: bool) -> None:
        """One page judged. One that we fail on is left as it was: the pass that follows visits it, and tells."""
        try:
            with faults.contained(state.page.public):
                self._judged(state, memory, sought(), final=final)
        except FetchError:
            self._ledger.counts["failed"] += 1

    def _judged(self, state: PageState, memory: Memory, seen: Look, *, final: bool) -> None:
        outcome = visits.stored(state, memory, seen)
        if outcome is None:
            return
        if not final:
            self._voices.learn(outcome.state, seen.reading)
            if leans(seen.reading):
                self._waiting.add(state.page.public)
                return
        self._ledger.keep(outcome)
