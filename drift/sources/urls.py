"""A list of web addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drift.model import Page
from drift.model.errors import InputError
from drift.sources.selection import EVERYTHING, Listing, Selection
from drift.sources.url import wrong_with


class Urls(Listing):
    """The pages at some http(s) addresses, each once, in the order given."""

    name = "urls"
    closed = True

    def __init__(self, addresses: Iterable[str], *, selection: Selection = EVERYTHING) -> None:
        """Raises InputError with every address that is malformed, carries a password, or is not http(s)."""
        super().__init__(selection)
        self._addresses = tuple(addresses)
        if problems := [problem for address in self._addresses if (problem := wrong_with(address))]:
            raise InputError(problems)

    def _listed(self) -> Iterator[Page]:
        yield from map(Page, self._addresses)
