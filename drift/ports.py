"""What the flows need from the world; assembly decides which concrete thing stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from drift.model import Page, Snapshot

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
