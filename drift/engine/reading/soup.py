"""Trees of HTML as pages hold it, parsed by Beautiful Soup on lxml. Importing both takes longer than a small check."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder

from drift.engine.reading.tree import Tree
from drift.model.errors import BlindReason, ReadingError


def build(text: str, *, keep_menus: bool = False) -> Tree:
    """The readable tree of an HTML text. Menus are junk unless `keep_menus`.

    Raises ReadingError (TOO_LARGE, UNREADABLE).
    """
    builder = _TreeBuilder(keep_menus=keep_menus)
    try:
        # A short text without markup would be mistaken for the name of a file.
        BeautifulSoup(text if "<" in text else StringIO(text), builder=builder)
    except ParserRejectedMarkup as error:
        raise ReadingError(BlindReason.UNREADABLE, "the HTML parser gave up") from error
    return builder


class _TreeBuilder(Tree, LXMLTreeBuilder):  # type: ignore[misc]  # HTML has no namespaces, which `start` would take
    """Grows a tree where Beautiful Soup would make tags: making its own takes two thirds of the time of reading."""

    def __init__(self, *, keep_menus: bool) -> None:
        LXMLTreeBuilder.__init__(self, multi_valued_attributes=None)
        Tree.__init__(self, keep_menus=keep_menus)

    def feed(self, markup: Any) -> None:
        super().feed(markup)
        self.finish()

    # What bs4 passes to guess an encoding by is not looked at, whatever it is called.
    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[Any]:  # type: ignore[override]  # all but one go unused
        """The text is decoded already: there is nothing to guess."""
        yield markup, None, None, False

    def comment(self, text: Any) -> None:
        """Comments are not read."""

    def pi(self, target: Any, data: Any) -> None:
        """Processing instructions are not read."""

    def doctype(self, name: Any, pubid: Any, system: Any) -> None:
        """Nor is the doctype."""
