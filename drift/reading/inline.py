"""The text of one block: what stands inline in an element, joined as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from drift.reading import vocabulary as v
from drift.reading.hiding import struck, unseen
from drift.reading.text import BREAK, Lines, fold, fold_lines
from drift.reading.tree import Element

_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶#]{1,3})(?:\s?,\s?\d{1,3})*[\])]?")
_PRICE_BEFORE = re.compile(r"[$€£¥]\s?\d[\d,. ]*$")
_UNIT_BEFORE = re.compile(r"(?:^|[\s\d])(?:[cmk]?m|ft|in|yd)$")
_POWERS = {"2": "²", "3": "³"}


def superscript(element: Element, before: str) -> str:
    """What a reader takes from a raised text: nothing from a footnote mark, cents from '$19<sup>99</sup>'."""
    text = fold("".join(str(string) for string in _strings(element)))
    if text in _POWERS and _UNIT_BEFORE.search(before):
        return _POWERS[text]
    if len(text) == 2 and text.isdigit() and _PRICE_BEFORE.search(before) and "." not in before[-4:]:
        return "." + text
    return "" if _NOTE.fullmatch(text) else text


class Run:
    """Inline text being collected, with the stretch of bold text it begins with."""

    __slots__ = ("_bold_end", "_bold_start", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._bold_start: int | None = None
        self._bold_end: int | None = None

    def bold(self) -> None:
        """Bold text begins; only what begins the block, or goes on from there, counts."""
        if self._bold_start is None and len(self.pieces) < 8 and not fold("".join(self.pieces)):
            self._bold_start = len(self.pieces)

    def regular(self) -> None:
        """Bold text ends."""
        if self._bold_start is not None and self._bold_end is None:
            self._bold_end = len(self.pieces)

    def before(self) -> str:
        """The end of what was collected, for deciding what a superscript means."""
        return "".join(self.pieces[-3:])[-24:]

    def take(self) -> tuple[str, Lines, str]:
        """The text collected, its lines, and the bold text it begins with; the run is empty afterwards."""
        if not self.pieces:
            return "", (), ""
        text, lines = fold_lines("".join(self.pieces))
        bold = ""
        if self._bold_start is not None and text:
            bold = fold("".join(self.pieces[self._bold_start : self._bold_end]))
        self.pieces = []
        self._bold_start = self._bold_end = None
        return text, lines, bold


def block_text(element: Element) -> tuple[str, Lines]:
    """The whole text of an element as one block: of a heading, a cell, a summary. Blocks inside it break the line."""
    contents = element.contents
    if len(contents) == 1 and not isinstance(contents[0], Element):
        return fold_lines(str(contents[0]))
    pieces: list[str] = []
    stack: list[Iterator[object]] = [iter(contents)]
    while stack:
        for child in stack[-1]:
            if not isinstance(child, Element):
                pieces.append(str(child))
                continue
            name = child.name
            if name == "br":
                pieces.append(BREAK)
            elif name in ("button", "img") or struck(child) or unseen(child):
                if name == "button" and "aria-expanded" in child.attrs:
                    stack.append(iter(child.contents))
                    break
            elif name == "sup":
                pieces.append(superscript(child, "".join(pieces[-3:])[-24:]))
            else:
                if name in v.BLOCKS:
                    pieces.append(BREAK)
                    stack.append(chain(child.contents, (BREAK,)))
                else:
                    stack.append(iter(child.contents))
                break
        else:
            stack.pop()
    return fold_lines("".join(pieces))


def one_line(element: Element) -> tuple[str, Lines]:
    """The whole text of an element on one line: of a heading, a term, a tab."""
    text, lines = block_text(element)
    return text.replace("\n", " "), lines


def code_text(element: Element) -> tuple[str, Lines]:
    """The text of preformatted code, its lines kept."""
    return fold_lines("".join(str(string) for string in _strings(element)).replace("\n", BREAK))


def _strings(element: Element) -> Iterator[object]:
    """All strings inside an element, in order, however deep."""
    stack: list[Iterator[object]] = [iter(element.contents)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, Element):
                stack.append(iter(child.contents))
                break
            yield child
        else:
            stack.pop()
