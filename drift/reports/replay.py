"""What a replay found: since when which page was wrong, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.cells import cell_len

from drift.model import wording
from drift.model.escaping import inert
from drift.model.finding import Finding
from drift.reports import Display
from drift.reports.sheet import Sheet

_TITLES = ("ARTICLE", "TERM", "SAID", "POLICY", "FROM", "UNTIL")
_GAP = "  "
_MADE = ("open", "changed value", "resolved", "gone", "regressed", "withdrawn", "suspected", "dismissed")
_OPENED = {"open": "opened", "gone": "no longer stated"}
_NOTHING_NEW = (
    "Nothing was new: the store remembers these pages as of these days or later. To judge them by other policies, give "
    "a store of its own: --store sqlite:///other.db"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with the bounds of its exposure: see `drift.findings.exposure`."""

    finding: Finding
    after: datetime | None
    by: datetime
    still: datetime
    ended_by: datetime | None


def render(
    found: Sequence[Row],
    counts: Mapping[str, int],
    blind: Sequence[tuple[str, str]],
    notes: Sequence[str],
    look: Display,
) -> str:
    """The findings as a table, or one below the other where there is no room; then what could not be read, and counts.

    What only an annotator vouches for is marked. `blind` are (place, why) of snapshots, of which `counts['blind']`
    tells how many there are in all.
    """
    sheet = Sheet(look)
    rows = [_cells(row) for row in found]
    widths = [max(map(cell_len, column)) for column in zip(_TITLES, *rows, strict=True)]
    if rows and (look.width is None or sum(widths) + len(_GAP) * (len(widths) - 1) <= look.width):
        _table(sheet, rows, widths)
    elif rows:
        _blocks(sheet, rows)
    if any(row.finding.statement.annotated for row in found):
        sheet.line(("~ annotated, not confirmed by a person", ""))
    for place, why in blind:
        sheet.line(("BLIND", "bold magenta"), (f"  {place}: {why}", ""))
    if (more := counts.get("blind", 0) - len(blind)) > 0:
        sheet.line((f"and {more:,} more that could not be read", ""))
    for note in notes:
        sheet.line((f"note: {note}", "dim"))
    if rows or blind or notes:
        sheet.gap()
    sheet.line((_told(counts), ""))
    _tell_known(sheet, counts)
    return sheet.done()


def began(after: datetime | None, by: datetime) -> str:
    """'between 6 and 13 January 2026', 'before 6 January 2026' where no earlier snapshot was right."""
    return f"before {_instant(by)}" if after is None else _between(after, by)


def ended(still: datetime, by: datetime | None) -> str:
    """'between 6 and 13 January 2026', or that it was still so at the last snapshot."""
    return f"still so on {_instant(still)}" if by is None else _between(still, by)


def _cells(row: Row) -> tuple[str, ...]:
    finding, said = row.finding, row.finding.statement
    again = ", not for the first time" if finding.regressions else ""
    cells = (
        finding.article,
        f"{finding.full_name} ~" if said.annotated else finding.full_name,
        wording.plain(said.published),
        wording.plain(said.expected) if said.expected else "",
        began(row.after, row.by) + again,
        ended(row.still, row.ended_by),
    )
    return tuple(inert(cell) for cell in cells)


def _table(sheet: Sheet, rows: Sequence[tuple[str, ...]], widths: Sequence[int]) -> None:
    for number, row in enumerate((_TITLES, *rows)):
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        sheet.line((_GAP.join(cells).rstrip(), "" if number else "dim"))


def _blocks(sheet: Sheet, rows: Sequence[tuple[str, ...]]) -> None:
    for article, term, said, policy, start, end in rows:
        sheet.line((article, "bold"))
        sheet.field("term", term, indent=2)
        sheet.field("said", said, indent=2)
        sheet.field("policy", policy, indent=2)
        sheet.field("from", start, indent=2)
        sheet.field("until", end, indent=2)


def _told(counts: Mapping[str, int]) -> str:
    """'3 snapshots of 1 page, 2 versions; 1 opened, 1 resolved'."""
    snapshots, pages = counts.get("snapshots", 0), counts.get("pages", 0)
    told = f"{wording.counted(snapshots, 'snapshot')} of {wording.counted(pages, 'page')}"
    told += f", {wording.counted(counts.get('versions', 0), 'new version')}"
    if counts.get("blind"):
        told += f", {counts['blind']:,} that could not be read"
    made = ", ".join(f"{counts[name]} {_OPENED.get(name, name)}" for name in _MADE if counts.get(name))
    return f"{told}; {made}" if made else f"{told}; no finding opened or resolved"


def _tell_known(sheet: Sheet, counts: Mapping[str, int]) -> None:
    known = counts.get("known already", 0)
    if known and not counts.get("new"):
        sheet.line((_NOTHING_NEW, ""))
    elif known:
        are = "is" if known == 1 else "are"
        words = f"{wording.counted(known, 'snapshot')} {are} no later than what the store remembers: nothing changed"
        sheet.line((words, ""))


def _between(after: datetime, by: datetime) -> str:
    after, by = after.astimezone(UTC), by.astimezone(UTC)
    if not (_whole_day(after) and _whole_day(by)):
        return f"between {_instant(after)} and {_instant(by)}"
    first = str(after.day)
    if (after.year, after.month) != (by.year, by.month):
        first = f"{after.day} {after:%B}" if after.year == by.year else _instant(after)
    return f"between {first} and {_instant(by)}"


def _instant(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    day = f"{there.day} {there:%B} {there.year}"
    return day if _whole_day(there) else f"{day} {there:%H:%M} UTC"


def _whole_day(moment: datetime) -> bool:
    """Whether it is the first moment of a day: what a date alone means."""
    return (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
