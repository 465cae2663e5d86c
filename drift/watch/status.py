"""How a watch stands: its sources, its pages, its findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from drift.check.annotating import DAY
from drift.check.trusting import known as trust_of
from drift.findings import hides
from drift.model import Severity
from drift.model.desk import SourceTally
from drift.model.finding import PageState, State
from drift.model.memory import Run
from drift.model.views import AnnotatorPlan, AnnotatorView, SourcePlan, SourceView, WatchStatus
from drift.model.watch_ports import Store
from drift.watch.watched import BLIND_AFTER

_SILENT = timedelta(minutes=15)  # without a sign of life, after which a run counts as cut off
_READING = ("crawl", "replay")  # the kinds of run that read pages; one that judges what is stored anew reads none
_RUNS = 100  # of a source that are looked through for one of those

_STANDING = tuple(state for state in State if state.stands)


def status(
    store: Store,
    now: datetime,
    plans: Mapping[str, SourcePlan] | None = None,
    blind_after: int = BLIND_AFTER,
    annotator: AnnotatorPlan | None = None,
) -> WatchStatus:
    """The status at a moment. `plans` are by name of source; what the store does not know of is among the sources.

    A page is blind from `blind_after` failures in a row on, as it is in a pass and in alerts; one that was never read,
    from the first.
    """
    pages = store.pages.states()
    plans = plans or {}
    names = dict.fromkeys((*plans, *(page.source for page in pages.values()), *ran(store)))
    silences = store.findings.silences(now)
    standing = store.findings.find(states=_STANDING)
    severities = [finding.statement.severity for finding in standing]
    return WatchStatus(
        at=now,
        sources=tuple(_source(store, name, pages, plans.get(name), now, blind_after) for name in names),
        blind=tuple(page for page in pages.values() if is_blind(page, blind_after)),
        standing={severity: severities.count(severity) for severity in reversed(Severity) if severity in severities},
        acknowledged=sum(finding.state is State.ACKNOWLEDGED for finding in standing),
        silenced=sum(hides(silences, finding, now) is not None for finding in standing),
        questions=len(store.findings.find(states=(State.SUSPECTED,))),
        annotator=_annotator(store, annotator, names, pages, now) if annotator else None,
    )


def _annotator(
    store: Store, plan: AnnotatorPlan, sources: Iterable[str], pages: Mapping[str, PageState], now: datetime
) -> AnnotatorView:
    questions, tokens = store.annotations.spent(now - DAY)
    trust = trust_of(store.runs, plan.name)
    if trust is not None and not trust.answers:
        trust = None  # nothing was compared
    return AnnotatorView(
        plan,
        questions,
        tokens,
        waiting=sum(_waits(store, source, pages) for source in sources),
        agreed=(trust.agreed, trust.answers) if trust else None,
        checked=trust.at if trust else None,
        trusted=trust is None or trust.earned(plan.trust),
    )


def _waits(store: Store, source: str, pages: Mapping[str, PageState]) -> int:
    """How many pages of a source have a question that the annotator has yet to answer; those gone have none."""
    said = store.pages.said(source)
    here = {article for article, page in pages.items() if page.gone_since is None}
    return sum(any(one.asks for one in voices) for article, (_, voices) in said.items() if article in here)


def last_run(store: Store, source: str) -> Run | None:
    """The last run that read a source, or tried to."""
    return next((run for run in store.runs.last(_RUNS, source) if run.kind in _READING), None)


def ran(store: Store) -> list[str]:
    """Sources that were read lately, in order of name."""
    return sorted({run.source for run in store.runs.last(_RUNS) if run.kind in _READING})


def is_blind(page: PageState, blind_after: int) -> bool:
    """Whether a page that is not gone cannot be read: for so many failures in a row, or ever."""
    if page.blind is None or page.gone_since is not None:
        return False
    return page.failures >= blind_after or page.read_at is None


def _source(
    store: Store,
    name: str,
    pages: Mapping[str, PageState],
    plan: SourcePlan | None,
    now: datetime,
    blind_after: int,
) -> SourceView:
    of = [page for page in pages.values() if page.source == name]
    gone = sum(page.gone_since is not None for page in of)
    blind = sum(is_blind(page, blind_after) for page in of)
    duplicates = sum(page.duplicate and page.blind is None and page.gone_since is None for page in of)
    tally = SourceTally(name, len(of) - gone - blind - duplicates, blind, gone, duplicates)
    tried = max((page.tried_at for page in of if page.tried_at is not None), default=None)
    return source_view(store, tally, last_run(store, name), tried, now, plan)


def source_view(
    store: Store,
    tally: SourceTally,
    run: Run | None,
    tried: datetime | None,
    now: datetime,
    plan: SourcePlan | None = None,
) -> SourceView:
    """How a source stands: its pages counted, its last run, and when a page of it was last tried."""
    alive = max((sign for sign in (run.beat if run else None, tried) if sign is not None), default=None)
    running = run is not None and run.ended is None
    return SourceView(
        name=tally.source,
        run=run,
        done=len(store.runs.done(run)) if run is not None and running else 0,
        read=tally.read,
        blind=tally.blind,
        gone=tally.gone,
        duplicates=tally.duplicates,
        next=plan.next if plan else None,
        late=plan is not None and plan.late,
        alive=alive,
        dead=running and alive is not None and alive + _SILENT < now,
    )
