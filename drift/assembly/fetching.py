"""Who fetches the pages of a check: files, and addresses where some are asked for."""

from __future__ import annotations

from typing import BinaryIO, Protocol

from drift.fetch.files import FileFetcher
from drift.fetch.gate import Gate
from drift.model import Page, Snapshot
from drift.model.ports import Clock, Fetcher


class Addressed(Fetcher, Protocol):
    """Fetches addresses, over connections that it keeps."""

    def close(self) -> None:
        """Close them."""


class Fetching(Fetcher):
    """Files for paths and standard input, a Client for addresses, made when the first address is asked for.

    Raises InputError for an `allow_private` that names no network.
    """

    def __init__(self, clock: Clock, allow_private: tuple[str, ...] = (), stdin: BinaryIO | None = None) -> None:
        self._clock = clock
        self._gate = Gate.opening(allow_private) if allow_private else None  # a client's own opens nothing private
        self._files = FileFetcher(clock, stdin)
        self._client: Addressed | None = None

    def fetch(self, page: Page) -> Snapshot:
        """The page as it is now. Raises FetchError with the class of failure."""
        if not page.address.lower().startswith(("http://", "https://")):
            return self._files.fetch(page)
        if self._client is None:
            from drift.fetch.client import Client  # httpx and TLS take half as long to import as a whole small check

            self._client = Client(self._clock, gate=self._gate)
        return self._client.fetch(page)

    def __enter__(self) -> Fetching:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()
