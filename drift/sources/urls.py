"""A list of web addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from drift.files.fields import about
from drift.files.keys import Addresses
from drift.model import Page
from drift.model.errors import InputError
from drift.sources.config import SourceMeans, WebConfig
from drift.sources.selection import EVERYTHING, ListedSource, Selection
from drift.sources.url import wrong_with


class UrlsConfig(WebConfig):
    """A list of pages."""

    kind: Literal["urls"]
    at: Annotated[Addresses, about("The addresses of the pages.", ["https://help.larkspur.example/wireless/unlock"])]

    def reach(self) -> tuple[str, ...]:
        return (self.published_as,) if self.published_as is not None else self.at

    def listed(self, means: SourceMeans, selection: Selection) -> Urls:  # noqa: ARG002 - the settings list them
        return Urls(self.at, selection=selection)


class Urls(ListedSource):
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
