"""A site that is read at one address and published under another: a staging host, a mirror, an origin server."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from drift.model import Page, foreign


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
