"""Rows in columns, as wide as what they hold and no wider than the place they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from drift.model.escaping import inert
from drift.reports.sheet import Sheet

_GAP = 2
_ENOUGH = 20  # cells of a column in which most of what it holds can be read
_NARROWEST = 8  # cells that it keeps however little room there is
_BESIDE = 30  # cells that a column needs to stand beside the others: enough of an address to know it by its end


@dataclass(frozen=True, slots=True)
class Column:
    """`shrinks` is the end at which its text gives way where there is no room: 'left', 'right', or '' for none.

    The columns that are `below` stand on a line of their own where there is too little room beside the others.
    """

    title: str
    shrinks: str = ""
    below: bool = False
    right: bool = False  # numbers


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    style: str = ""


def table(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int | None) -> None:
    """Put a table on a sheet; all of its text where there is no width, as in a file or a pipe."""
    shown = [[Cell(inert(cell.text), cell.style) for cell in row] for row in rows]
    widths = _widths(columns, shown)
    every = range(len(columns))
    needed = _total([min(_BESIDE, widths[n]) if columns[n].below and columns[n].shrinks else widths[n] for n in every])
    below = [n for n in every if columns[n].below and width is not None and needed > width]
    beside = [n for n in every if n not in below]
    room = _fitted([widths[n] for n in beside], [columns[n] for n in beside], width)
    _row(sheet, [Cell(columns[n].title, "dim") for n in beside], room, [columns[n] for n in beside])
    for row in shown:
        _row(sheet, [row[n] for n in beside], room, [columns[n] for n in beside])
        if below and width is not None:
            indent = room[0] + _GAP
            under = _fitted([cell_len(row[n].text) for n in below], [columns[n] for n in below], width - indent)
            cells = [Cell(row[n].text, row[n].style or "dim") for n in below]
            _row(sheet, cells, under, [columns[n] for n in below], indent)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
    titles = (cell_len(column.title) for column in columns)
    return [max((width, *(cell_len(row[n].text) for row in rows))) for n, width in enumerate(titles)]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _fitted(widths: list[int], columns: Sequence[Column], width: int | None) -> list[int]:
    """Widths that fit: from the last column on each gives what it has above enough, then more if there must be."""
    over = _total(widths) - width if width is not None else 0
    for least in (_ENOUGH, _NARROWEST):
        for number in reversed(range(len(columns))):
            if over > 0 and columns[number].shrinks:
                given = min(over, max(0, widths[number] - least))
                widths[number] -= given
                over -= given
    return widths


def _row(
    sheet: Sheet, cells: Sequence[Cell], widths: Sequence[int], columns: Sequence[Column], indent: int = 0
) -> None:
    parts = [(" " * indent, "")]
    for cell, width, column in zip(cells, widths, columns, strict=True):
        text = _cut(cell.text, width, column.shrinks or "right")
        padding = " " * (width - cell_len(text))
        parts.append((padding + text if column.right else text + padding, cell.style))
        parts.append((" " * _GAP, ""))
    sheet.cells(*parts[:-1])


def _cut(text: str, width: int, end: str) -> str:
    if cell_len(text) <= width:
        return text
    if end == "left":
        return "…" + set_cell_size(text[::-1], width - 1)[::-1]
    return set_cell_size(text, width - 1) + "…"
