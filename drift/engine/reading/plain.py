"""Plain text: paragraphs, list items and the headings that their form gives away."""

from __future__ import annotations

import re

from drift.engine.reading.outline import Outline
from drift.engine.reading.text import BREAK, fold_lines, line_mark

_BULLET = re.compile(r"(?:[-*•·‣◦–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[=\-_*~#]{3,}")
# A heading stands alone and is short: the longest in 60 plain-text licences and notices has 68 characters.
_LONGEST_HEADING = 72


def write_plain(text: str, outline: Outline) -> None:
    """Write the passages of a plain text."""
    block: list[tuple[int, str]] = []
    items = 0  # lines of the block that begin one of a list
    blank = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            blank = True
            continue
        if block and blank and not _goes_on(block, items, line):
            _write_block(block, outline)
            block, items = [], 0
        block.append((number, line.rstrip("\r")))
        items += _BULLET.match(line.lstrip()) is not None
        blank = False
    if block:
        _write_block(block, outline)


def _goes_on(block: list[tuple[int, str]], items: int, line: str) -> bool:
    """Whether a line after a blank one is the next item of a list that the block ends with."""
    bare = line.lstrip()
    return _BULLET.match(bare) is not None and not bare[0].isdigit() and items > 0 and not _heading_number(block)


def _write_block(block: list[tuple[int, str]], outline: Outline) -> None:
    if len(block) > 1 and _RULE.fullmatch(block[1][1].strip()) and len(block[0][1]) <= _LONGEST_HEADING:
        outline.heading(1 if block[1][1].strip()[0] == "=" else 2, *_folded(block[:1]))
        block = block[2:]
    if not block:
        return
    if len(block) == 1 and _capitals(block[0][1]):
        outline.heading(2 if outline.passages else 1, *_folded(block))
        return
    items = _items(block)
    paragraph = items.pop(0)
    if paragraph:
        outline.paragraph(*_folded(paragraph))
    if items:
        _write_list(items, outline)


def _write_list(items: list[list[tuple[int, str]]], outline: Outline) -> None:
    if len(items) == 1 and len(items[0]) == 1 and not _BULLET.match(items[0][0][1].lstrip()):
        return
    with outline.inside(outline.list_scope()):
        for item in items:
            with outline.inside(outline.item_scope()):
                number, first = item[0]
                bare = first.lstrip()
                mark = _BULLET.match(bare)
                kept = (
                    bare if mark is None or mark.group()[0].isalnum() or mark.group()[0] == "(" else bare[mark.end() :]
                )
                outline.paragraph(*_folded([(number, kept), *item[1:]]))
    outline.end_list()


def _items(block: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """The lines of a block: those before its first list item, then those of each item."""
    items: list[list[tuple[int, str]]] = [[]]
    for number, line in block:
        if _BULLET.match(line.lstrip()) and not _heading_number(block):
            items.append([])
        items[-1].append((number, line))
    return items


def _heading_number(block: list[tuple[int, str]]) -> bool:
    """Whether a block is a single numbered line: a heading or a clause rather than a list."""
    return len(block) == 1 and block[0][1].lstrip()[:1].isdigit()


def _capitals(line: str) -> bool:
    text = line.strip()
    return len(text) <= _LONGEST_HEADING and text.isupper() and sum(map(str.isalpha, text)) > 3


def _folded(lines: list[tuple[int, str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    text = "\n".join(line_mark(number) + line for number, line in lines)
    return fold_lines(text.replace("\x0b", BREAK))
