"""One Fetcher for every page: the web for http(s) addresses, this machine for everything else."""

from __future__ import annotations

from collections.abc import Callable

from drift.model import Page, Snapshot
from drift.ports import Fetcher


class ByAddress:
    """Sends a page to the fetcher that its address is for. The web one is made when the first page needs it."""

    def __init__(self, files: Fetcher, web: Callable[[], Fetcher]) -> None:
        self._files = files
        self._make_web = web
        self._web: Fetcher | None = None

    def fetch(self, page: Page) -> Snapshot:
        """The page as it is now. Raises what the fetcher behind it raises."""
        if not is_web(page):
            return self._files.fetch(page)
        if self._web is None:
            self._web = self._make_web()
        return self._web.fetch(page)


def is_web(page: Page) -> bool:
    """Whether a page is spelled as an http(s) address."""
    return page.address.lower().startswith(("http://", "https://"))
