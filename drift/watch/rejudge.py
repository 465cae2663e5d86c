"""Everything stored judged again, without fetching: after a change of the policies, or of what reads."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from drift.check.annotating import Annotating
from drift.findings import Memory
from drift.model import faults
from drift.model.annotation import RuleQuestion
from drift.model.errors import FetchError, StoppedError
from drift.model.finding import PageState
from drift.model.memory import Run
from drift.model.ports import Clock
from drift.model.watch_ports import Store
from drift.watch import visits
from drift.watch.beside import Voices
from drift.watch.ledger import Ledger
from drift.watch.looking import Besides, Gauge, Look, questions, unanswered, weigh
from drift.watch.page_cache import memory_of
from drift.watch.reader import Reader, Seen
from drift.workers.backlog import Backlog

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
    reader: Reader | None = None,
    annotating: Annotating | None = None,
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
    try:
        _Rejudging(store, source, gauge, ledger, clock, reader or Reader(gauge), annotating).run(stopped)
        ended = not stopped()
    except StoppedError:  # of a wait while the annotator was asked
        ledger.write()
        ended = False
    if not ended:
        return replace(run, counts=ledger.counts)
    store.runs.end(run, clock(), ledger.counts)
    return replace(run, ended=clock(), counts=ledger.counts)


class _Rejudging:
    """Everything stored of a source judged once more: what hangs on other articles once all of them were read."""

    def __init__(
        self,
        store: Store,
        source: str,
        gauge: Gauge,
        ledger: Ledger,
        clock: Clock,
        reader: Reader,
        annotating: Annotating | None,
    ) -> None:
        self._store = store
        self._source = source
        self._gauge = gauge
        self._annotating = annotating
        self._ledger = ledger
        self._clock = clock
        self._reader = reader
        self._voices = Voices(store.pages.said(source), store.pages.states(source))
        self._waiting: set[str] = set()  # by public address
        self._questions: dict[str, RuleQuestion] = {}  # by key

    def run(self, stopped: Callable[[], bool]) -> None:
        self._go_over(None, None, stopped)
        if self._annotating is not None and not stopped():
            self._annotating.about(tuple(self._questions.values()))
        besides = Besides(self._voices.context(), self._annotating.known if self._annotating else unanswered)
        self._go_over(self._waiting.union(self._voices.outdated(besides.context)), besides, stopped)

    def _go_over(self, wanted: Collection[str] | None, besides: Besides | None, stopped: Callable[[], bool]) -> None:
        """Judge pages, all where none are named; those of which a person changed a finding meanwhile once more."""
        for _ in range(TRIES):
            if wanted is not None and not wanted:
                return
            reading: Backlog[_Given] = Backlog(self._reader.executor)
            for state, snapshot in self._store.pages.newest(self._source):
                if stopped():
                    break
                if state.gone_since is not None or state.duplicate:  # what is stored of it is not what it says
                    continue
                if wanted is not None and state.page.public not in wanted:
                    continue
                memory = memory_of(self._store, state, self._gauge.standard.registry)
                sought = self._reader.look(snapshot, memory, self._clock(), stored=True, anew=besides is not None)
                reading.add((state, memory, sought), len(snapshot.body))
                for item in reading.due():
                    self._contained(*item, besides)
            for item in reading.rest():
                self._contained(*item, besides)
            self._ledger.write()
            wanted = frozenset(page.public for page in self._ledger.postponed)
            self._ledger.postponed = []

    def _contained(self, state: PageState, memory: Memory, sought: Seen, besides: Besides | None) -> None:
        """One page judged. One that we fail on is left as it was: the pass that follows visits it, and tells."""
        try:
            with faults.contained(state.page.public):
                self._judged(state, memory, sought(), besides)
        except FetchError:
            self._ledger.counts["failed"] += 1

    def _judged(self, state: PageState, memory: Memory, seen: Look, besides: Besides | None) -> None:
        if besides is not None and seen.waiting is not None:
            seen = weigh(seen, self._gauge, self._clock(), besides)
        outcome = visits.stored(state, memory, seen)
        if outcome is None:
            return
        if besides is None:
            self._voices.learn(outcome.state, seen.reading)
            if seen.waiting is not None:
                self._waiting.add(state.page.public)
                self._questions.update((question.key, question) for question in questions(seen, self._gauge))
                return
        self._ledger.keep(outcome)
