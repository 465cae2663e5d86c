"""What is to be said, worked out where it is written: events of visits to pages, and those that only time brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from drift.alerts import (
    ENDS,
    AlertContext,
    also_over,
    announced,
    overdue,
    questions,
    reviews,
    source_replaced,
    source_unread,
    trouble,
)
from drift.findings import en_masse
from drift.model.alert import Event, Reason
from drift.model.finding import Finding, State
from drift.model.memory import PageOutcome, Run
from drift.model.ports import AnnotationMemory, Clock
from drift.model.watch_ports import FindingMemory, Outbox, PageMemory, RunLedger, Store
from drift.watch.watched import KIND, replaced_before

_STANDING = tuple(state for state in State if state.stands)
_LOOKED_BACK = 100  # runs, among which the last good pass over a source is looked for first


class Announcing:
    """A store that writes with what visits to pages leave behind what is to be said of it.

    `scene` is that of the source of the pages. Silences are read anew for each page that has something to say: somebody
    may have made one a moment ago.
    """

    def __init__(self, store: Store, scene: AlertContext) -> None:
        self._store = store
        self._scene = scene
        self._first: dict[int, int | None] = {}  # by run: itself, where it is the first on its source
        self._mass: dict[int, bool] = {}  # by run: whether the pass before could not read a mass of its pages

    @property
    def pages(self) -> PageMemory:
        return self._store.pages

    @property
    def findings(self) -> FindingMemory:
        return self._store.findings

    @property
    def runs(self) -> RunLedger:
        return self._store.runs

    @property
    def outbox(self) -> Outbox:
        return self._store.outbox

    @property
    def annotations(self) -> AnnotationMemory:
        return self._store.annotations

    def record(self, outcomes: Sequence[PageOutcome], run: Run | None = None) -> None:
        """Write outcomes as `Store.record` does, each with its events."""
        self._store.record([self._announced(outcome, run) for outcome in outcomes], run)

    def leadership(self) -> AbstractContextManager[Callable[[], bool] | None]:
        return self._store.leadership()

    def turn(self, source: str, who: str, at: datetime) -> AbstractContextManager[Callable[[], bool]]:
        return self._store.turn(source, who, at)

    def _announced(self, outcome: PageOutcome, run: Run | None) -> PageOutcome:
        speaks = outcome.transitions or outcome.state.failures >= self._scene.blind_after
        if not speaks or not self._scene.routing.routes:
            return outcome
        article = outcome.state.page.public
        title = outcome.reading.title if outcome.reading is not None else None
        scene = replace(
            self._scene,
            silences=self._store.findings.silences(),
            titles={article: title} if title else _titles(self._store, [article]),
            first_run=self._first_run(run) if run is not None else None,
            mass=run is not None and self._replaced_before(run),
        )
        made = announced(outcome, scene)
        over = [event for event in made.events if event.told.reason in ENDS and event.silence is None]
        also = tuple(each for event in over for each in also_over(event, self._said(event.subject), scene.routing))
        return replace(made, events=(*made.events, *also)) if also else made

    def _said(self, finding: str) -> list[Event]:
        return [delivery.event for delivery in self._store.outbox.find(finding=finding)]

    def _replaced_before(self, run: Run) -> bool:
        if run.id not in self._mass:
            self._mass[run.id] = replaced_before(self._store, run, self._scene.patience)
        return self._mass[run.id]

    def _first_run(self, run: Run) -> int | None:
        if run.id not in self._first:
            self._first[run.id] = None if _was_read(self._store, run) else run.id
        return self._first[run.id]


def remind(store: Store, scenes: Sequence[AlertContext], clock: Clock) -> int:
    """Write what is due because time passed, over all sources; gives how many events that were.

    Findings nobody reacts to, silences that ended, sources that cannot be read, policies past their review date,
    questions that wait. Called again, it writes nothing twice. Raises StoreError.
    """
    now, silences, made = clock(), store.findings.silences(), 0
    asked: list[Finding] = []
    for scene in scenes:
        findings = store.findings.find(states=_STANDING, source=scene.source)
        held = replace(scene, silences=silences)
        new = {event.subject for event in store.outbox.unsaid(overdue(findings, held, now))}
        if new:
            told = [finding for finding in findings if finding.id in new]
            held = replace(held, titles=_titles(store, [finding.article for finding in told]))
            made += store.outbox.put(overdue(told, held, now))
        passes = _since_it_was_read(store, scene.source)
        if any(not run.failure for run in passes):  # a first pass asks when it is over, of all that it found
            asked += store.findings.find(states=(State.SUSPECTED,), source=scene.source)
        made += store.outbox.put(source_unread(passes, scene))
        made += store.outbox.put(source_replaced(_since_it_was_shown(store, scene), scene))
    if scenes:
        anywhere = replace(scenes[0], source="", silences=silences)
        made += store.outbox.put((*reviews(anywhere, now), *_asked(store, asked, anywhere, now)))
    return made


def _asked(store: Store, waiting: Sequence[Finding], scene: AlertContext, now: datetime) -> tuple[Event, ...]:
    """The digests of questions that are due, with the titles of the articles that they name."""
    if not waiting:
        return ()
    last = store.outbox.last_said(Reason.QUESTIONS)
    due = questions(waiting, scene, now, last)
    named = [one.article for event in due for one in event.told.asked]
    return questions(waiting, replace(scene, titles=_titles(store, named)), now, last) if named else due


def tell_operator(store: Store, scene: AlertContext, code: str, words: str, source: str, at: datetime) -> None:
    """Write for the operator what is wrong with drift itself, once a day. Raises StoreError."""
    event = trouble(code, words, source, at, scene)
    if event is not None:
        store.outbox.put([event])


def _titles(store: Store, articles: Iterable[str]) -> dict[str, str]:
    readings = store.pages.readings(sorted(set(articles)))
    return {article: reading.title for article, reading in readings.items() if reading.title}


def _since_it_was_read(store: Store, source: str) -> list[Run]:
    """The passes over a source that ended, the newest first, as far back as the last one that could read it."""
    return _passes(store, source, lambda run: not run.failure)


def _since_it_was_shown(store: Store, scene: AlertContext) -> list[Run]:
    """The same, as far back as the last one that could read most of its pages."""
    return _passes(store, scene.source, lambda run: not en_masse(run.counts, scene.patience))


def _passes(store: Store, source: str, until: Callable[[Run], bool]) -> list[Run]:
    count = _LOOKED_BACK
    while True:
        runs = store.runs.last(count, source)
        ended = [run for run in runs if _ended_pass(run)]
        if len(runs) < count or any(map(until, ended)):
            return ended
        count *= 4


def _was_read(store: Store, run: Run) -> bool:
    """Whether a pass before this run went over its source."""
    return any(not one.failure for one in _since_it_was_read(store, run.source) if one.id != run.id)


def _ended_pass(run: Run) -> bool:
    return run.kind == KIND and run.ended is not None
