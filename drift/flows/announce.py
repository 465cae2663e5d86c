"""What is to be said, worked out where it is written: events of visits to pages, and those that only time brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from drift.alerts import Scene, announced, overdue, reviews, source_unread
from drift.flows.crawl import KIND
from drift.model import PageOutcome, Run, State
from drift.ports import Clock, Store

_STANDING = tuple(state for state in State if state.stands)
_LOOKED_BACK = 100  # runs, among which the last good pass over a source is looked for


@dataclass(slots=True)
class Announcer:
    """Gives what a run leaves behind its events, before it is written. `scene` is that of the source of the run.

    Silences are read anew for each page that has something to say: somebody may have made one a moment ago.
    """

    store: Store
    scene: Scene
    _first: dict[int, int | None] = field(default_factory=dict)  # by run: itself, where it is the first on its source

    def __call__(self, outcome: PageOutcome, run: Run) -> PageOutcome:
        """The outcome of a visit with its events. Raises StoreError."""
        if not outcome.transitions and outcome.state.failures < self.scene.blind_after:
            return outcome
        if run.id not in self._first:
            self._first[run.id] = None if _was_read(self.store, run) else run.id
        article = outcome.state.page.public
        title = outcome.reading.title if outcome.reading is not None else None
        scene = replace(
            self.scene,
            silences=self.store.findings.silences(),
            titles={article: title} if title else _titles(self.store, [article]),
            first_run=self._first[run.id],
        )
        return announced(outcome, scene)


def remind(store: Store, scenes: Sequence[Scene], clock: Clock) -> int:
    """Write what is due because time passed, over all sources; gives how many events that were.

    Findings nobody reacts to, silences that ended, sources that cannot be read, policies past their review date. Called
    again, it writes nothing twice. Raises StoreError.
    """
    now, silences, made = clock(), store.findings.silences(), 0
    for scene in scenes:
        findings = store.findings.find(states=_STANDING, source=scene.source)
        held = replace(scene, silences=silences)
        new = {event.subject for event in store.outbox.unsaid(overdue(findings, held, now))}
        if new:
            told = [finding for finding in findings if finding.id in new]
            held = replace(held, titles=_titles(store, [finding.article for finding in told]))
            made += store.outbox.put(overdue(told, held, now))
        runs = [run for run in store.runs.last(_LOOKED_BACK, scene.source) if _ended_pass(run)]
        made += store.outbox.put(source_unread(runs, scene))
    if scenes:
        made += store.outbox.put(reviews(replace(scenes[0], source=""), now))
    return made


def _titles(store: Store, articles: Iterable[str]) -> dict[str, str]:
    readings = store.pages.readings(sorted(set(articles)))
    return {article: reading.title for article, reading in readings.items() if reading.title}


def _was_read(store: Store, run: Run) -> bool:
    """Whether a pass before this run went over its source."""
    before = store.runs.last(_LOOKED_BACK, run.source)
    return any(_ended_pass(one) and not one.failure for one in before if one.id != run.id)


def _ended_pass(run: Run) -> bool:
    return run.kind == KIND and run.ended is not None
