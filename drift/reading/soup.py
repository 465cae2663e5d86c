"""A Beautiful Soup tree that holds what can be read, and no more.

Nine tenths of a real page are scripts, icons, menus and attributes nobody reads, and nearly all of Beautiful Soup's
time goes into building nodes. This builder leaves those out while it parses, counts text and linked text as it
goes, and keeps aside what has a place of its own: links, JSON-LD, whether there were scripts.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from typing import Any, Self

from bs4 import BeautifulSoup, NavigableString
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Tag

from drift.errors import BlindReason, ReadingError
from drift.reading import vocabulary as v

# A node costs about 1 kB, and real pages of 200 kB hold 2,000 to 6,000 elements: this bounds memory near 400 MB.
LARGEST_TREE = 250_000

_NOTED = frozenset(("html", "title", "meta", "link", "time", "main", "article"))
_ARTICLES = frozenset(("main", "article", "section"))


class Element(Tag):
    """A tag that knows how much text it holds, how much of that is linked by how many links, and whether it stands
    within an article, a main element or a section.

    Holds only what the reader walks by (name, attrs, contents): setting up the rest of a `Tag` is two thirds of the
    time of building a tree, and without links upwards a tree that was read is freed at once.
    """

    def __init__(self, name: str, attrs: dict[str, str]) -> None:
        self.name = name
        self.attrs = attrs  # one value an attribute: classes are not split
        self.parent = None
        self.prefix = self.namespace = None
        self.hidden = False
        self.contents = []
        self.chars = 0
        self.linked = 0
        self.links = 0
        self.within = False


class Text(NavigableString):
    """A string of the tree, without the links to its neighbours that nobody follows here."""

    def __new__(cls, value: str) -> Self:
        return str.__new__(cls, value)


_SPACE = Text(" ")
_NEWLINE = Text("\n")


class Builder(LXMLTreeBuilder):
    """Feeds a soup with the readable part of a page. One page each."""

    def __init__(self, *, keep_menus: bool = False) -> None:
        super().__init__(multi_valued_attributes=None)
        self._junk = v.JUNK - {"nav"} if keep_menus else v.JUNK
        self._junk_roles = frozenset[str]() if keep_menus else v.JUNK_ROLES
        self.links: list[str] = []
        self.noted: list[Element] = []  # elements that tell about the page, in document order
        self.structured: list[str] = []
        self.scripts = 0  # JSON-LD not counted
        self.base: str | None = None
        self._open: list[Element | None] = []  # None: an element without a node of its own
        self._skipped = 0  # depth inside a junk subtree
        self._keeping = False  # inside a JSON-LD script
        self._text = 0
        self._linked = 0
        self._in_links = 0
        self._articles = 0
        self._nodes = 0
        self._tops: list[Tag] = []
        self._pieces: list[str] = []

    def feed(self, markup: Any) -> None:
        assert self.soup is not None
        self._tops = [self.soup]
        super().feed(markup)
        if self._pieces:
            self._flush()

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[Any]:  # type: ignore[override]
        """The text is decoded already: there is nothing to guess."""
        yield markup, None, None, False

    def start(self, tag: Any, attrib: Any, nsmap: Any = None) -> None:  # noqa: ARG002 (HTML has no namespaces)
        if self._skipped:
            self._skipped += 1
            if tag == "a":
                self._link(attrib)
            return
        if tag in self._junk or (attrib and attrib.get("role") in self._junk_roles):
            self._skip(tag, attrib)
            return
        if tag in v.PLAIN_INLINE and not (attrib and _matters(attrib)):
            self._open.append(None)
            return
        if self._pieces:
            self._flush()
        self._nodes += 1
        if self._nodes > LARGEST_TREE:
            raise ReadingError(BlindReason.TOO_LARGE, f"more than {LARGEST_TREE:,} elements")
        kept = {key: value for key, value in attrib.items() if key in v.ATTRIBUTES} if attrib else {}
        element = Element(tag, kept)
        element.chars, element.linked, element.links = -self._text, -self._linked, -len(self.links)
        element.within = self._articles > 0
        self._tops[-1].contents.append(element)
        self._open.append(element)
        self._tops.append(element)
        if tag in _NOTED or kept.get("role") == "main":
            self.noted.append(element)
        if tag == "a" and "href" in kept:
            self._link(kept)
            self._in_links += 1
        elif tag in _ARTICLES:
            self._articles += 1
        elif tag == "base":
            self.base = self.base or kept.get("href")

    def end(self, tag: Any) -> None:
        if self._skipped:
            self._skipped -= 1
            self._keeping = self._keeping and self._skipped > 0
            return
        element = self._open.pop() if self._open else None
        if element is None:
            return
        if self._pieces:
            self._flush()
        element.chars += self._text
        element.linked += self._linked
        element.links += len(self.links)
        if tag == "a" and "href" in element.attrs:
            self._in_links -= 1
        elif tag in _ARTICLES:
            self._articles -= 1
        self._tops.pop()

    def data(self, data: Any) -> None:
        if self._skipped:
            if self._keeping:
                self.structured[-1] += data
            return
        self._pieces.append(data)

    def comment(self, text: Any) -> None:
        """Comments are not read."""

    def pi(self, target: Any, data: Any) -> None:
        """Processing instructions are not read."""

    def doctype(self, name: Any, pubid: Any, system: Any) -> None:
        """Nor is the doctype."""

    def discard(self) -> None:
        """Free the tree, which has been read."""
        self.noted.clear()
        if self.soup is not None:
            self.soup.contents.clear()

    def _skip(self, tag: str, attrib: Mapping[str, str]) -> None:
        self._skipped = 1
        if tag == "script":
            if attrib.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
                self.structured.append("")
                self._keeping = True
            else:
                self.scripts += 1

    def _link(self, attrib: Mapping[str, str]) -> None:
        if href := attrib.get("href"):
            self.links.append(href)

    def _flush(self) -> None:
        """Hang the text seen since the last tag into the tree."""
        text = "".join(self._pieces)
        self._pieces.clear()
        if text.isspace():
            self._tops[-1].contents.append(_NEWLINE if "\n" in text else _SPACE)
            return
        self._text += len(text)
        if self._in_links:
            self._linked += len(text)
        self._tops[-1].contents.append(Text(text))


def _matters(attrib: Mapping[str, str]) -> bool:
    """Whether an inline element's attributes say more than how it looks."""
    for key, value in attrib.items():
        if key in ("id", "hidden", "role", "itemprop", "itemtype", "aria-controls", "datetime"):
            return True
        if key == "style" and "none" in value:
            return True
        if key == "class" and ("hid" in value or "sr-only" in value or "screen-reader" in value or "quest" in value):
            return True
    return False


@contextmanager
def collector_off() -> Iterator[None]:
    """A tree being built and read is no garbage: looking for some takes a third of the time of reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def build(text: str, *, keep_menus: bool = False) -> tuple[BeautifulSoup, Builder]:
    """The readable tree of an HTML text, and what its builder kept aside. Menus are junk unless `keep_menus`.

    Raises ReadingError (TOO_LARGE, UNREADABLE).
    """
    builder = Builder(keep_menus=keep_menus)
    try:
        soup = BeautifulSoup(StringIO(text), builder=builder)  # a file: a short text is not mistaken for a name
    except ParserRejectedMarkup as error:
        raise ReadingError(BlindReason.UNREADABLE, "the HTML parser gave up") from error
    return soup, builder
