"""The text of one block: what stands inline in an element, joined as a reader sees it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain, islice, pairwise

from drift.engine.reading import vocabulary as v
from drift.engine.reading.chrome import elements
from drift.engine.reading.hiding import struck, unseen
from drift.engine.reading.text import BREAK, Lines, fold, fold_lines
from drift.engine.reading.tree import Element

_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶#]{1,3})(?:\s?,\s?\d{1,3})*[\])]?")
_NOTE_LINK = re.compile(r"\[(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})\]")
_LONGEST_MARK = 20  # characters, white space included
_PRICE_BEFORE = re.compile(r"[$€£¥]\s?\d[\d,. ]*$")
_UNIT_BEFORE = re.compile(r"(?:^|[\s\d])(?:[cmk]?m|ft|in|yd)$")
_MOST_IN_A_BUTTON = 20  # elements
OPENS = frozenset(("aria-expanded", "aria-controls"))  # what a button that opens a panel has
_POWERS = {"2": "²", "3": "³"}


def superscript(element: Element, before: str) -> str:
    """What a reader takes from a raised text: nothing from a footnote mark, cents from '$19<sup>99</sup>'."""
    text = fold("".join(str(string) for string in strings(element)))
    if text in _POWERS and _UNIT_BEFORE.search(before):
        return _POWERS[text]
    if len(text) == 2 and text.isdigit() and _PRICE_BEFORE.search(before):
        if before[-1] in ".,":
            return text
        if "." not in before[-4:]:
            return "." + text
    return "" if _NOTE.fullmatch(text) else text


def note_link(element: Element) -> bool:
    """Whether a link is a footnote mark: '[1]', leading to a place on the page."""
    if not 3 <= element.chars <= _LONGEST_MARK or not str(element.attrs.get("href", "")).startswith("#"):
        return False
    return _NOTE_LINK.fullmatch(fold("".join(map(str, strings(element))))) is not None


class TextRun:
    """Inline text being collected, with the stretches of it that are bold."""

    __slots__ = ("_bold", "_depth", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._bold: list[tuple[int, int]] = []  # half-open, into `pieces`; one that is still open ends with them
        self._depth = 0  # of bold text within bold text

    def bold(self) -> None:
        """Bold text begins."""
        self._depth += 1
        if self._depth == 1:
            self._bold.append((len(self.pieces), _STILL_OPEN))

    def regular(self) -> None:
        """Bold text ends."""
        self._depth = max(0, self._depth - 1)
        if self._bold and not self._depth and self._bold[-1][1] == _STILL_OPEN:
            self._bold[-1] = (self._bold[-1][0], len(self.pieces))

    def before(self) -> str:
        """The end of what was collected, for deciding what a superscript means."""
        return "".join(self.pieces[-3:])[-24:]

    def broken(self) -> bool:
        """Whether the last thing collected is a line break."""
        for piece in reversed(self.pieces[-_NEARBY:]):
            if piece == BREAK:
                return True
            if fold(piece):
                return False
        return False

    def take(self) -> list[tuple[str, Lines, str]]:
        """The text collected in groups, each with its lines and the bold text it begins with. Empties the run.

        A line that is bold as a whole begins a group: '**Prepaid**' / '60 days' / '**Postpaid**' / '30 days'.
        """
        pieces, bold = self.pieces, self._bold
        if not pieces:
            return []
        self.pieces, self._bold, self._depth = [], [], 0
        starts = [0]
        if len(bold) > 1 or (bold and bold[0][0]):
            starts += [start for start, end in bold if start and _a_line(pieces, start, end)]
        groups = []
        for start, end in pairwise((*starts, len(pieces))):
            text, lines = fold_lines("".join(pieces[start:end]))
            if text:
                groups.append((text, lines, _bold_start(pieces, start, bold)))
        return groups


_STILL_OPEN = 1 << 62
_NEARBY = 4  # pieces looked at around a place: marks of source lines and white space between tags are some


def _bold_start(pieces: list[str], start: int, bold: list[tuple[int, int]]) -> str:
    """The bold text that a group begins with."""
    at = bisect_left(bold, (start, 0))
    first = bold[at] if at < len(bold) else None
    if first is None or first[0] - start >= 2 * _NEARBY or fold("".join(pieces[start : first[0]])):
        return ""
    return fold("".join(pieces[first[0] : first[1]]))


def _a_line(pieces: list[str], start: int, end: int) -> bool:
    """Whether a stretch of pieces stands alone between two line breaks."""
    if not fold("".join(pieces[start:end])):
        return False
    return _breaks(reversed(pieces[max(0, start - _NEARBY) : start])) and _breaks(iter(pieces[end : end + _NEARBY]))


def _breaks(pieces: Iterator[str]) -> bool:
    """Whether a line break comes before any text."""
    return next((piece == BREAK for piece in pieces if piece == BREAK or fold(piece)), False)


def block_text(element: Element) -> tuple[str, Lines]:
    """The whole text of an element as one block: of a heading, a cell, a summary. Blocks inside it break the line.

    That of a button inside only where there is no other: it acts on what stands beside it, or is all there is.
    """
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
            elif (
                name == "img"
                or (name == "a" and note_link(child))
                or struck(child)
                or unseen(child)
                or (name == "button" and OPENS.isdisjoint(child.attrs) and not says_a_number(child))
            ):
                continue
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
    text = fold_lines("".join(pieces))
    buttons = [] if text[0] else [c for c in contents if isinstance(c, Element) and c.name == "button"]
    return block_text(buttons[0]) if len(buttons) == 1 else text


def one_line(element: Element) -> tuple[str, Lines]:
    """The whole text of an element on one line: of a heading, a term, a tab."""
    text, lines = block_text(element)
    return text.replace("\n", " "), lines


def says_a_number(element: Element) -> bool:
    """Whether the text of an element holds a number: a button's that only acts ('Submit', 'Copy link') does not."""
    inside = (element, *islice(elements(element), _MOST_IN_A_BUTTON))
    texts = (child for each in inside for child in each.contents if not isinstance(child, Element))
    return any(character.isdigit() for text in texts for character in str(text))


def strings(element: Element) -> Iterator[object]:
    """All strings inside an element, in order, however deep; BREAK for each line break element."""
    stack: list[Iterator[object]] = [iter(element.contents)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, Element):
                if child.name == "br":
                    yield BREAK
                stack.append(iter(child.contents))
                break
            yield child
        else:
            stack.pop()
