"""One source of several starts: two sitemaps, or two places a crawl begins at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drift.model import Article, Page
from drift.ports import WatchedSource


class Several:
    """Watched sources one after another as one, each address once: a page belongs to the source that named it first."""

    def __init__(self, sources: Iterable[WatchedSource]) -> None:
        self._sources = tuple(sources)
        self._named: dict[str, WatchedSource] = {}

    def pages(self) -> Iterator[Page]:
        """The pages not yet named. Raises what a source raises: where one cannot be read, no page is called gone."""
        for source in self._sources:
            for page in source.pages():
                if page.address not in self._named:
                    self._named[page.address] = source
                    yield page

    def seen(self, article: Article) -> None:
        self._named[article.page.address].seen(article)

    def selects(self, page: Page) -> bool:
        return self._named[page.address].selects(page)

    @property
    def whole(self) -> bool:
        return all(source.whole for source in self._sources)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(note for source in self._sources for note in source.notes))
