"""Tables fit the place they are shown, and lose nothing where there is no width."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from drift.reports import Display
from drift.reports.sheet import Sheet
from drift.reports.table import Cell, Column, table

COLUMNS = (Column("id"), Column("name", shrinks="right"), Column("n", right=True), Column("at", "left", below=True))
ADDRESS = "https://help.larkspur.example/wireless/unlock"


def shown(width: int | None, name: str = "postpaid-wait", at: str = ADDRESS) -> list[str]:
    sheet = Sheet(Display(width=width))
    table(sheet, COLUMNS, [[Cell("F-1"), Cell(name), Cell("7"), Cell(at)]], width)
    return sheet.done().splitlines()


def test_without_a_width_everything_stands_in_one_row() -> None:
    assert shown(None) == [f"id   name           n  at{' ' * 43}".rstrip(), f"F-1  postpaid-wait  7  {ADDRESS}"]


def test_where_the_last_column_does_not_fit_it_stands_below() -> None:
    assert shown(50) == ["id   name           n", "F-1  postpaid-wait  7", f"     {ADDRESS}"]


def test_where_it_nearly_fits_it_gives_way_at_its_end() -> None:
    assert shown(60)[1] == "F-1  postpaid-wait  7  …://help.larkspur.example/wireless/unlock"[:23] + "…" + ADDRESS[-36:]


@pytest.mark.parametrize("width", range(20, 140, 7))
@pytest.mark.parametrize("name", ["x", "word " * 40, "漢字" * 40, "\x1b[31m" * 20])
def test_no_line_is_wider_than_there_is_room(width: int, name: str) -> None:
    assert max(cell_len(line) for line in shown(width, name, ADDRESS * 3)) <= max(width, 25)
