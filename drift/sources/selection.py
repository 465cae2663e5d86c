"""Which pages of a source are its articles."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from drift.model import Article, Page


@dataclass(frozen=True, slots=True)
class Selection:
    """Globs of addresses: a page is taken that one of `include` means and none of `exclude`; all where none is given.

    A glob means the address a page is published under, or its path where it is a file; '*' crosses '/'.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def excludes(self, page: Page) -> bool:
        return any(page.lies_under(glob) for glob in self.exclude)

    def names(self, page: Page) -> bool:
        """Whether a glob of `include` means the page."""
        return any(page.lies_under(glob) for glob in self.include)

    def takes(self, page: Page) -> bool:
        return (not self.include or self.names(page)) and not self.excludes(page)


EVERYTHING = Selection()


class Listing(ABC):
    """A source that knows its pages without reading them. One object a pass (`drift.ports.WatchedSource`)."""

    def __init__(self, selection: Selection = EVERYTHING) -> None:
        self._selection = selection
        self._left: Iterator[Page] | None = None
        self._whole = False
        self._missed = False
        self._notes: list[str] = []

    def pages(self) -> Iterator[Page]:
        """The pages that were not named yet, each once."""
        if self._left is None:
            self._left = self._chosen()
        return self._left

    def seen(self, article: Article) -> None:  # noqa: ARG002 - other sources learn from it
        """An article says nothing of the pages of a list."""
        return

    def selects(self, page: Page) -> bool:
        return self._selection.takes(page)

    @property
    def whole(self) -> bool:
        return self._whole

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._notes)

    @abstractmethod
    def _listed(self) -> Iterator[Page]:
        """Every page, in a stable order. What cannot be listed is noted with `_incomplete`."""

    def _incomplete(self, note: str) -> None:
        self._notes.append(note)
        self._missed = True

    def _chosen(self) -> Iterator[Page]:
        met: set[str] = set()
        taken = 0
        for page in self._listed():
            if page.address not in met:
                met.add(page.address)
                if self._selection.takes(page):
                    taken += 1
                    yield page
        if met and not taken:
            self._notes.append(f"none of its {len(met)} pages is selected")
        self._whole = not self._missed
