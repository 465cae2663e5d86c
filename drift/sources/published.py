"""A site that is read at one address and published under another: a staging host, a mirror, an origin server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from drift.model import Article, Page, foreign
from drift.model.ports import WatchedSource


@dataclass(frozen=True, slots=True)
class Site:
    """The hosts a site is read from ('http://10.20.0.5:8080/hc/'), and the address it is published under.

    What follows the host is the same in both; `published_as` may put a folder before it.
    """

    at: tuple[str, ...]
    published_as: str

    def published(self, page: Page) -> Page:
        """The page with its public address; one of another host, or one that has it already, as it is."""
        parts = foreign.parts(page.address)
        if page.published_as is not None or parts is None:
            return page
        if parts.netloc not in {urlsplit(start).netloc for start in self.at}:
            return page
        query = f"?{parts.query}" if parts.query else ""
        return Page(page.address, f"{self.published_as.rstrip('/')}{parts.path or '/'}{query}")


class Published:
    """A watched source whose pages carry the address they are published under."""

    def __init__(self, source: WatchedSource, site: Site) -> None:
        self._source = source
        self._site = site

    def pages(self) -> Iterator[Page]:
        yield from map(self._site.published, self._source.pages())

    def seen(self, article: Article, *, duplicate: bool = False) -> None:
        self._source.seen(article, duplicate=duplicate)

    def better(self, article: Article, final_url: str | None) -> Page | None:
        named = self._source.better(article, final_url)
        return self._site.published(named) if named else None

    def selects(self, page: Page) -> bool:
        return self._source.selects(page)

    @property
    def follows(self) -> bool:
        return self._source.follows

    @property
    def whole(self) -> bool:
        return self._source.whole

    @property
    def unread(self) -> int:
        return self._source.unread

    @property
    def trapped(self) -> int:
        return self._source.trapped

    @property
    def notes(self) -> tuple[str, ...]:
        return self._source.notes
