"""The tables of reStructuredText, as HTML: grids drawn with '+', '-' and '|', and columns ruled with '='."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

Line = tuple[int, str]  # 1-based number in the source, text
Blocks = Callable[[list[Line]], str]

GRID_RULE = re.compile(r"\+(?:[-=]+\+)+[ \t]*")
SIMPLE_RULE = re.compile(r"=+(?:[ \t]+=+)+[ \t]*")
_SIMPLE_SPAN = re.compile(r"-+(?:[ \t]+-+)*[ \t]*")


def grid(lines: list[Line], blocks: Blocks) -> str:
    """A grid table. A cell that reaches over several columns or rows stands in the first of them."""
    columns = sorted(
        {at for _, text in lines if GRID_RULE.fullmatch(text) for at, char in enumerate(text) if char == "+"}
    )
    rows: list[tuple[bool, list[list[Line]]]] = []
    open_row: list[Line] = []
    for number, text in lines:
        if GRID_RULE.fullmatch(text):
            if open_row:
                rows.append((False, _cut(open_row, columns)))
                open_row = []
            if "=" in text:
                rows = [(True, cells) for _, cells in rows]
        else:
            open_row.append((number, text))
    if open_row:
        rows.append((False, _cut(open_row, columns)))
    return _table(rows, blocks)


def simple(lines: list[Line], blocks: Blocks) -> str:
    """A table whose columns are ruled; a line with nothing in its first column goes on with the row above."""
    spans = [match.span() for match in re.finditer("=+", lines[0][1])]
    spans[-1] = (spans[-1][0], 1 << 20)
    rows: list[tuple[bool, list[list[Line]]]] = []
    ruled = 0
    for number, text in lines:
        if SIMPLE_RULE.fullmatch(text):
            ruled += 1
            if ruled == 2 and number != lines[-1][0]:
                rows = [(True, cells) for _, cells in rows]
        elif text.strip() and not _SIMPLE_SPAN.fullmatch(text):
            pieces = [(number, text[start:end].rstrip()) for start, end in spans]
            if pieces[0][1].strip() or not rows:
                rows.append((False, [[piece] for piece in pieces]))
            else:
                for cell, piece in zip(rows[-1][1], pieces, strict=True):
                    cell.append(piece)
    return _table(rows, blocks)


def listed(items: list[list[list[Line]]], heads: int, blocks: Blocks) -> str:
    """A table given as a list of rows, each a list of cells, of which the first `heads` are headers."""
    return _table([(number < heads, row) for number, row in enumerate(items)], blocks)


def _cut(lines: list[Line], columns: list[int]) -> list[list[Line]]:
    """The cells of the lines of one row of a grid: cut where each of them has a '|' at a column's edge."""
    edges = [at for at in columns if all(at >= len(text) or text[at] in "|+" for _, text in lines)]
    return [[(number, text[start + 1 : end]) for number, text in lines] for start, end in pairwise(edges)]


def _table(rows: list[tuple[bool, list[list[Line]]]], blocks: Blocks) -> str:
    return f"<table>{''.join(_rows(rows, blocks))}</table>"


def _rows(rows: list[tuple[bool, list[list[Line]]]], blocks: Blocks) -> Iterator[str]:
    for head, cells in rows:
        name = "th" if head else "td"
        yield f"<tr>{''.join(f'<{name}>{blocks(_dedented(cell))}</{name}>' for cell in cells)}</tr>"


def _dedented(lines: list[Line]) -> list[Line]:
    margins = [len(text) - len(text.lstrip()) for _, text in lines if text.strip()]
    margin = min(margins, default=0)
    return [(number, text[margin:].rstrip()) for number, text in lines]
