"""What a watch needs from the world: a store that remembers, and notifiers that tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from drift.model.alert import Delivery, DeliveryState, Event, Message, Reason
from drift.model.article import Page, Snapshot
from drift.model.finding import Finding, Note, PageState, Reading, Silence, State, Transition, Voice
from drift.model.memory import PageOutcome, Run, Version
from drift.model.ports import AnnotationMemory


class PageMemory(Protocol):
    """What is remembered of pages, by their public addresses."""

    def state(self, article: str) -> PageState | None:
        """What is remembered of a page, None where nothing is."""

    def states(self, source: str | None = None) -> dict[str, PageState]:
        """All pages of a source, or of all sources."""

    def some(self, articles: Sequence[str]) -> dict[str, PageState]:
        """What is remembered of some pages; pages of which nothing is are left out."""

    def readings(self, articles: Sequence[str]) -> dict[str, Reading]:
        """The last good readings of some pages; pages never read are left out."""

    def texts(self, source: str, policies: str, reader: str) -> dict[str, str]:
        """The texts of the pages of a source whose last reading is of these policies and this reader."""

    def said(self, source: str) -> dict[str, tuple[str, tuple[Voice, ...]]]:
        """What each page of a source said when it was last read, with the hash of that text; those gone as well."""

    def links(self, article: str) -> tuple[str, ...]:
        """The links that a crawl goes on from where a page was not read anew."""

    def duplicates(self, article: str) -> tuple[Page, ...]:
        """The other addresses of an article, which answer with its text."""

    def move(self, old: Page, new: Page, note: Note) -> bool:
        """Let what is remembered of a page be of another, which was a duplicate of it; False where it cannot be."""

    def forget(self, articles: Sequence[str]) -> None:
        """Forget pages that were never articles of their own."""

    def versions(self, article: str) -> tuple[Version, ...]:
        """The stored versions of a page, the oldest first."""

    def snapshot(self, version: Version) -> Snapshot:
        """The bytes of a version."""

    def newest(self, source: str | None = None) -> Iterator[tuple[PageState, Snapshot]]:
        """Every page that was ever read, with the snapshot of its newest version; recording meanwhile is allowed."""


class FindingMemory(Protocol):
    """The findings that are remembered, their history, notes to owners, and silences."""

    def get(self, finding: str) -> Finding | None:
        """A finding by its id."""

    def find(
        self,
        *,
        states: Collection[State] = (),
        policy: str | None = None,
        term: str | None = None,
        article: str | None = None,
        source: str | None = None,
    ) -> tuple[Finding, ...]:
        """The findings for which all that is given holds (any of the states)."""

    def on(self, articles: Sequence[str]) -> dict[str, tuple[Finding, ...]]:
        """The findings on some pages, by public address."""

    def history(self, finding: str) -> tuple[Transition, ...]:
        """What happened to a finding, in order."""

    def write(self, changed: Sequence[Finding], made: Sequence[Transition]) -> None:
        """Write findings that no visit to a page changed. Raises StoreError as `Store.record` does."""

    def notes(self, since: datetime | None = None, article: str | None = None) -> tuple[Note, ...]:
        """The notes of a page, or of all, from a time on."""

    def silence(self, silence: Silence) -> None:
        """Write a silence, new or changed."""

    def silences(self, at: datetime | None = None) -> tuple[Silence, ...]:
        """The silences that hold at a time, or all there ever were."""

    def hid(self, silence: str, times: int = 1) -> None:
        """Count what a silence kept from being sent."""


class RunLedger(Protocol):
    """What was read when, and what was left unfinished."""

    def start(self, source: str, kind: str, at: datetime, *, policies: str = "", reader: str = "") -> Run:
        """Write that a run began."""

    def beat(self, run: Run, at: datetime) -> None:
        """Write that a run is still alive."""

    def end(self, run: Run, at: datetime, counts: Mapping[str, int], failure: str = "") -> None:
        """Write that a run is over."""

    def unfinished(self, source: str, kind: str) -> Run | None:
        """The newest run of a source and kind if it was never ended: the one to resume."""

    def done(self, run: Run) -> frozenset[str]:
        """The public addresses of the pages that a run has recorded."""

    def last(self, count: int, source: str | None = None) -> tuple[Run, ...]:
        """The last runs, the newest first."""


class Outbox(Protocol):
    """What is to be said, and how far it is on its way."""

    def put(self, made: Sequence[Event]) -> int:
        """Write events that no visit to a page made; gives how many were not there yet."""

    def unsaid(self, made: Sequence[Event]) -> tuple[Event, ...]:
        """Those events whose keys were not written yet."""

    def waiting(self, notifier: str) -> tuple[Delivery, ...]:
        """All that waits for a notifier, in order; what is held is among it."""

    def notifiers(self) -> tuple[str, ...]:
        """The names of all that something waits for."""

    def begin(self, chosen: Sequence[Delivery], message: str, reason: Reason, at: datetime) -> None:
        """Write that deliveries are about to be sent, as one message."""

    def sent(self, chosen: Sequence[Delivery], at: datetime) -> None:
        """Write that a message arrived."""

    def failed(self, chosen: Sequence[Delivery], failure: str, next_attempt: datetime | None) -> None:
        """Write that a message did not arrive, and when it is tried again; None gives it up."""

    def retry(self, chosen: Sequence[Delivery]) -> None:
        """Let deliveries be tried at once, and for as long as new ones are."""

    def last_sent(self, notifier: str) -> int:
        """The id of the last delivery that arrived by a notifier, 0 where none did."""

    def last_said(self, reason: Reason) -> dict[str, datetime]:
        """When something was last to be said for a reason, by subject."""

    def find(
        self, *, state: DeliveryState | None = None, finding: str | None = None, most: int | None = None
    ) -> tuple[Delivery, ...]:
        """Deliveries for which all that is given holds, the newest first."""

    def get(self, delivery: int) -> Delivery | None:
        """A delivery by its id."""


class Store(Protocol):
    """What the watch remembers. Every method may raise StoreError, and then has written nothing."""

    @property
    def pages(self) -> PageMemory: ...

    @property
    def findings(self) -> FindingMemory: ...

    @property
    def runs(self) -> RunLedger: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def annotations(self) -> AnnotationMemory: ...

    def record(self, outcomes: Sequence[PageOutcome], run: Run | None = None) -> None:
        """Write what visits to pages left behind, at most one a page: all of it or nothing.

        Raises StoreError (CHANGED) where a finding changed meanwhile: read it, advance it and record again.
        """

    def leadership(self) -> AbstractContextManager[Callable[[], bool] | None]:
        """Lead all processes on this store while a block runs; None where another leads.

        What is given otherwise tells whether we still lead.
        """

    def turn(self, source: str, who: str, at: datetime) -> AbstractContextManager[Callable[[], bool]]:
        """Have a source for oneself while a block runs, as `who`; what is given tells whether we still have it.

        Raises BusyError, which names the other and since when it has it, where another has.
        """


class Notifier(Protocol):
    """One way to tell people."""

    @property
    def name(self) -> str:
        """As the settings have it."""

    def send(self, message: Message) -> None:
        """Send a message. Raises DeliveryError where it did not arrive, or nobody knows whether it did."""
