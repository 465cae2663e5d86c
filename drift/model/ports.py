"""What the flows need from the world; assembly decides which concrete thing stands behind each.

What only a watch needs, its store and its notifiers, is in `watch_ports`: a check pays for none of the nouns of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.archive import Kept
from drift.model.article import Article, NotModified, Page, Snapshot, Validators
from drift.model.responses import START, Response

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
