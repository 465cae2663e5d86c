"""Everything stored judged again, without fetching: after a change of the policies, or of what reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from drift.findings import Memory, take
from drift.flows.looking import Gauge, look
from drift.model import PageOutcome, Run
from drift.ports import Clock, Store

KIND = "rejudge"
BATCH = 32  # pages written in one transaction


def outdated(store: Store, source: str, gauge: Gauge) -> bool:
    """Whether what is stored of a source was read by another reader, or held against other policies.

    The runs tell, so that nothing has to be read to know that there is nothing to do.
    """
    for run in store.runs.last(20, source):
        if run.ended is not None and not run.failure:
            return (run.policies, run.reader) != (gauge.policies, gauge.reader)
    return False


def rejudge(store: Store, source: str, gauge: Gauge, clock: Clock, stopped: Callable[[], bool] = lambda: False) -> Run:
    """Judge the newest snapshot of every page of a source. What diverges now opens; only a crawl closes.

    What reads otherwise because we do is noted for review, and alerts nobody. A stop in the middle is made up for by
    the next call: pages that are up to date already say nothing new.
    """
    run = store.runs.start(source, KIND, clock(), policies=gauge.policies, reader=gauge.reader)
    counts: Counter[str] = Counter()
    batch: list[PageOutcome] = []
    for state, snapshot in store.pages.newest(source):
        if stopped():
            break
        public = state.page.public
        last = store.pages.readings([public]).get(public)
        memory = Memory(last, state.read_at, store.findings.on([public]).get(public, ()))
        counts["pages"] += 1
        seen = look(snapshot, gauge, memory, clock(), stored=True)
        if seen.reading is None:
            continue
        change = take(memory, seen.reading)
        for transition in change.transitions:
            counts[transition.after.value] += 1
        text = change.reading.text if change.reading else state.text
        batch.append(
            PageOutcome(
                replace(state, text=text),
                change.reading,
                None,
                None,
                change.findings,
                change.transitions,
                change.notes,
            )
        )
        counts["changed"] += 1
        if len(batch) >= BATCH:
            store.record(batch, run)
            batch = []
    store.record(batch, run)
    if stopped():
        return run
    store.runs.end(run, clock(), counts)
    return replace(run, ended=clock(), counts=counts)
