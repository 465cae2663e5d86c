"""Tables: each cell with the row and column headers that stand over it, spans expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drift.engine.reading import vocabulary as v
from drift.engine.reading.chrome import elements
from drift.engine.reading.hiding import struck, unseen
from drift.engine.reading.inline import block_text
from drift.engine.reading.outline import Outline
from drift.engine.reading.text import Lines
from drift.engine.reading.tree import Element
from drift.model import Zone

# Comparison tables have up to 20 columns and a few hundred rows: a longer span is cut.
MOST_COLUMNS = 60
MOST_ROWS = 1000
MOST_HEAD_ROWS = 4
MOST_LABELS = 40
WIDEST_GRID = 200  # cells beyond are still read, without headers
MOST_NAMING = 5  # columns that are looked at for the names of rows
_NUMBERED = re.compile(r"[^\w]*(?:[A-Z]{3}\s?)?[\d.,'\s\u00a0\u202f]*[^\w]*(?:[A-Z]{3})?[^\w]*")
# A row across the table heads the rows below it when it is no longer than a heading; else it is a note.
LONGEST_GROUP = 80
LONGEST_HEADER = 3000  # characters of a header that stand over a cell, as `matching.ground` reads


@dataclass(slots=True, eq=False)
class SourceCell:
    """One cell of the source, which may cover several places of the grid."""

    element: Element
    text: str
    lines: Lines
    header: bool
    row: int
    column: int
    width: int
    height: int
    hidden: bool
    label: str  # the text as a header has it


@dataclass(slots=True)
class Grid:
    """A table with its spans expanded: `rows[r][c]` is the cell that covers row r, column c."""

    rows: list[dict[int, SourceCell]] = field(default_factory=list)
    cells: list[SourceCell] = field(default_factory=list)
    head: int = 0  # how many rows at the top are column headers
    width: int = 0
    labelled: bool = False  # whether rows below the head have header cells
    naming: tuple[int, ...] = (0,)  # the columns whose cells name the rows


def is_data(table: Element) -> bool:
    """Whether a table is one of data, not of layout: no tables or headings inside, and more than one cell."""
    if table.attrs.get("role") in ("presentation", "none"):
        return False
    cells = 0
    for inner in elements(table):
        if inner.name in ("table", *v.HEADINGS):
            return False
        cells += inner.name in ("td", "th")
    return cells > 1


def write(table: Element, outline: Outline) -> None:
    """Write a passage for each cell that holds text, and for what stands in the table outside of its cells."""
    lead_in = outline.table_lead_in()
    grid = Grid()
    caption = None
    in_head = 0
    for part, element in _parts(table):
        if part == "caption":
            caption, lines = block_text(element)
            outline.write(caption, Zone.CAPTION, lines)
        elif part == "outside":
            outline.paragraph(*block_text(element))
        else:
            _place(grid, element)
            in_head += part == "thead" and in_head == len(grid.rows) - 1
    grid.head = in_head or _count_head(grid)
    grid.labelled = any(cell.header and cell.row >= grid.head for cell in grid.cells)
    grid.naming = naming_columns([row for row in grid.rows[grid.head :] if len(set(row.values())) > 1], grid.width)
    if outline.scope.caption:
        caption = f"{outline.scope.caption}: {caption}" if caption else outline.scope.caption
    _write_cells(grid, outline, caption, lead_in)


def _write_cells(grid: Grid, outline: Outline, caption: str | None, lead_in: str | None) -> None:
    columns = _column_headers(grid)
    groups = _groups(grid)
    naming = _naming_cells(grid)
    block = outline.next_block()
    for cell in grid.cells:
        if anchor := cell.element.attrs.get("id"):
            outline.anchor = str(anchor)
        outline.write(
            cell.text,
            Zone.CELL,
            cell.lines,
            block=block,
            row=_row_headers(grid, cell, groups),
            column=_over(cell, columns) if cell.row >= grid.head and not _across(grid, cell) else (),
            caption=caption,
            lead_in=lead_in,
            table_row=cell.row,
            hidden=cell.hidden,
            names_row=cell in naming,
        )


def _parts(table: Element) -> Iterator[tuple[str, Element]]:
    """The rows of a table with the section they stand in, its caption, and what else it holds."""
    for child in table.contents:
        if not isinstance(child, Element) or child.name in ("col", "colgroup"):
            continue
        if child.name in ("thead", "tbody", "tfoot"):
            for row in child.contents:
                if isinstance(row, Element):
                    yield (child.name if row.name == "tr" else "outside"), row
        else:
            yield (child.name if child.name in ("tr", "caption") else "outside"), child


def _place(grid: Grid, row: Element) -> None:
    """Put the cells of a row into the grid, beside those that reach down from the rows above."""
    number = len(grid.rows)
    above = grid.rows[-1].items() if grid.rows else ()
    places = {column: cell for column, cell in above if cell.row + cell.height > number}
    grid.rows.append(places)
    column = 0
    concealed = unseen(row)
    for element in row.contents:
        if not isinstance(element, Element) or element.name not in ("td", "th"):
            continue
        while column in places:
            column += 1
        text, lines = ("", ()) if struck(element) or struck(row) else block_text(element)
        cell = SourceCell(
            element,
            text,
            lines,
            element.name == "th",
            number,
            column,
            _span(element, "colspan", MOST_COLUMNS),
            _span(element, "rowspan", MOST_ROWS),
            concealed or unseen(element),
            text[:LONGEST_HEADER],
        )
        grid.cells.append(cell)
        for covered in range(column, min(column + cell.width, WIDEST_GRID)):
            places.setdefault(covered, cell)
        column += cell.width
        grid.width = max(grid.width, column)


def _span(element: Element, name: str, most: int) -> int:
    if name not in element.attrs:
        return 1
    value = str(element.attrs[name]).strip()
    if not value.isdecimal() or len(value) > 9:
        return 1
    if value == "0" and name == "rowspan":
        return most  # to the end of the table
    return max(1, min(int(value), most))


def _count_head(grid: Grid) -> int:
    """How many rows at the top are headers where no thead says so."""
    count = 0
    for row in grid.rows[:MOST_HEAD_ROWS]:
        cells = set(row.values())
        if len(cells) > 1 and all(cell.header for cell in cells):
            count += 1
        else:
            break
    if count:
        return count if count < len(grid.rows) else 1
    if len(grid.rows) < 2 or any(cell.header for cell in grid.cells):
        # A single th above two or more columns names the table, not a column.
        return 1 if _lone_head(grid) else 0
    first = set(grid.rows[0].values())
    if all(_bold(cell) for cell in first if cell.text) and not all(_bold(cell) for cell in grid.rows[1].values()):
        return 1
    return (
        1 if grid.width > 2 and _heads_numbers(first, [cell for cell in grid.cells if cell.row and cell.column]) else 0
    )


def _heads_numbers(first: set[SourceCell], below: list[SourceCell]) -> bool:
    """Whether cells without numbers stand over cells with some, or cells of words ('1st bag') over bare numbers."""
    if not any(_with_digit(cell.text) for cell in first):
        return sum(_with_digit(cell.text) for cell in below) * 2 > len(below)
    if any(_numbered(cell.text) and cell.text for cell in first):
        return False
    return any(cell.text for cell in below) and all(_numbered(cell.text) for cell in below)


def _lone_head(grid: Grid) -> bool:
    first = set(grid.rows[0].values()) if grid.rows else set()
    return grid.width == 1 and len(grid.rows) > 1 and all(cell.header for cell in first)


def _bold(cell: SourceCell) -> bool:
    bold = sum(inner.chars for inner in elements(cell.element) if inner.name in v.BOLD)
    return cell.element.chars > 0 and bold >= cell.element.chars


def _column_headers(grid: Grid) -> dict[int, tuple[str, ...]]:
    headers: dict[int, tuple[str, ...]] = {}
    for row in grid.rows[: grid.head]:
        for column, cell in row.items():
            known = headers.get(column, ())
            if cell.label and cell.label not in known:
                headers[column] = (*known, cell.label)
    return headers


def _over(cell: SourceCell, columns: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """All headers that stand over a cell, each once: a cell across two plans belongs to both."""
    covered = range(cell.column, cell.column + cell.width)
    return tuple(dict.fromkeys(text for column in covered for text in columns.get(column, ())))


def _across(grid: Grid, cell: SourceCell) -> bool:
    return cell.width >= grid.width > 1


def _groups(grid: Grid) -> list[str | None]:
    """For each row, the text of the row across the whole table that stands over it, if any."""
    groups: list[str | None] = []
    group: str | None = None
    width = grid.width
    for number, row in enumerate(grid.rows):
        cells = set(row.values())
        if number >= grid.head and width > 1 and len(cells) == 1:
            (cell,) = cells
            if cell.width >= width and (cell.header or len(cell.text) <= LONGEST_GROUP):
                group = cell.text
                groups.append(None)
                continue
        groups.append(group)
    return groups


def naming_columns(rows: Sequence[Mapping[int, SourceCell]], width: int) -> tuple[int, ...]:
    """The columns that name the rows of a table together: mostly the first, and no more than it takes.

    A column of numbers or values names nothing; one that says the same in several rows ('Compute', 'Compute') names
    them only with the next column of words that differ. Where no column is like that, the first names them.
    """
    naming: list[int] = []
    names: list[tuple[str, ...]] = [() for _ in rows]
    for column in range(min(width, MOST_NAMING)):
        texts = [row[column].text if column in row else "" for row in rows]
        words = [text for text in texts if not _numbered(text)]
        if len(words) * 2 <= len(texts) or (naming and sum(map(_with_digit, words)) * 2 > len(words)):
            continue
        naming.append(column)
        names = [(*name, text) for name, text in zip(names, texts, strict=True)]
        if len(set(names)) == len(names):
            return tuple(naming)
    return tuple(naming[:1]) or (0,)


def _naming_cells(grid: Grid) -> set[SourceCell]:
    """The cells that name rows, in a table where the others of most rows hold numbers."""
    rows = [set(row.values()) for row in grid.rows[grid.head :]]
    named = {cell for cell in grid.cells if cell.row >= grid.head and (cell.header or cell.column in grid.naming)}
    told = [any(_with_digit(cell.text) for cell in cells - named) for cells in rows if len(cells) > 1]
    return named if sum(told) * 2 > len(told) else set()


def _numbered(text: str) -> bool:
    """Whether a cell holds nothing but a number, with its sign or currency, or nothing at all."""
    return _NUMBERED.fullmatch(text) is not None


def _with_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _row_headers(grid: Grid, cell: SourceCell, groups: list[str | None]) -> tuple[str, ...]:
    """What names the rows a cell covers: th cells before it, or else the cells of the columns that name rows."""
    if cell.row < grid.head or _across(grid, cell):
        return ()
    found: dict[str, None] = {}
    for number in range(cell.row, min(cell.row + cell.height, cell.row + MOST_LABELS, len(grid.rows))):
        row = grid.rows[number]
        if group := groups[number]:
            found[group] = None
        headers: list[SourceCell] = []
        if grid.labelled:
            before = (row.get(column) for column in range(min(cell.column, MOST_LABELS)))
            headers = [other for other in before if other is not None and other.header]
        if all(_numbered(other.text) for other in headers):
            naming = (
                row.get(column) for column in grid.naming if column < cell.column or cell.column not in grid.naming
            )
            headers = [other for other in naming if other is not None] or headers
        found.update((other.label, None) for other in headers if other is not cell and other.label)
    return tuple(found)
