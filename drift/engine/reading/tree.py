"""The tree the reader walks, which holds what can be read and no more.

Nine tenths of a real page are scripts, icons, menus and attributes nobody reads, and nearly all of the time of
reading goes into building nodes. A tree leaves those out while it grows, counts text and linked text as it goes, and
keeps aside what has a place of its own: links, JSON-LD, whether there were scripts.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from drift.engine.reading import vocabulary as v
from drift.engine.reading.seams import apart
from drift.model.errors import BlindReason, ReadingError

# A node costs about 1 kB, and real pages of 200 kB hold 2,000 to 6,000 elements: this bounds memory near 400 MB.
LARGEST_TREE = 250_000

# An unlinked stretch of text as long as this is a sentence: dates, counts and separators beside links are shorter.
LEAST_SENTENCE = 60

_NOTED = frozenset(("html", "title", "meta", "link", "time", "main", "article"))
_ARTICLES = frozenset(("main", "article", "section"))
# What an inline element's style or class holds where it says more than how the element looks (`hiding` says what).
_TELLING_STYLE = re.compile(r"none|hidden|through|clip|:\s*-\d\d\d|font-size\s*:\s*0", re.IGNORECASE)
_TELLING_CLASS = re.compile(r"hid|screen|sr-only|d-none|quest|strike|struck|through|crossed|price", re.IGNORECASE)
_END, _START = 2, 1  # of an inline element
_SIBLINGS = _END | _START
_NEARBY = 4  # stretches of text before a seam that are looked at: parsers cut text at character references


class Element:
    """An element that knows how much text it holds, how much of that is linked by how many links, whether it stands
    within an article, a main element or a section, and which signs of an article stand in it: `mains` counts main
    elements, `signs` those, headings of level 1 and sentences outside of links.

    `contents` are elements and strings; there are no links upwards, so that a tree that was read is freed at once.
    """

    __slots__ = ("attrs", "chars", "contents", "linked", "links", "mains", "name", "signs", "within")

    def __init__(self, name: str, attrs: dict[str, str]) -> None:
        self.name = name
        self.attrs = attrs  # one value an attribute: classes are not split
        self.contents: list[Element | str] = []
        self.chars = 0
        self.linked = 0
        self.links = 0
        self.mains = 0
        self.signs = 0
        self.within = False

    @property
    def prose(self) -> int:
        """How much of the text is not linked."""
        return self.chars - self.linked


class Tree:
    """Grows by what a parser meets: `start`, `end` and `data` in document order, then `finish`. One page each.

    Menus are junk unless `keep_menus`.
    """

    def __init__(self, *, keep_menus: bool = False) -> None:
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
        self._mains = 0
        self._signs = 0  # main elements not counted
        self._nodes = 0
        self._root = Element("", {})
        self._tops = [self._root]
        self._pieces: list[str] = []
        self._seam = 0  # the tags of inline elements since the last text
        self._before = ""  # the end of the text before them, where it is not in `_pieces`; '' where a block began

    @property
    def roots(self) -> list[Element]:
        """The outermost elements; in a whole document there is one."""
        return [element for element in self._root.contents if isinstance(element, Element)]

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            if tag == "a":
                self._link(attrib)
            return
        if tag in self._junk or (attrib and attrib.get("role") in self._junk_roles):
            self._skip(tag, attrib)
            return
        if (tag in v.PLAIN_INLINE and not (attrib and _matters(attrib))) or tag == "head":
            self._seam |= _START
            self._open.append(None)  # a head whose end is left out holds the whole body, where libxml2 knows no better
            return
        if self._pieces:
            self._flush()
        if tag in v.FLOWING:
            self._seam |= _START
        else:
            self._before = ""
        self._nodes += 1
        if self._nodes > LARGEST_TREE:
            raise ReadingError(BlindReason.TOO_LARGE, f"more than {LARGEST_TREE:,} elements")
        kept = {key: value for key, value in attrib.items() if key in v.ATTRIBUTES} if attrib else {}
        element = Element(tag, kept)
        element.chars, element.linked, element.links = -self._text, -self._linked, -len(self.links)
        element.mains, element.signs = -self._mains, -self._signs
        element.within = self._articles > 0
        self._tops[-1].contents.append(element)
        self._open.append(element)
        self._tops.append(element)
        if tag in _NOTED or kept.get("role") == "main":
            self.noted.append(element)
            self._mains += tag == "main" or kept.get("role") == "main"
        elif tag == "h1":
            self._signs += 1
        if tag == "a" and "href" in kept:
            self._link(kept)
            self._in_links += 1
        elif tag in _ARTICLES:
            self._articles += 1
        elif tag == "base":
            self.base = self.base or kept.get("href")

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            self._keeping = self._keeping and self._skipped > 0
            return
        element = self._open.pop() if self._open else None
        self._seam |= _END
        if element is None:
            return
        if self._pieces:
            self._flush()
        if tag not in v.FLOWING:
            self._before = ""
        element.chars += self._text
        element.linked += self._linked
        element.links += len(self.links)
        element.mains += self._mains
        element.signs += self._signs + element.mains
        if tag == "a" and "href" in element.attrs:
            self._in_links -= 1
        elif tag in _ARTICLES:
            self._articles -= 1
        self._tops.pop()

    def data(self, data: str) -> None:
        if self._skipped:
            if self._keeping:
                self.structured[-1] += data
            return
        if self._seam:
            before = "".join(self._pieces[-_NEARBY:]) or self._before
            if before and apart(before, data, siblings=self._seam == _SIBLINGS):
                self._pieces.append(" ")
            self._seam = 0
        self._pieces.append(data)

    def finish(self) -> None:
        """The parser has met everything."""
        if self._pieces:
            self._flush()

    def discard(self) -> None:
        """Free the tree, which has been read."""
        self.noted.clear()
        self._root.contents.clear()

    def _skip(self, tag: str, attrib: Mapping[str, str]) -> None:
        self._skipped = 1
        if tag == "script":
            if attrib.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
                self.structured.append("")
                self._keeping = True
            else:
                self.scripts += 1

    def _link(self, attrib: Mapping[str, str]) -> None:
        if (href := attrib.get("href")) and "nofollow" not in attrib.get("rel", ""):
            self.links.append(href)

    def _flush(self) -> None:
        """Hang the text seen since the last tag into the tree."""
        text = "".join(self._pieces)
        self._before = (self._before + text)[-_NEARBY:]
        self._pieces.clear()
        if text.isspace():
            self._tops[-1].contents.append("\n" if "\n" in text else " ")
            return
        self._text += len(text)
        if self._in_links:
            self._linked += len(text)
        elif len(text) >= LEAST_SENTENCE and len(text.strip()) >= LEAST_SENTENCE:
            self._signs += 1
        self._tops[-1].contents.append(text)


def _matters(attrib: Mapping[str, str]) -> bool:
    """Whether an inline element's attributes say more than how it looks."""
    for key, value in attrib.items():
        if key in ("id", "hidden", "role", "itemprop", "itemtype", "aria-controls", "datetime"):
            return True
        if key == "style" and _TELLING_STYLE.search(value):
            return True
        if key == "class" and _telling_class(value):
            return True
    return False


@lru_cache(maxsize=4096)  # pages say the same classes again and again
def _telling_class(classes: str) -> bool:
    return _TELLING_CLASS.search(classes) is not None


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
