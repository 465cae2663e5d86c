"""Everything stored judged again, without fetching: after a change of the policies, or of what reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from drift import faults
from drift.errors import FetchError
from drift.findings import Memory, take
from drift.flows.ledger import Ledger
from drift.flows.lookers import Here, InHand, Looker, Seen
from drift.flows.looking import Gauge
from drift.flows.recall import memory_of
from drift.model import PageOutcome, PageState, Registry, Run
from drift.ports import Clock, Store

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
    _judge_all(store, source, gauge.standard.registry, ledger, clock, stopped, looker or Here(gauge))
    if stopped():
        return replace(run, counts=ledger.counts)
    store.runs.end(run, clock(), ledger.counts)
    return replace(run, ended=clock(), counts=ledger.counts)


def _judge_all(
    store: Store,
    source: str,
    registry: Registry,
    ledger: Ledger,
    clock: Clock,
    stopped: Callable[[], bool],
    looker: Looker,
) -> None:
    reading: InHand[_Given] = InHand(looker)
    wanted: frozenset[str] | None = None  # of those that have to be judged once more; None for all
    for _ in range(TRIES):
        for state, snapshot in store.pages.newest(source):
            if stopped():
                break
            if state.gone_since is not None or state.duplicate:  # what is stored of it is not what it says
                continue
            if wanted is not None and state.page.public not in wanted:
                continue
            memory = memory_of(store, state, registry)
            given = state, memory, looker.look(snapshot, memory, clock(), stored=True)
            reading.add(given, len(snapshot.body))
            for item in reading.due():
                _contained(ledger, *item)
        for item in reading.rest():
            _contained(ledger, *item)
        ledger.write()
        wanted, ledger.postponed = frozenset(page.public for page in ledger.postponed), []
        if not wanted:
            return


def _contained(ledger: Ledger, state: PageState, memory: Memory, sought: Seen) -> None:
    """One page judged. One that we fail on is left as it was: the pass that follows visits it, and tells."""
    try:
        with faults.contained(state.page.public):
            _judged(ledger, state, memory, sought)
    except FetchError:
        ledger.counts["failed"] += 1


def _judged(ledger: Ledger, state: PageState, memory: Memory, sought: Seen) -> None:
    seen = sought()
    if seen.reading is None or seen.reading.blind is not None:
        return
    change = take(memory, seen.reading)
    state = replace(state, text=change.reading.text if change.reading else state.text)
    ledger.keep(
        PageOutcome(state, change.reading, findings=change.findings, transitions=change.transitions, notes=change.notes)
    )
