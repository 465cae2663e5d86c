"""Rows in columns, as wide as what they hold and no wider than the place they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from drift.reports.inert import inert
from drift.reports.sheet import Sheet

_GAP = 2
_NARROWEST = 8  # cells that a column keeps however little room there is
_BESIDE = 30  # cells that a column needs to stand beside the others: enough of an address to know it by its end


@dataclass(frozen=True, slots=True)
class Column:
    """`shrinks` is the end at which its text gives way where there is no room: 'left', 'right', or '' for none.

    The column that is `below` stands on a line of its own where there is too little room for it beside the others.
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
    below = next((number for number, column in enumerate(columns) if column.below), None)
    widths = _widths(columns, shown)
    if below is not None:
        others = _total(widths) - widths[below]
        if width is None or others + min(_BESIDE, widths[below]) <= width:
            below = None
    beside = [number for number in range(len(columns)) if number != below]
    room = _fitted([widths[number] for number in beside], [columns[number] for number in beside], width)
    _row(sheet, [Cell(columns[number].title, "dim") for number in beside], room, [columns[n] for n in beside])
    for row in shown:
        _row(sheet, [row[number] for number in beside], room, [columns[number] for number in beside])
        if below is not None and width is not None:
            indent = room[0] + _GAP
            text = _cut(row[below].text, max(_NARROWEST, width - indent), columns[below].shrinks or "right")
            sheet.cells((" " * indent, ""), (text, row[below].style or "dim"))


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
    titles = (cell_len(column.title) for column in columns)
    return [max((width, *(cell_len(row[n].text) for row in rows))) for n, width in enumerate(titles)]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _fitted(widths: list[int], columns: Sequence[Column], width: int | None) -> list[int]:
    """Widths that fit: the widest of the columns that may shrink gives way first."""
    while width is not None and (over := _total(widths) - width) > 0:
        able = [n for n, column in enumerate(columns) if column.shrinks and widths[n] > _NARROWEST]
        able = [n for n in able if columns[n].below and widths[n] > _BESIDE] or able
        if not able:
            break
        widest = max(able, key=lambda n: widths[n])
        others = [widths[n] for n in able if widths[n] < widths[widest]]
        least = max([_NARROWEST, *others]) if others else _NARROWEST
        widths[widest] -= min(over, max(1, widths[widest] - least))
    return widths


def _row(sheet: Sheet, cells: Sequence[Cell], widths: Sequence[int], columns: Sequence[Column]) -> None:
    parts = []
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
