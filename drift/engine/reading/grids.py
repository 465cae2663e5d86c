"""Tables that are no `<table>`: those that say so by their roles, and rows of blocks that stand below one another.

Both are handed on as elements of a table, with the elements of the page as its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from drift.engine.reading import vocabulary as v
from drift.engine.reading.chrome import elements
from drift.engine.reading.tree import Element

_TABLE_ROLES = frozenset(("table", "grid", "treegrid"))
_CELL_ROLES = {"cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"}
# Cells of grids say a name, a price, a duration; what is longer is a column of a layout.
LONGEST_CELL = 80
MOST_CELLS = 20
LEAST_ROWS = 2
_ROWS = frozenset(("div", "li", "section", "article"))
_CELLS = frozenset(("div", "p", "span", "b", "strong", "a", "em", "label"))
_NO_CELL = frozenset((*v.HEADINGS, "table", "ul", "ol", "dl", "form", "details", "section", "article", "button", "img"))
_MOST_INSIDE = 12  # elements of a cell


def by_roles(element: Element) -> Element | None:
    """The table that an element with the roles of one is, or None."""
    if element.attrs.get("role") not in _TABLE_ROLES or element.name == "table":
        return None
    table = Element("table", {})
    row: Element | None = None
    for inner in elements(element):
        role = inner.attrs.get("role")
        if role == "row":
            row = Element("tr", inner.attrs)
            table.contents.append(row)
        elif role in _CELL_ROLES and row is not None:
            row.contents.append(_as(_CELL_ROLES[role], inner))
    return table if any(len(each.contents) > 1 for each in table.contents if isinstance(each, Element)) else None


def gathered(contents: Sequence[Element | str]) -> Iterable[Element | str]:
    """`contents` with each run of blocks that are rows of a grid in one table in their place.

    Rows stand side by side, have the same name and class, and as many cells each; below the first of them some cell
    after the first holds a digit.
    """
    if len(contents) < LEAST_ROWS:
        return contents
    shapes = [_shape(child) for child in contents]
    if sum(1 for shape in shapes if shape is not None) < LEAST_ROWS:
        return contents
    return _replaced(contents, shapes)


Shape = tuple[str, str, int]


def _replaced(contents: Sequence[Element | str], shapes: Sequence[Shape | None]) -> Iterator[Element | str]:
    run: list[Element] = []
    shape: Shape | None = None
    spaces: list[Element | str] = []
    for child, own in zip(contents, shapes, strict=True):
        if own is not None and own == shape and isinstance(child, Element):
            run.append(child)
            spaces.clear()
        elif run and isinstance(child, str) and child.isspace():
            spaces.append(child)
        else:
            yield from _as_table(run)
            yield from spaces
            spaces.clear()
            run, shape = [], None
            if own is not None and isinstance(child, Element):
                run, shape = [child], own
            else:
                yield child
    yield from _as_table(run)


def _shape(child: Element | str) -> Shape | None:
    """What rows of one grid have in common, or None if a child is no row."""
    if not isinstance(child, Element) or child.name not in _ROWS or len(child.contents) < 2:
        return None
    if child.attrs.get("role") or child.chars > MOST_CELLS * LONGEST_CELL:
        return None
    cells = 0
    for cell in child.contents:
        if isinstance(cell, Element):
            cells += 1
            if cells > MOST_CELLS or not _is_cell(cell):
                return None
        elif not cell.isspace():
            return None
    if cells < 2:
        return None
    return child.name, str(child.attrs.get("class", "")).partition(" ")[0], cells


def _is_cell(element: Element) -> bool:
    if element.name not in _CELLS or element.chars > LONGEST_CELL:
        return False
    inside = list(islice(elements(element), _MOST_INSIDE + 1))
    return len(inside) <= _MOST_INSIDE and not any(inner.name in _NO_CELL for inner in inside)


def _as_table(rows: list[Element]) -> Iterator[Element]:
    if len(rows) < LEAST_ROWS or not any(_with_digit(cell) for row in rows[1:] for cell in _cells(row)[1:]):
        yield from rows
        return
    table = Element("table", {})
    for row in rows:
        made = Element("tr", row.attrs)
        made.contents += [_as("td", cell) for cell in _cells(row)]
        table.contents.append(made)
    yield table


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.contents if isinstance(cell, Element)]


def _with_digit(cell: Element) -> bool:
    stretches = (child for each in (cell, *elements(cell)) for child in each.contents if isinstance(child, str))
    return any(character.isdigit() for text in stretches for character in text)


def _as(name: str, element: Element) -> Element:
    cell = Element(name, element.attrs)
    cell.contents = element.contents
    cell.chars, cell.linked, cell.links = element.chars, element.linked, element.links
    return cell
