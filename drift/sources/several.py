"""One source of several starts: two sitemaps, or two places a crawl begins at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drift.model import Article, Page
from drift.model.errors import FetchError
from drift.model.ports import WatchedSource


class Several:
    """Watched sources one after another as one, each address once: a page belongs to the source that named it first."""

    def __init__(self, sources: Iterable[WatchedSource]) -> None:
        self._sources = tuple(sources)
        self._named: dict[str, WatchedSource] = {}

    def pages(self) -> Iterator[Page]:
        """The pages not yet named. Where a source cannot be read the others are, and then what it raised is raised."""
        failure: FetchError | None = None
        for source in self._sources:
            try:
                for page in source.pages():
                    if page.address not in self._named:
                        self._named[page.address] = source
                        yield page
            except FetchError as error:
                failure = failure or error
        if failure:
            raise failure

    def seen(self, article: Article, *, duplicate: bool = False) -> None:
        """Show an article to the source that named its page; to all of them where none did in this pass."""
        source = self._named.get(article.page.address)
        for each in (source,) if source else self._sources:
            each.seen(article, duplicate=duplicate)

    def better(self, article: Article, final_url: str | None) -> Page | None:
        source = self._named.get(article.page.address)
        return source.better(article, final_url) if source else None

    def selects(self, page: Page) -> bool:
        source = self._named.get(page.address)
        return source.selects(page) if source else any(each.selects(page) for each in self._sources)

    @property
    def follows(self) -> bool:
        return any(source.follows for source in self._sources)

    @property
    def whole(self) -> bool:
        return all(source.whole for source in self._sources)

    @property
    def unread(self) -> int:
        return sum(source.unread for source in self._sources)

    @property
    def trapped(self) -> int:
        return sum(source.trapped for source in self._sources)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(note for source in self._sources for note in source.notes))
