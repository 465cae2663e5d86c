"""What holds of any passes over any site, whatever fails on the way: the carrier is made up, all else is real."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tries import tries

from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.model import NotModified, Page, Registry, Snapshot, Validators
from drift.model.errors import BlindReason, FetchError, StoreError, StoreFailure
from drift.model.memory import PageOutcome, Run
from drift.sources.watched import Urls
from drift.store import SqlStore
from drift.watch import ledger
from drift.watch.crawl import Pass
from drift.watch.looking import Gauge
from drift.watch.watched import Watched

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
PAGES = tuple(f"https://help.larkspur.example/{name}" for name in ("a", "b", "c", "d"))
TERMS = """\
- {term: window, says: Unused goods can be returned within 30 days of delivery., value: 30 days, bound: at most,
   topics: [return unused goods]}
"""
SAID = {
    "right": "You can return unused goods within 30 days of delivery.",
    "wrong": "You can return unused goods within 14 days of delivery.",
    "other": "You can return unused goods within 20 days of delivery.",
    "silent": "You can return unused goods.",
}
UNREAD = (BlindReason.TIMEOUT, BlindReason.FORBIDDEN, BlindReason.BOT_WALL, BlindReason.SERVER_ERROR)
SAYING = st.sampled_from(sorted(SAID))
GONE = st.just(BlindReason.NOT_FOUND)
MOMENT = st.tuples(*(st.one_of(SAYING, SAYING, GONE, st.sampled_from(UNREAD)) for _ in PAGES))
HISTORY = st.lists(MOMENT, min_size=1, max_size=4)
EXAMPLES = tries(8)


@dataclass
class MadeUp:
    """A carrier to whom every page says what it is told to say now."""

    says: dict[str, str | BlindReason] = field(default_factory=dict)

    def fetch(self, page: Page, validators: Validators | None = None, *, fresh: bool = False) -> Snapshot | NotModified:
        said = self.says[page.address]
        if isinstance(said, BlindReason):
            raise FetchError(said, transient=said in (BlindReason.TIMEOUT, BlindReason.SERVER_ERROR))
        body = f"# Goods\n\n{SAID[said]}\n".encode()
        version = Validators(hashlib.sha256(body).hexdigest())
        if validators == version and not fresh:
            return NotModified(page, version)
        return Snapshot(page, body, "text/markdown", etag=version.etag)


@dataclass
class Site:
    """A site that is watched with a store of its own, an hour from moment to moment."""

    store: SqlStore
    gauge: Gauge
    carrier: MadeUp = field(default_factory=MadeUp)
    now: datetime = START

    def crawl(self, stopped: Callable[[], bool] = lambda: False) -> Run:
        watched = Watched("help", Urls(PAGES), self.carrier, self.gauge, timedelta(days=7))
        return Pass(watched, self.store, lambda: self.now, stopped=stopped).run()

    def lives_through(self, history: Sequence[Sequence[str | BlindReason]]) -> None:
        for moment in history:
            self.becomes(moment)
            self.crawl()

    def becomes(self, moment: Sequence[str | BlindReason]) -> None:
        self.now += timedelta(hours=1)
        self.carrier.says = dict(zip(PAGES, moment, strict=True))

    def remembered(self) -> list[Any]:
        """All that must not hang on what was unreadable or killed on the way."""
        found = self.store.findings.find()
        versions = [[one.text for one in self.store.pages.versions(page)] for page in PAGES]
        return [found, [self.store.findings.history(one.id) for one in found], versions]


@pytest.fixture(scope="module")
def gauge(registry_of: Callable[..., Registry]) -> Gauge:
    return Gauge.of(Standard(registry_of(TERMS), date(2026, 11, 2), languages.load))


@pytest.fixture(scope="module")
def site(gauge: Gauge, new_store: Any) -> Callable[[], Any]:
    """A context that gives a new site."""

    @contextmanager
    def made() -> Iterator[Site]:
        with new_store() as store:
            yield Site(store, gauge)

    return made


@contextmanager
def failing(site: Site, batches: Sequence[bool]) -> Iterator[None]:
    """While it lasts the store writes a page at a time, and fails at those that say so, in order."""
    left, record = list(batches), site.store.record

    def broken(outcomes: Sequence[PageOutcome], run: Run | None = None) -> None:
        if outcomes and left and left.pop(0):
            raise StoreError(StoreFailure.FULL, "no room")
        record(outcomes, run)

    with patch.object(ledger, "BATCH", 1), patch.object(site.store, "record", broken):
        yield


@EXAMPLES
@given(HISTORY)
def test_the_same_pass_twice_writes_once(site: Any, history: list[Any]) -> None:
    with site() as twice, site() as once:
        once.lives_through(history)
        for moment in history:
            twice.becomes(moment)
            twice.crawl()
            before = twice.remembered()
            twice.crawl()
            assert twice.remembered() == before
        assert twice.remembered() == once.remembered()


@EXAMPLES
@given(HISTORY, st.data())
def test_unreadable_pages_change_nothing(site: Any, history: list[Any], data: st.DataObject) -> None:
    with site() as plain:
        plain.lives_through(history)
        before = plain.remembered()
        unread = data.draw(st.lists(st.tuples(*(st.sampled_from(UNREAD) for _ in PAGES)), min_size=1, max_size=3))
        plain.lives_through(unread)
        assert plain.remembered() == before


@EXAMPLES
@given(HISTORY, st.data())
def test_a_pass_that_was_killed_and_resumed_ends_as_one_that_was_not(
    site: Any, history: list[Any], data: st.DataObject
) -> None:
    """However often a pass dies, between pages or while it writes, the next ones make up for it."""
    with site() as whole, site() as broken:
        whole.lives_through(history)
        for moment in history:
            broken.becomes(moment)
            for batches in data.draw(st.lists(st.lists(st.booleans(), max_size=5), max_size=3)):
                with failing(broken, batches):
                    try:
                        broken.crawl()
                    except StoreError:
                        continue
            after = data.draw(st.integers(0, 9))
            asked: list[int] = []
            broken.crawl(stopped=lambda asked=asked, after=after: asked.append(1) or len(asked) > after)
            broken.crawl()
        assert broken.remembered() == whole.remembered()
