"""The pages that a pass visits, in order, each once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from drift.model import Article, Page, faults
from drift.model.errors import FetchError
from drift.model.finding import PageState
from drift.model.ports import WatchedSource


class Frontier:
    """The way of one pass through a source.

    `states` are the pages that are remembered of the source, `done` the public addresses of those that this run had
    visited before it was resumed, `links` gives the links that are remembered of one. `failure` tells why the source
    could not be read, and is '' where it could.
    """

    def __init__(
        self,
        source: WatchedSource,
        states: Mapping[str, PageState],
        done: Collection[str],
        links: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._source = source
        self._states = states
        self._done = done
        self._links = links
        self._met: set[str] = set()
        self._coming: Iterator[Page] = iter(())
        self.failure = ""

    @property
    def length(self) -> int:
        """How many pages the source has named."""
        return len(self._met)

    def named(self) -> Page | None:
        """The next page that the source names, None if there is none for now: articles seen may lead to more.

        Raises InputError where the source is wrong.
        """
        while (page := self._next()) is not None:
            if page.public in self._met:
                continue
            self._met.add(page.public)
            if page.public not in self._done or not self._reminded(page):
                return page
        return None

    def _reminded(self, page: Page) -> bool:
        """Whether the source could be shown a page that was visited before: one that it fails on is visited again."""
        try:
            with faults.contained(page.public):
                self.remind(page)
        except FetchError:
            return False
        return True

    def remind(self, page: Page) -> None:
        """Show the source the links of a page that is not read now, so that it goes on from them."""
        if self._source.follows:
            state = self._states.get(page.public)
            links = self._links(page.public) if state is not None else ()
            article = Article(page, None, None, (), links=links)
            self._source.seen(article, duplicate=state is not None and state.duplicate)

    def unnamed(self) -> list[PageState]:
        """The pages that are remembered and were not named: still live perhaps, and wrong perhaps.

        What a source names that follows links hangs on what could be read of it, so its pages that are gone are among
        them: they may be back.
        """
        return [
            state
            for public, state in self._states.items()
            if public not in self._met
            and public not in self._done
            and (state.gone_since is None or self._source.follows)
        ]

    def _next(self) -> Page | None:
        if self.failure:
            return None
        try:
            with faults.contained("the source"):
                page = next(self._coming, None)
                if page is None:  # the source may have become longer meanwhile
                    self._coming = self._source.pages()
                    page = next(self._coming, None)
                return page
        except FetchError as failure:  # the pages that are remembered are visited all the same
            self.failure = str(failure)
            return None
