"""What the flows need from the world; assembly decides which concrete thing stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from drift.model.responses import START, Response

if TYPE_CHECKING:  # the nouns of a watch cost a check 13 ms, and it needs none
    from drift.model import (
        Article,
        Finding,
        Kept,
        Note,
        NotModified,
        Page,
        PageOutcome,
        PageState,
        Reading,
        Run,
        Silence,
        Snapshot,
        State,
        Transition,
        Validators,
        Version,
        Voice,
    )
    from drift.model.alert import Delivery, DeliveryState, Event, Message, Reason
    from drift.model.annotation import Annotation, RuleQuestion, Unanswered

Clock = Callable[[], datetime]  # the time now, in UTC
Sleep = Callable[[float], None]  # seconds


class Source(Protocol):
    """A place articles come from."""

    def pages(self) -> Iterator[Page]:
        """The pages of this source, each once, in a stable order.

        Raises InputError where the source itself is wrong (no such folder, a malformed address).
        """


class Fetcher(Protocol):
    """Gets the bytes of pages."""

    def fetch(self, page: Page) -> Snapshot:
        """The page as it is now. Raises FetchError with the class of failure."""


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


class AnnotationMemory(Protocol):
    """What annotators answered, so that no question is asked twice."""

    def known(self, questions: Sequence[str], model: str, prompt: str) -> dict[str, Annotation]:
        """What was answered to some questions, by their keys, by a model to a version of the words."""

    def useless(self, questions: Sequence[str], model: str, prompt: str, since: datetime) -> frozenset[str]:
        """Those of some questions that got an answer of no use since a time."""

    def keep(self, answer: Annotation | Unanswered, model: str, prompt: str, at: datetime) -> None:
        """Write what came of a question; an answer of no use takes the place of none that was."""

    def spent(self, since: datetime) -> tuple[int, int]:
        """How many questions were answered since a time, usefully or not, and how many tokens they took."""


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


class Carrier(Protocol):
    """Gets pages for a watch: politely, and only what is new."""

    def fetch(self, page: Page, validators: Validators | None = None, *, fresh: bool = False) -> Snapshot | NotModified:
        """The page, or that it is still what `validators` name; with `fresh`, past every cache on the way.

        Raises FetchError with the class of failure.
        """


class Library(Protocol):
    """Gets what sources read to learn of pages."""

    def document(self, address: str) -> bytes:
        """The bytes at an address, whatever their media; those of a gzip file unpacked. Raises FetchError."""

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """The sitemaps that the host of an address names in its robots.txt. Raises FetchError."""


class Archive(Protocol):
    """Snapshots of the past, each with its date."""

    @property
    def total(self) -> int:
        """How many there are, at most."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was passed over, in words; known in full once `kept` has ended."""

    def kept(self) -> Iterator[Kept]:
        """The snapshots, those of one page in the order of their dates. May be asked for again.

        Raises InputError where the archive cannot be read any more.
        """


class WatchedSource(Protocol):
    """A place articles come from, for one pass over it: one object a pass.

    A loop over `pages()` that hands every article read to `seen` meets every page once. A source of which articles
    are read ahead may have become longer once `pages()` has ended: it is then asked for `pages()` again, and goes on
    where it ended, until it names none.
    """

    def pages(self) -> Iterator[Page]:
        """The pages known by now and not yet named, in a stable order.

        Raises InputError where the source is wrong, and FetchError where it cannot be read: then nothing is known of
        its pages, least of all that they are gone.
        """

    def seen(self, article: Article, *, duplicate: bool = False) -> None:
        """Learn from an article, of one of the pages or of one that an earlier pass named.

        One that is a `duplicate` says what another page of the source says.
        """

    def better(self, article: Article, final_url: str | None) -> Page | None:
        """The page under which an article says that it is to be known, or to which its address leads.

        None where that is its own, or none of this source. Whether it is the same article is for the caller to see: it
        may be none at all, and is one of `pages` from now on.
        """

    def selects(self, page: Page) -> bool:
        """Whether a page is an article of this source, and was not only named for the links on it.

        Asked too of pages that an earlier pass named and this one does not: those that the source itself leaves out are
        not selected.
        """

    @property
    def follows(self) -> bool:
        """Whether it learns of pages from the links of others."""

    @property
    def whole(self) -> bool:
        """Whether every page of the source was named. Only then is one that it names no longer gone from it."""

    @property
    def unread(self) -> int:
        """How many of the things it lists cannot even be asked for: entries that are no address, lists that are broken.

        They are told in `notes`.
        """

    @property
    def trapped(self) -> int:
        """How many addresses were not asked for in this pass, because others without end are made like them."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What its owner should know of this pass, in words: limits that were reached, parts that were passed over."""


class Http(Protocol):
    """Sends bytes to an address, once, through the gate."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float, *, most: int = START) -> Response:
        """The answer, whatever its status, with at most so many bytes of its body.

        `timeout` is for all of it, in seconds; redirects are not followed.

        Raises DeliveryError where there was no answer. The address may be a secret: it is in no error.
        """


class Hidden(Protocol):
    """A secret of the settings."""

    @property
    def value(self) -> str: ...


class Notifier(Protocol):
    """One way to tell people."""

    @property
    def name(self) -> str:
        """As the settings have it."""

    def send(self, message: Message) -> None:
        """Send a message. Raises DeliveryError where it did not arrive, or nobody knows whether it did."""


class Annotator(Protocol):
    """Answers which rule a sentence states: a language model, a program, or a file of answers."""

    @property
    def model(self) -> str:
        """Who answers, as it stands with the answers: 'llama3.1:8b'."""

    @property
    def prompt(self) -> str:
        """The version of the words in which it is asked. Another model or prompt is another annotator."""

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        """One for each question, as they come; what was given is never given again.

        Raises AnnotatorError where no further question would be answered: those not given yet are unanswered.
        """
