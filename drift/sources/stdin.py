"""Standard input, spelled `-`: one page whose bytes come through the pipe."""

from __future__ import annotations

from collections.abc import Iterator

from drift.model import Page

ARGUMENT = "-"


class StandardInput:
    """The one page on standard input. Its address is `-`."""

    name = "stdin"

    def __init__(self, text: str = ARGUMENT, published_as: str | None = None) -> None:
        self._page = Page(text, published_as)

    @staticmethod
    def accepts(text: str) -> bool:
        return text == ARGUMENT

    def pages(self) -> Iterator[Page]:
        yield self._page
