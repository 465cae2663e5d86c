"""One pass over a source: fetch what may have changed, read it, and keep its findings true. Resumable at any page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from drift.fetch.delivery import Fetched, ahead
from drift.findings.taking import NO_PAGE
from drift.model import NotModified, Page, Snapshot, Validators, faults
from drift.model.errors import FetchError, InputError, StoppedError
from drift.model.finding import PageState
from drift.model.memory import PageOutcome, Run
from drift.model.ports import Clock
from drift.model.watch_ports import Store
from drift.watch import moving, visits
from drift.watch.again import Again
from drift.watch.beside import Voices
from drift.watch.duplicates import Duplicates
from drift.watch.frontier import Frontier
from drift.watch.ledger import Ledger
from drift.watch.looking import Besides, Look, glance
from drift.watch.page_cache import Recall
from drift.watch.reader import Reader
from drift.watch.replacing import Replacing
from drift.watch.visits import Visit
from drift.watch.watched import KIND, OnVisited, Progress, Watched, articles_before, replaced_before
from drift.watch.weighing import Weighed, Weighing
from drift.workers.backlog import Backlog

RESUMED_WITHIN = timedelta(days=1)  # what a run saw before it was killed is then too old to be taken for a pass

Got = Snapshot | NotModified
Sought = Callable[[], Look | None]
_Given = tuple[Visit, Snapshot, datetime, Sought]  # a page that is being read


class Pass:
    """One pass over one source.

    `stopped` is asked between pages: once it says yes, what was read is written and the run is left to be resumed. So
    it is where the carrier raises StoppedError. Counted are pages visited, and of them unchanged, changed, replaced,
    failed, blind and gone pages, and duplicates, which say what another page says; replaced duplicates, which are among
    the replaced pages; unanswered ones, where the server is down; of what was done before the run was resumed,
    articles, replaced and unanswered ones; unlisted ones, that the source names no more; unread ones, that nobody could
    ask for; trapped addresses; hosts that are down; by state, what findings became.
    """

    def __init__(
        self,
        watched: Watched,
        store: Store,
        clock: Clock,
        on_visited: OnVisited | None = None,
        stopped: Callable[[], bool] = lambda: False,
        reader: Reader | None = None,
    ) -> None:
        """`reader` reads the pages; without one they are read in this process."""
        self._watched = watched
        self._store = store
        self._clock = clock
        self._on_visited = on_visited
        self._stopped = stopped
        self._reader = reader or Reader(watched.gauge)

    def run(self) -> Run:
        """Go over the source. Gives the run as it was written.

        Raises StoreError where nothing can be written, and InputError where the source itself is wrong.
        """
        run, resumed = self._begun()
        name, gauge, pages = self._watched.name, self._watched.gauge, self._store.pages
        done = self._store.runs.done(run) if resumed else frozenset()
        self._recall = Recall(self._store, name, gauge.standard.registry)
        self._texts = pages.texts(name, gauge.policies, gauge.reader)
        self._replacing = Replacing(
            self._store,
            gauge,
            self._recall.states,
            self._watched.patience,
            mass=replaced_before(self._store, run, self._watched.patience),
        )
        self._route = Frontier(self._watched.source, self._recall.states, done, pages.links)
        self._ledger = Ledger(self._store, run, self._clock, self._watched.blind_after)
        voices = Voices(pages.said(name), self._recall.states)
        self._weighing = Weighing(self._store, voices, gauge, self._reader, self._clock, self._watched.annotating)
        self._again = Again(self._watched, self._reader, self._replacing, self._clock, self._ledger.counts)
        self._later: list[Page] = []
        self._duplicates = Duplicates(self._recall.states, gauge.standard.registry)
        self._aside: dict[str, Page] = {}  # by public address: what is visited once all else was, which `_settled` says
        self._settled = False
        self._unneeded: list[PageState] = []  # duplicates that the source names no more
        self._visited: set[str] = set(done)
        try:
            complete = self._go_over()
        except InputError as error:
            self._ledger.write()
            self._store.runs.end(run, self._clock(), self._counts(done), str(error))
            raise
        except StoppedError:
            complete = False
        self._ledger.write()
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
        counts.update(articles_before(self._recall.states, done))
        counts["postponed"] = len(self._ledger.postponed)
        counts["unread"] = self._watched.source.unread
        counts["trapped"] = self._watched.source.trapped
        return {name: count for name, count in counts.items() if count}

    def _go_over(self) -> bool:
        """Visit every page; False where the pass was stopped on the way."""
        self._follow()
        left = iter(self._unlisted())
        self._deliver(lambda: next(left, None))
        self._follow()
        self._settle()
        self._ledger.write()
        if (self._later or self._ledger.postponed) and not self._stopped():
            self._watched.once_more()
            again = iter((*self._later, *self._ledger.postponed))
            self._ledger.postponed = []
            self._deliver(lambda: next(again, None), last=True)
            self._follow(last=True)
        self._weighing.run(self._ledger, self._recall, self._heard, self._stopped)
        return not self._stopped()

    def _follow(self, *, last: bool = False) -> None:
        """Visit what the source names, until nothing that was seen leads to more."""
        length = -1
        while self._route.length > length and not self._stopped():
            length = self._route.length
            self._deliver(self._named, last=last)

    def _named(self) -> Page | None:
        """The next page that the source names. Duplicates wait until what they say the same as was visited."""
        while (page := self._route.named()) is not None:
            state = self._recall.states.get(page.public)
            if self._settled or state is None or not state.duplicate:
                return page
            self._aside[page.public] = page
        return None

    def _settle(self) -> None:
        """Visit what was put aside: by now it is known what all others say."""
        self._settled = True
        while self._aside and not self._stopped():
            waiting, self._aside = iter(self._aside.values()), {}
            self._deliver(partial(next, waiting, None))
        self._follow()
        self._forget()

    def _forget(self) -> None:
        """Forget the duplicates to which nothing leads any more, where their articles are there."""
        if not self._stopped():
            self._ledger.write()
            there = (state for state in self._unneeded if self._duplicates.answered(state, self._visited))
            self._store.pages.forget([state.page.public for state in there])

    def _unlisted(self) -> Iterator[Page]:
        """The pages that are named no more, without those that the source itself leaves out, and without duplicates."""
        source = self._watched.source
        for state in self._route.unnamed():
            page = state.page
            if not self._selects(page):
                if state.gone_since is None:
                    self._leave_out(page)
                continue
            if state.duplicate and not self._route.failure and self._duplicates.article(page, state.text):
                self._unneeded.append(state)
                continue
            if source.whole and not self._route.failure:
                self._ledger.counts["unlisted"] += 1
            yield page

    def _deliver(self, following: Callable[[], Page | None], *, last: bool = False) -> None:
        """Fetch pages and read them. Where it is the `last` time, a failure that may pass is one."""
        reading: Backlog[_Given] = Backlog(self._reader.executor)
        met = self._recall.ahead(following)
        with closing(ahead(lambda: None if self._stopped() else met(), self._fetch)) as coming:
            for delivery in coming:
                if self._stopped():
                    break
                self._contained(delivery.wanted, partial(self._arrived, delivery, reading, last=last))
                for item in reading.due():
                    self._contained(item[0].page, partial(self._read, *item))
        for item in reading.rest():
            self._contained(item[0].page, partial(self._read, *item))

    def _fetch(self, page: Page) -> Got:
        with faults.contained(page.public):
            return self._watched.carrier.fetch(page, self._validators(self._recall.states.get(page.public)))

    def _contained(self, page: Page, visit: Callable[[], None]) -> None:
        """Do what a page asks for. Where we fail on it, that is the failure of this page and of no other."""
        try:
            with faults.contained(page.public):
                visit()
        except FetchError as failure:
            visited, policies = self._recall.brief(page), self._watched.gauge.policies
            self._keep(visits.failed(visited, failure, policies, self._clock(), lambda: (None, None)))

    def _selects(self, page: Page) -> bool:
        """Whether a page that is named no more is an article. One that the source fails on is visited, and told."""
        try:
            with faults.contained(page.public):
                return self._watched.source.selects(page)
        except FetchError:  # asked again at the visit, which keeps what it raises
            return True

    def _validators(self, state: PageState | None) -> Validators | None:
        """What asks for another version of a page. A page that must be read whatever its version is asked for whole."""
        if state is None or state.blind is not None or state.gone_since is not None or state.full_read_at is None:
            return None
        if visits.turns(state, self._watched.steadiness):
            return None
        if self._judged(state.page) != state.text:
            return None
        if self._clock() - state.full_read_at >= self._watched.full_read:
            return None
        return Validators(state.etag, state.last_modified) if state.etag or state.last_modified else None

    def _judged(self, page: Page) -> str | None:
        """The text of a page that has only to be known again: it was judged, or that of its article was."""
        state = self._recall.states.get(page.public)
        if state is None or not state.duplicate:
            return self._texts.get(page.public)
        article = self._duplicates.article(page, state.text)
        return state.text if article is not None and self._texts.get(article) == state.text else None

    def _arrived(self, delivery: Fetched[Page, Got], reading: Backlog[_Given], *, last: bool) -> None:
        page, got, at = delivery.wanted, delivery.got, self._clock()
        if isinstance(got, Snapshot):
            reading.add(self._given(page, got, at), len(got.body))
        elif delivery.failure is not None:
            self._failed(page, delivery.failure, at, last=last)
        else:
            assert got is not None
            self._route.remind(page)
            if self._watched.source.selects(page):
                steadiness = self._watched.steadiness
                self._keep(visits.unchanged(self._recall.brief(page), got, at, steadiness=steadiness))
            else:
                self._leave_out(page)

    def _failed(self, page: Page, failure: FetchError, at: datetime, *, last: bool) -> None:
        self._route.remind(page)
        if failure.transient and not last:
            self._later.append(page)
        elif not self._watched.source.selects(page):
            self._leave_out(page)
        else:
            visit = self._recall.visit(page, whole=failure.reason in NO_PAGE)
            policies = self._watched.gauge.policies
            outcome = visits.failed(visit, failure, policies, at, lambda: self._again(visit))
            if outcome.state.gone_since is not None and self._moves(visit):
                self._visited.add(page.public)  # of the address itself nothing is left to be remembered
            else:
                self._keep(outcome)

    def _given(self, page: Page, got: Snapshot, at: datetime) -> _Given:
        """The page given to be read: its text alone where that may be all that has to be known."""
        text = self._judged(page)
        if text is not None:
            seen = glance(got, self._watched.gauge, text)  # here: handing it over would cost a tenth of reading it
            return self._recall.brief(page), got, at, lambda: seen
        visit = self._recall.visit(page)
        return visit, got, at, self._reader.look(got, visit.memory, at)

    def _read(self, visit: Visit, got: Snapshot, at: datetime, sought: Sought) -> None:
        seen = sought()
        if seen is None:
            visit = self._recall.visit(visit.page)
            seen = self._reader.look(got, visit.memory, at)()
        held = self._replacing.held(visit, got, seen, at)
        if held is not None:
            if self._moves(visit):  # what was the article's address is one of its duplicates now, and is replaced
                held = replace(held, state=replace(held.state, first_read=None))
            self._route.remind(visit.page)
            self._keep(held)
            return
        if seen.article is None:
            self._route.remind(visit.page)
        else:
            better = self._watched.source.better(seen.article, got.final_url)
            if self._waits(visit, better):
                self._aside[visit.page.public] = visit.page
                return
            duplicate = self._is_duplicate(visit, seen, better)
            self._watched.source.seen(seen.article, duplicate=duplicate)
            if not self._watched.source.selects(visit.page):
                self._leave_out(visit.page)
                return
            if duplicate:
                self._keep(visits.duplicate(visit, got, seen, at))
                return
            if visit.state is not None and seen.text != visit.state.text and self._moves(visit):
                visit = self._recall.visit(visit.page)
                seen = self._reader.look(got, visit.memory, at)()
        if seen.waiting is not None:
            self._hold(visit, got, seen, at)
        else:
            self._take(visit, got, seen, at)

    def _take(self, visit: Visit, got: Snapshot, seen: Look, at: datetime, besides: Besides | None = None) -> None:
        again, had = partial(self._again, visit, got, seen, besides), partial(self._had, visit.page)
        self._keep(visits.read(visit, got, seen, at, again, self._watched.steadiness, had))

    def _hold(self, visit: Visit, got: Snapshot, seen: Look, at: datetime) -> None:
        """A page whose verdicts hang on more than its words waits until all were read; what is certain is said now."""
        news = visits.certain(visit, seen, at, partial(self._again, visit, got, seen), partial(self._had, visit.page))
        if news is not None:
            self._ledger.also(moving.distinct(news, self._store))
        self._weighing.hold(got, seen, at)
        self._met(visits.read(visit, got, seen, at, lambda: (None, seen), self._watched.steadiness))

    def _heard(self, visit: Visit, at: datetime, weighed: Weighed, besides: Besides) -> None:
        self._contained(visit.page, lambda: self._take(visit, *weighed(), at, besides))

    def _had(self, page: Page, text: str) -> bool:
        """Whether a page said a text before it said what is remembered of it."""
        return any(version.text == text for version in self._store.pages.versions(page.public)[:-1])

    def _waits(self, visit: Visit, better: Page | None) -> bool:
        """Whether a page that was no article so far has to wait for the one that it says it is."""
        known = self._settled or better is None or better.public in self._visited
        return not known and not visit.before().is_article

    def _is_duplicate(self, visit: Visit, seen: Look, better: Page | None) -> bool:
        """Whether a page says what an article says. One that is an article itself stays one while a finding is live."""
        state = visit.state
        if state is not None and state.is_article:
            live = any(finding.state.live for finding in visit.memory.findings)
            if seen.text == state.text or live:
                return False
        named = better.public if better else None
        return self._duplicates.article(visit.page, seen.text, seen.size, named) is not None

    def _moves(self, visit: Visit) -> bool:
        """Whether the article of a page that does not say it any more is known by another address from now on."""
        if visit.state is None:
            return False
        copies = filter(self._watched.source.selects, self._duplicates.copies(visit.page, visit.state.text))
        found = moving.heir(visit.state, copies, self._watched.carrier, self._watched.gauge)
        if found is None:
            return False
        page, got = found
        self._ledger.write()  # the other may be among what is to be written
        if not moving.move(self._store, visit.page, page, self._clock()):
            return False
        self._duplicates.learn(replace(visit.state, text=""))
        self._recall.moved(visit.page, page)
        self._weighing.voices.moved(visit.page, page)
        self._texts[page.public] = self._texts.pop(visit.page.public, "")
        self._aside.pop(page.public, None)
        self._ledger.counts["moved"] += 1
        self._keep(visits.unchanged(self._recall.brief(page), got, self._clock()))
        return True

    def _leave_out(self, page: Page) -> None:
        """A page that is no article of the source: what was remembered of it as one ends."""
        state = self._recall.states.get(page.public)
        if state is None or state.gone_since is not None or self._moves(self._recall.visit(page)):
            self._ledger.counts["listed only"] += 1
            self._visited.add(page.public)
            return
        self._keep(visits.left_out(self._recall.visit(page), self._watched.gauge.policies, self._clock()))

    def _met(self, outcome: PageOutcome) -> None:
        """What a page says is known from now on to those that are visited after it."""
        self._visited.add(outcome.state.page.public)
        self._duplicates.learn(outcome.state)
        self._replacing.taken(outcome)
        self._weighing.voices.learn(outcome.state, outcome.reading)

    def _keep(self, outcome: PageOutcome) -> None:
        self._ledger.keep(moving.distinct(outcome, self._store))
        self._met(outcome)
        if self._on_visited:
            self._on_visited(Progress(outcome.state.page, self._ledger.counts))
