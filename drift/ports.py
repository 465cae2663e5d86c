"""What the flows need from the world; assembly decides which concrete thing stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from drift.model import Article, NotModified, Page, Snapshot, Validators

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

    def seen(self, article: Article) -> None:
        """Learn from an article of one of the pages."""

    def selects(self, page: Page) -> bool:
        """Whether a page is an article of this source, and was not only named for the links on it.

        Asked once its article was seen: a crawl may have learned that it is another page's double.
        """

    @property
    def whole(self) -> bool:
        """Whether every page of the source was named. Only then is one that it names no longer gone from it."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What its owner should know of this pass, in words: limits that were reached, parts that were passed over."""
