"""Which pages of a source are its articles."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from drift.model import Article, Page
from drift.sources.addresses import too_long
from drift.sources.published import Site

MOST_TOLD = 20  # pages of one kind that are told by name


@dataclass(frozen=True, slots=True)
class Selection:
    """Globs of addresses: a page is taken that one of `include` means and none of `exclude`; all where none is given.

    A glob means the address a page is published under, or its path where it is a file; '*' crosses '/'. `site` says
    under which address a page of the web is published.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    site: Site | None = None

    def excludes(self, page: Page) -> bool:
        page = self.published(page)
        return any(page.lies_under(glob) for glob in self.exclude)

    def names(self, page: Page) -> bool:
        """Whether a glob of `include` means the page."""
        page = self.published(page)
        return any(page.lies_under(glob) for glob in self.include)

    def published(self, page: Page) -> Page:
        """The page under its public address."""
        return self.site.published(page) if self.site else page

    def takes(self, page: Page) -> bool:
        return (not self.include or self.names(page)) and not self.excludes(page)


EVERYTHING = Selection()


class ListedSource(ABC):
    """A source that knows its pages without reading them. One object a pass (`drift.model.ports.WatchedSource`).

    Of a `closed` one its owner names every page: one that is named no more was taken out.
    """

    follows = False
    closed = False
    trapped = 0

    def __init__(self, selection: Selection = EVERYTHING) -> None:
        self._selection = selection
        self._left: Iterator[Page] | None = None
        self._met: set[str] = set()
        self._whole = False
        self._missed = False
        self._unread = 0
        self._notes: list[str] = []

    def pages(self) -> Iterator[Page]:
        """The pages that were not named yet, each once."""
        if self._left is None:
            self._left = self._chosen()
        return self._left

    def seen(self, article: Article, *, duplicate: bool = False) -> None:  # noqa: ARG002 - other sources learn from it
        """An article says nothing of the pages of a list."""
        return

    def better(self, article: Article, final_url: str | None) -> Page | None:  # noqa: ARG002 - as above
        """Whoever made a list knows under which address an article is to be known."""
        return None

    def selects(self, page: Page) -> bool:
        left_out = self.closed and self._whole and page.address not in self._met
        return not left_out and self._selection.takes(page)

    @property
    def whole(self) -> bool:
        return self._whole

    @property
    def unread(self) -> int:
        return self._unread

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._notes)

    @abstractmethod
    def _listed(self) -> Iterator[Page]:
        """Every page, in a stable order. What cannot be listed is noted with `_incomplete`."""

    def _incomplete(self, note: str) -> None:
        """Tell of a part that is not listed, and count it."""
        self._notes.append(note)
        self._missed = True
        self._unread += 1

    def _not_read(self, what: str) -> None:
        """Tell of one thing listed that cannot even be asked for, and count it; of many the first are told by name."""
        self._missed = True
        self._unread += 1
        if self._unread <= MOST_TOLD:
            self._notes.append(f"not read: {what}")

    def _chosen(self) -> Iterator[Page]:
        taken = 0
        for page in self._listed():
            if page.address in self._met:
                continue
            self._met.add(page.address)
            if not self._selection.takes(page):
                continue
            taken += 1
            page = self._selection.published(page)
            if (why := too_long(page)) is None:
                yield page
            else:
                self._not_read(why)
        if self._unread > MOST_TOLD:
            self._notes.append(f"not read for such reasons: {self._unread - MOST_TOLD} more pages")
        if self._met and not taken:
            self._notes.append(f"none of its {len(self._met)} pages is selected")
        self._whole = not self._missed
