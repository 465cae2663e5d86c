"""One pass over a source: fetch what may have changed, read it, and keep its findings true. Resumable at any page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drift.errors import FetchError, InputError, StoppedError
from drift.fetch.delivery import Delivery, ahead
from drift.findings.taking import NO_PAGE
from drift.flows import visits
from drift.flows.ledger import Ledger
from drift.flows.lookers import Here, InHand, Looker
from drift.flows.looking import Gauge, Look, glance
from drift.flows.recall import Recall
from drift.flows.route import Route
from drift.flows.visits import Visit
from drift.model import NotModified, Page, PageOutcome, PageState, Run, Snapshot, Validators
from drift.ports import Carrier, Clock, Store, WatchedSource

KIND = "crawl"
RESUMED_WITHIN = timedelta(days=1)  # what a run saw before it was killed is then too old to be taken for a pass
BLIND_AFTER = 3

Got = Snapshot | NotModified
OnVisited = Callable[["Progress"], None]
Sought = Callable[[], Look | None]
_Given = tuple[Visit, Snapshot, datetime, Sought]  # a page that is being read


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
    blind_after: int = BLIND_AFTER  # failures in a row


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pass has come: the page just done, and what was counted so far (see `Pass`)."""

    page: Page
    counts: Counter[str]


class Pass:
    """One pass over one source.

    `stopped` is asked between pages: once it says yes, what was read is written and the run is left to be resumed. So
    it is where a wait of the carrier raises StoppedError.
    Counted are pages visited, and of them unchanged, changed, failed, blind and gone pages; unlisted ones, that the
    source names no more; whether a list of pages is incomplete; hosts that are down; and by their states what findings
    became.
    """

    def __init__(
        self,
        watched: Watched,
        store: Store,
        clock: Clock,
        on_visited: OnVisited | None = None,
        stopped: Callable[[], bool] = lambda: False,
        looker: Looker | None = None,
    ) -> None:
        """`looker` reads the pages; without one they are read in this process."""
        self._watched = watched
        self._store = store
        self._clock = clock
        self._on_visited = on_visited
        self._stopped = stopped
        self._looker = looker or Here(watched.gauge)

    def run(self) -> Run:
        """Go over the source. Gives the run as it was written.

        Raises StoreError where nothing can be written, and InputError where the source itself is wrong.
        """
        run, resumed = self._begun()
        name, gauge, pages = self._watched.name, self._watched.gauge, self._store.pages
        done = self._store.runs.done(run) if resumed else frozenset()
        self._recall = Recall(self._store, name, gauge.standard.registry)
        self._texts = pages.texts(name, gauge.policies, gauge.reader)
        self._route = Route(self._watched.source, self._recall.states, done, pages.links)
        self._ledger = Ledger(self._store, run, self._clock, self._watched.blind_after)
        self._later: list[Page] = []
        try:
            complete = self._go_over()
        except InputError as error:
            self._ledger.write()
            self._store.runs.end(run, self._clock(), self._counts(done), str(error))
            raise
        except StoppedError:
            complete = False
        self._ledger.write()
        source = self._watched.source
        if complete and not (source.follows or source.whole or self._route.failure):
            self._ledger.counts["incomplete"] = 1  # pages of it that cannot be kept, or a part of a sitemap
        counts = self._counts(done)
        if not complete:
            return replace(run, counts=counts)
        failure = self._route.failure
        self._store.runs.end(run, self._clock(), counts, failure)
        return replace(run, ended=self._clock(), counts=counts, failure=failure)

    def _begun(self) -> tuple[Run, bool]:
        """The run that was left unfinished, or a new one."""
        name, runs, gauge, now = self._watched.name, self._store.runs, self._watched.gauge, self._clock()
        left = runs.unfinished(name, KIND)
        if left is not None and now - left.beat <= RESUMED_WITHIN:
            return left, True
        if left is not None:
            runs.end(left, now, left.counts, "it was not finished, and is too old to be resumed")
        return runs.start(name, KIND, now, policies=gauge.policies, reader=gauge.reader), False

    def _counts(self, done: frozenset[str]) -> dict[str, int]:
        counts = {"down": len(self._watched.down()), "done before": len(done), **self._ledger.counts}
        counts["postponed"] = len(self._ledger.postponed)
        return {name: count for name, count in counts.items() if count}

    def _go_over(self) -> bool:
        """Visit every page; False where the pass was stopped on the way."""
        self._follow()
        left = iter(self._unlisted())
        self._deliver(lambda: next(left, None))
        self._ledger.write()
        if (self._later or self._ledger.postponed) and not self._stopped():
            self._watched.once_more()
            again = iter((*self._later, *self._ledger.postponed))
            self._ledger.postponed = []
            self._deliver(lambda: next(again, None), last=True)
            self._follow(last=True)
        return not self._stopped()

    def _follow(self, *, last: bool = False) -> None:
        """Visit what the source names, until nothing that was seen leads to more."""
        length = -1
        while self._route.length > length and not self._stopped():
            length = self._route.length
            self._deliver(self._route.named, last=last)

    def _unlisted(self) -> Iterator[Page]:
        """The pages that are named no more, without those that the source itself leaves out."""
        source = self._watched.source
        for page in self._route.unnamed():
            if not source.selects(page):
                self._leave_out(page)
                continue
            if source.whole and not self._route.failure:
                self._ledger.counts["unlisted"] += 1
            yield page

    def _deliver(self, following: Callable[[], Page | None], *, last: bool = False) -> None:
        """Fetch pages and read them. Where it is the `last` time, a failure that may pass is one."""
        reading: InHand[_Given] = InHand(self._looker)
        met = self._recall.ahead(following)
        with closing(ahead(lambda: None if self._stopped() else met(), self._fetch)) as coming:
            for delivery in coming:
                if self._stopped():
                    break
                self._arrived(delivery, reading, last=last)
                for item in reading.due():
                    self._read(*item)
        for item in reading.rest():
            self._read(*item)

    def _fetch(self, page: Page) -> Got:
        return self._watched.carrier.fetch(page, self._validators(self._recall.states.get(page.public)))

    def _validators(self, state: PageState | None) -> Validators | None:
        """What asks for another version of a page. A page that must be read whatever its version is asked for whole."""
        if state is None or state.blind is not None or state.gone_since is not None or state.full_read_at is None:
            return None
        if self._texts.get(state.page.public) != state.text:
            return None
        if self._clock() - state.full_read_at >= self._watched.full_read:
            return None
        return Validators(state.etag, state.last_modified) if state.etag or state.last_modified else None

    def _arrived(self, delivery: Delivery[Page, Got], reading: InHand[_Given], *, last: bool) -> None:
        page, got, at = delivery.wanted, delivery.got, self._clock()
        if isinstance(got, Snapshot):
            reading.add(self._given(page, got, at), len(got.body))
        elif delivery.failure is not None:
            self._failed(page, delivery.failure, at, last=last)
        elif not self._watched.source.selects(page):
            self._leave_out(page)
        else:
            assert got is not None
            self._route.remind(page)
            self._keep(visits.unchanged(self._recall.brief(page), got, at))

    def _failed(self, page: Page, failure: FetchError, at: datetime, *, last: bool) -> None:
        if failure.transient and not last:
            self._later.append(page)
        elif not self._watched.source.selects(page):
            self._leave_out(page)
        else:
            visit = self._recall.visit(page, whole=failure.reason in NO_PAGE)
            policies = self._watched.gauge.policies
            self._keep(visits.failed(visit, failure, policies, at, lambda: self._again(visit)))

    def _given(self, page: Page, got: Snapshot, at: datetime) -> _Given:
        """The page given to be read: its text alone where that may be all that has to be known."""
        text = self._texts.get(page.public)
        if text is not None:
            seen = glance(got, self._watched.gauge, text)  # here: handing it over would cost a tenth of reading it
            return self._recall.brief(page), got, at, lambda: seen
        visit = self._recall.visit(page)
        return visit, got, at, self._looker.look(got, visit.memory, at)

    def _read(self, visit: Visit, got: Snapshot, at: datetime, sought: Sought) -> None:
        seen = sought()
        if seen is None:
            visit = self._recall.visit(visit.page)
            seen = self._looker.look(got, visit.memory, at)()
        if seen.article is not None:
            self._watched.source.seen(seen.article)
            if not self._watched.source.selects(visit.page):
                self._leave_out(visit.page)
                return
        self._keep(visits.read(visit, got, seen, at, lambda: self._again(visit, got, seen)))

    def _again(
        self, visit: Visit, first: Snapshot | None = None, seen: Look | None = None
    ) -> tuple[Snapshot | None, Look | None]:
        """A second fetch past every cache, and what it says; (None, None) where there was nothing to be had.

        Where the first one gave the very same, `seen` is what it said.
        """
        self._ledger.counts["fetched twice"] += 1
        try:
            got = self._watched.carrier.fetch(visit.page, fresh=True)
        except FetchError as error:
            return None, Look("", None, visits.unread(visit, error, self._watched.gauge.policies, self._clock()))
        if isinstance(got, NotModified):  # nothing was asked of the version: a server that says so has not answered
            return None, None
        if first is not None and seen is not None and seen.reading is not None and _alike(first, got):
            return got, replace(seen, reading=replace(seen.reading, at=self._clock()))
        return got, self._looker.look(got, visit.memory, self._clock())()

    def _leave_out(self, page: Page) -> None:
        """A page that is no article of the source: what was remembered of it as one ends."""
        state = self._recall.states.get(page.public)
        if state is None or state.gone_since is not None:
            self._ledger.counts["listed only"] += 1
            return
        self._keep(visits.left_out(self._recall.visit(page), self._watched.gauge.policies, self._clock()))

    def _keep(self, outcome: PageOutcome) -> None:
        self._ledger.keep(outcome)
        if self._on_visited:
            self._on_visited(Progress(outcome.state.page, self._ledger.counts))


def _alike(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots of a page read alike without reading them."""
    kept = [(each.body, each.media, each.charset, each.status, each.final_url) for each in (one, other)]
    return kept[0] == kept[1]
