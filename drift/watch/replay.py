"""The past once more: dated snapshots go the way of a visit, with their dates as the clock.

How far a page has come is what is remembered of it, so that a replay that was killed goes on where it was, and one that
is run again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from drift.check.annotating import Annotating
from drift.findings import Memory, Patience
from drift.findings.taking import NO_PAGE
from drift.model import Snapshot
from drift.model.archive import Kept
from drift.model.errors import BlindReason, FetchError
from drift.model.finding import Finding, PageState
from drift.model.memory import PageOutcome, Run
from drift.model.ports import Archive, Clock
from drift.model.watch_ports import Store
from drift.watch import visits
from drift.watch.beside import Chronicle
from drift.watch.days import Days
from drift.watch.looking import Answers, Besides, Gauge, Look, answered, questions, unanswered, unread
from drift.watch.page_cache import memory_of
from drift.watch.reader import Reader
from drift.watch.replacing import Replacing
from drift.watch.visits import Visit
from drift.watch.weighing import Held
from drift.watch.withdraw import withdraw

KIND = "replay"
SOURCE = "replay"  # of pages that no source of a watch has found
BATCH = 32  # pages written in one transaction
MOST_BLIND = 20  # told by name; the others are counted
_ELSEWHERE = NO_PAGE | {BlindReason.REDIRECTS}  # an address with nothing at it, at which nothing was ever read

OnKept = Callable[[int, int], None]  # snapshots gone over so far, and how many there are at most


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a replay: the run, the findings that its pages have by now, and what could not be read.

    `blind` holds (place, why) of the first `MOST_BLIND`. Counts of the run: snapshots, pages, versions, known already,
    blind, gone, and the states that findings came to.
    """

    run: Run
    findings: tuple[Finding, ...]
    blind: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Replay:
    """One way through an archive, each snapshot judged by what held on its day, and its own confirmation."""

    archive: Archive
    days: Days
    store: Store
    clock: Clock
    on_kept: OnKept | None = None
    annotating: Annotating | None = None
    _counts: Counter[str] = field(default_factory=Counter)
    _batch: dict[str, PageOutcome] = field(default_factory=dict)
    _states: dict[str, PageState] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)
    _blind: list[tuple[str, str]] = field(default_factory=list)
    _said: Chronicle = field(default_factory=Chronicle)
    _held: dict[str, tuple[Kept, Held]] = field(default_factory=dict)  # of one day: what hangs on other articles
    _day: date | None = None

    def run(self) -> Replayed:
        """Go through the archive. Raises StoreError where nothing can be written, and InputError as `Archive.kept`."""
        runs = self.store.runs
        run = runs.unfinished(SOURCE, KIND)
        if run is None:
            now = self.days.gauge(self.clock().date())
            run = runs.start(SOURCE, KIND, self.clock(), policies=now.policies, reader=now.reader)
        withdraw(self.store, SOURCE, self.days.gauge(self.clock().date()), self.clock)
        self._states = self.store.pages.states()
        self._remember()
        for kept in self.archive.kept():
            self._counts["snapshots"] += 1
            if self._day != kept.at.date() or kept.page.public in self._held:
                self._judge_day(run)
                self._day = kept.at.date()
            self._go_over(kept, run)
            if self.on_kept:
                self.on_kept(self._counts["snapshots"], self.archive.total)
        self._judge_day(run)
        self._write(run)
        self._counts["pages"] = len(self._met)
        ended = self.clock()
        runs.end(run, ended, self._counts)
        run = replace(run, ended=ended, counts=dict(self._counts))
        return Replayed(run, self._findings(), tuple(self._blind), self.archive.notes)

    def _remember(self) -> None:
        """What pages of an earlier replay said last, from when on they did."""
        for reading in self.store.pages.readings(
            [public for public, state in self._states.items() if state.source == SOURCE and state.is_article]
        ).values():
            self._said.add(reading.page.public, reading.at, reading)

    def _judge_day(self, run: Run) -> None:
        """Judge what hangs on other articles, now that all of a day were read."""
        held, self._held = self._held, {}
        if not held or self._day is None:
            return
        self._write(run)
        answers = self._asked(held, self.days.gauge(self._day))
        besides = Besides(self._said.context(self._day, self.days.gauge(self._day).policies), answers)
        for public, (kept, fetched) in held.items():
            if len(self._batch) >= BATCH:
                self._write(run)
            visit = self._visit(kept, self._states.get(public))
            snapshot, seen = fetched.weighed(self.days.gauge(self._day), kept.at, besides)
            self._keep(kept, visit, self._read(visit, snapshot, seen, kept.at))

    def _asked(self, held: Mapping[str, tuple[Kept, Held]], gauge: Gauge) -> Answers:
        """What an annotator answers about the pages of a day; what they say to others is what they say by that."""
        if self.annotating is None:
            return unanswered
        looks = {public: fetched.look(gauge)[1] for public, (_, fetched) in held.items()}
        self.annotating.about([question for seen in looks.values() for question in questions(seen, gauge)])
        for public, seen in looks.items():
            self._said.add(public, held[public][0].at, answered(seen, gauge, self.annotating.known).reading)
        return self.annotating.known

    def _go_over(self, kept: Kept, run: Run) -> None:
        public = kept.page.public
        state = self._states.get(public)
        if state is not None and state.tried_at is not None and kept.at <= state.tried_at:
            self._met.add(public)
            self._counts["known already"] += 1
            return
        if public in self._batch or len(self._batch) >= BATCH:  # before a page goes on it is read again
            self._write(run)
        if _nothing_there(kept, state):
            self._counts["nothing there"] += 1
            return
        self._met.add(public)
        visit = self._visit(kept, state)
        latest = visit.memory.latest()
        if latest is not None and kept.at <= latest:  # a finding was judged later than its page was read
            self._counts["known already"] += 1
            return
        outcome = self._outcome(kept, visit)
        if outcome is not None:
            self._keep(kept, visit, outcome)

    def _visit(self, kept: Kept, state: PageState | None) -> Visit:
        if state is None:
            return Visit(kept.page, SOURCE, None, Memory())
        return Visit(kept.page, state.source, state, memory_of(self.store, state, self.days.registry))

    def _outcome(self, kept: Kept, visit: Visit) -> PageOutcome | None:
        """What a kept page leaves behind now.

        None if it says that it is what nobody remembers, and where it waits for the other articles of its day.
        """
        gauge, at = self.days.gauge(kept.at.date()), kept.at
        if kept.failure is not None:
            again = unread(visit.page, gauge, at, kept.failure)
            return visits.failed(visit, kept.failure, gauge.policies, at, lambda: (None, again))
        snapshot = kept.snapshot or self._as_before(visit)
        if snapshot is None:
            self._tell_blind(kept, "said to be as it was before, and it was not kept before")
            return None
        seen = Reader(gauge).look(snapshot, visit.memory, at)()
        # What other addresses said in those days is not looked at: an archive has each of them on days of its own.
        held = Replacing(self.store, gauge, {}, Patience()).held(visit, snapshot, seen, at)
        if held is not None:
            return held
        if seen.reading is not None and seen.reading.blind is None:
            self._said.add(visit.page.public, at, seen.reading)
        if seen.waiting is not None:
            self._held[visit.page.public] = kept._replace(snapshot=None), Held.of(snapshot, seen, at)
            return None
        return self._read(visit, snapshot, seen, at)

    def _read(self, visit: Visit, snapshot: Snapshot, seen: Look, at: datetime) -> PageOutcome:
        """A snapshot is its own confirmation: there is no other of its time."""
        return visits.read(visit, snapshot, seen, at, lambda: (None, seen))

    def _as_before(self, visit: Visit) -> Snapshot | None:
        """The snapshot of what the page was last known to say; None if that is not known."""
        if visit.memory.last is None or visit.before().blind is not None:
            return None
        version = self.store.pages.versions(visit.page.public)[-1]
        return self.store.pages.snapshot(version)

    def _keep(self, kept: Kept, visit: Visit, outcome: PageOutcome) -> None:
        state = outcome.state
        self._batch[kept.page.public] = outcome
        self._states[kept.page.public] = state
        self._counts["new"] += 1
        if outcome.snapshot is not None:
            self._counts["versions"] += 1
        if state.gone_since is not None:
            self._said.add(kept.page.public, kept.at, None)
            self._counts["gone"] += visit.before().gone_since is None
        elif state.blind is not None:
            self._tell_blind(kept, str(FetchError(state.blind, state.detail)))
        for transition in outcome.transitions:
            same = transition.after is transition.before
            self._counts["changed value" if same else transition.after.value] += 1

    def _tell_blind(self, kept: Kept, why: str) -> None:
        self._counts["blind"] += 1
        if len(self._blind) < MOST_BLIND:
            self._blind.append((kept.place, why))

    def _write(self, run: Run) -> None:
        batch, self._batch = self._batch, {}
        if batch:
            self.store.record(list(batch.values()), run)

    def _findings(self) -> tuple[Finding, ...]:
        found = self.store.findings.on(sorted(self._met))
        return tuple(finding for public in sorted(found) for finding in found[public])


def _nothing_there(kept: Kept, state: PageState | None) -> bool:
    """Whether an address leads elsewhere or nowhere, and was no page before either."""
    return kept.failure is not None and kept.failure.reason in _ELSEWHERE and (state is None or state.read_at is None)
