"""One pass over a source: fetch what may have changed, read it, and keep its findings true. Resumable at any page."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from drift.errors import FetchError, StoreError, StoreFailure
from drift.fetch.delivery import Delivery, ahead
from drift.findings import Memory
from drift.flows import visits
from drift.flows.looking import Gauge, Look, look
from drift.flows.visits import Visit
from drift.model import Article, NotModified, Page, PageOutcome, PageState, Run, Snapshot, Validators
from drift.ports import Carrier, Clock, Store, WatchedSource

KIND = "crawl"
BATCH = 32  # pages written in one transaction: enough to make a transaction cheap, few enough to lose to a kill
LOOKING = 8  # pages that may wait to be read where others read them

Got = Snapshot | NotModified
OnVisited = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True)
class Watched:
    """A source for one pass: its pages, who fetches them, and what they are held against."""

    name: str
    source: WatchedSource
    carrier: Carrier
    gauge: Gauge
    full_read: timedelta  # after so long a page is fetched whole, whatever its server says of its version
    once_more: Callable[[], None] = lambda: None  # hosts that were given up are asked again, at the end of a pass
    down: Callable[[], tuple[str, ...]] = tuple  # hosts that were given up in this pass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pass has come: the page just done, and what was counted so far (see `Pass.counts`)."""

    page: Page
    counts: Counter[str]


@dataclass(slots=True)
class Pass:
    """One pass over one source.

    `stopped` is asked between pages: once it says yes, what was read is written and the run is left to be resumed.
    `counts`: pages visited, unchanged, changed, blind, gone, findings opened, resolved, regressed ...
    """

    watched: Watched
    store: Store
    clock: Clock
    on_visited: OnVisited | None = None
    stopped: Callable[[], bool] = lambda: False
    executor: Executor | None = None  # reads pages in other processes; None reads them here
    counts: Counter[str] = field(default_factory=Counter)
    _batch: list[PageOutcome] = field(default_factory=list)
    _states: dict[str, PageState] = field(default_factory=dict)
    _standing: frozenset[str] = frozenset()
    _later: list[tuple[Visit, FetchError]] = field(default_factory=list)
    _done: set[str] = field(default_factory=set)

    def run(self) -> Run:
        """Go over the source. Gives the run as it was written.

        Raises StoreError where nothing can be written, and InputError where the source itself is wrong.
        """
        name, runs = self.watched.name, self.store.runs
        gauge = self.watched.gauge
        run = runs.unfinished(name, KIND)
        if run is None:
            run = runs.start(name, KIND, self.clock(), policies=gauge.policies, reader=gauge.reader)
        self._done = set(runs.done(run))
        self._states = self.store.pages.states(name)
        self._standing = frozenset(one.article for one in self.store.findings.find(source=name))
        failure = ""
        try:
            self._go_over(run)
        except FetchError as error:
            failure = str(error)
        finally:
            self._write(run)
        if self.stopped():
            return run
        counts = {"down": len(self.watched.down()), **self.counts}
        runs.end(run, self.clock(), counts, failure)
        return replace(run, ended=self.clock(), counts=counts, failure=failure)

    def _go_over(self, run: Run) -> None:
        more = True
        while more and not self.stopped():
            before = self.counts["pages"] + self.counts["listed only"]
            self._deliver(run, self._named())
            more = self.counts["pages"] + self.counts["listed only"] > before
        if self.watched.source.whole and not self.stopped():
            self._deliver(run, self._unlisted())
        if self._later and not self.stopped():
            self.watched.once_more()
            again, self._later = self._later, []
            self._deliver(run, iter([visit.page for visit, _ in again]), last=True)

    def _named(self) -> Iterator[Page]:
        """The pages the source names, without those that this run has done before it was resumed."""
        for page in self.watched.source.pages():
            if page.public in self._done:
                self._remind(page)
            else:
                self._done.add(page.public)
                yield page

    def _unlisted(self) -> Iterator[Page]:
        """The pages that were there and are named no more: still live perhaps, and wrong perhaps."""
        for public, state in self._states.items():
            if public not in self._done and state.gone_since is None:
                self._done.add(public)
                self.counts["unlisted"] += 1
                yield state.page

    def _remind(self, page: Page) -> None:
        """Show the source the links of a page that is not read again, so that it goes on from them."""
        self.watched.source.seen(Article(page, None, None, (), links=self.store.pages.links(page.public)))

    def _deliver(self, run: Run, pages: Iterator[Page], *, last: bool = False) -> None:
        waiting: deque[tuple[Visit, Snapshot, datetime, Future[Look] | Look]] = deque()
        coming = ahead(lambda: None if self.stopped() else next(pages, None), self._fetch)
        with closing(coming):  # type: ignore[type-var]
            for delivery in coming:
                self._arrived(delivery, waiting, last=last)
                while len(waiting) > (LOOKING if self.executor else 0):
                    self._looked_at(*waiting.popleft())
                if len(self._batch) >= BATCH:
                    self._write(run)
        while waiting:
            self._looked_at(*waiting.popleft())
        self._write(run)

    def _fetch(self, page: Page) -> Got:
        state = self._states.get(page.public)
        return self.watched.carrier.fetch(page, self._validators(state))

    def _validators(self, state: PageState | None) -> Validators | None:
        if state is None or not state.text or state.blind is not None or state.full_read_at is None:
            return None
        if self.clock() - state.full_read_at >= self.watched.full_read:
            return None
        return Validators(state.etag, state.last_modified) if state.etag or state.last_modified else None

    def _arrived(
        self,
        delivery: Delivery[Page, Got],
        waiting: deque[tuple[Visit, Snapshot, datetime, Future[Look] | Look]],
        *,
        last: bool,
    ) -> None:
        page, got, at = delivery.wanted, delivery.got, self.clock()
        if isinstance(got, NotModified):
            self._remind(page)
            self._keep(visits.unchanged(self._visit(page, whole=page.public in self._standing), got, at))
            return
        visit = self._visit(page)
        if got is None:
            assert delivery.failure is not None
            if delivery.failure.transient and not last:
                self._later.append((visit, delivery.failure))
                return
            policies = self.watched.gauge.policies
            self._keep(visits.failed(visit, delivery.failure, policies, at, lambda: self._again(visit)))
            return
        seen: Future[Look] | Look
        if self.executor is None:
            seen = look(got, self.watched.gauge, visit.memory, at)
        else:
            seen = self.executor.submit(look, got, self.watched.gauge, visit.memory, at)
        waiting.append((visit, got, at, seen))

    def _looked_at(self, visit: Visit, got: Snapshot, at: datetime, seen: Future[Look] | Look) -> None:
        seen = seen if isinstance(seen, Look) else seen.result()
        if seen.article is not None:
            self.watched.source.seen(seen.article)
            if not self.watched.source.selects(visit.page):
                self.counts["listed only"] += 1
                return
        self._keep(visits.read(visit, got, seen, at, lambda: self._again(visit)))

    def _again(self, visit: Visit) -> tuple[Snapshot | None, Look | None]:
        """A second fetch past every cache, and what it says; (None, None) where there was nothing to be had."""
        self.counts["fetched twice"] += 1
        try:
            got = self.watched.carrier.fetch(visit.page, fresh=True)
        except FetchError as error:
            return None, Look("", None, visits.unread(visit, error, self.watched.gauge.policies, self.clock()))
        if isinstance(got, NotModified):  # nothing was asked of the version: a server that says so has not answered
            return None, None
        return got, look(got, self.watched.gauge, visit.memory, self.clock())

    def _visit(self, page: Page, *, whole: bool = True) -> Visit:
        """The visit to a page; its memory only where it is needed."""
        public = page.public
        state = self._states.get(public)
        if state is None or not whole:
            return Visit(page, self.watched.name, state, Memory())
        last = self.store.pages.readings([public]).get(public)
        findings = self.store.findings.on([public]).get(public, ()) if public in self._standing else ()
        return Visit(page, self.watched.name, state, Memory(last, state.read_at, findings))

    def _keep(self, outcome: PageOutcome) -> None:
        self._batch.append(outcome)
        self._states[outcome.state.page.public] = outcome.state
        self.counts["pages"] += 1
        self.counts[_kind(outcome)] += 1
        for transition in outcome.transitions:
            self.counts[transition.after.value if transition.after is not transition.before else "changed value"] += 1
        if self.on_visited:
            self.on_visited(Progress(outcome.state.page, self.counts))

    def _write(self, run: Run) -> None:
        batch, self._batch = self._batch, []
        if not batch:
            return
        try:
            self.store.record(batch, run)
        except StoreError as error:
            if error.failure is not StoreFailure.CHANGED:
                raise
            self._write_singly(batch, run)

    def _write_singly(self, batch: list[PageOutcome], run: Run) -> None:
        """A person changed one of the findings meanwhile: its page is left for the next pass, the others are not."""
        for outcome in batch:
            try:
                self.store.record([outcome], run)
            except StoreError as error:
                if error.failure is not StoreFailure.CHANGED:
                    raise
                self.counts["postponed"] += 1


def _kind(outcome: PageOutcome) -> str:
    state = outcome.state
    if state.blind is not None:
        return "gone" if state.gone_since else "blind"
    return "changed" if outcome.reading is not None else "unchanged"
