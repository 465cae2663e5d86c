"""What remembering costs on SQLite, against the bare driver writing the same rows of the same table.

    python tests/bench/bench_store.py [--pages 20000] [--json]

A second pass over unchanged pages: the state of all pages read in one go, and every page touched (one row update), in
batches as a crawl writes them. The yardstick is `sqlite3` with one `executemany` a batch, on a store of its own with
the same rows and pragmas. Both are measured ROUNDS times in turn, in CPU time, and the quickest counts.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from drift.model import Page
from drift.model.finding import PageState
from drift.model.memory import PageOutcome
from drift.store import SqlStore, open_store
from drift.store.spelling import page_values

BATCH = 50
ROUNDS = 3
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds for all pages."""

    pages: int
    reading: float  # the states of all pages
    touching: float  # one row update a page, through the store
    bare_reading: float  # the same rows as tuples
    bare_touching: float  # the same rows by the driver

    @property
    def microseconds(self) -> float:
        """A touch of one page."""
        return self.touching / self.pages * 1e6

    @property
    def ratio(self) -> float:
        """How many times the driver alone a touch costs."""
        return self.touching / self.bare_touching


def measure(folder: Path, count: int) -> Measured:
    """Make two stores of the same pages and measure."""
    states = [_state(number) for number in range(count)]
    with (
        open_store(f"sqlite:///{folder / 'store.db'}") as store,
        open_store(f"sqlite:///{folder / 'bare.db'}") as other,
    ):
        for each in (store, other):
            _touch(each, states)
        with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare:
            bare.execute("PRAGMA foreign_keys=ON")
            reads, touches, bare_reads, bare_touches = [], [], [], []
            for turn in range(1, ROUNDS + 1):
                at = NOON + timedelta(days=turn)
                later = [dataclasses.replace(state, read_at=at, tried_at=at) for state in states]
                rows = [_row(state) for state in later]
                touches.append(_timed(partial(_touch, store, later)))
                bare_touches.append(_timed(partial(_bare_touch, bare, rows)))
                reads.append(_timed(store.pages.states))
                bare_reads.append(_timed(lambda: bare.execute("SELECT * FROM pages ORDER BY id").fetchall()))
    return Measured(count, min(reads), min(touches), min(bare_reads), min(bare_touches))


def _state(number: int) -> PageState:
    page = Page(f"https://help.larkspur.example/section-{number % 40}/article-{number}")
    text = f"{number:064x}"
    return PageState(page, "help", f'"{number:x}"', "Sat, 21 Nov 2026 12:00:00 GMT", text, NOON, NOON, NOON, NOON)


def _row(state: PageState) -> dict[str, object]:
    values = page_values(state, None)
    return {
        name: value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _touch(store: SqlStore, states: Sequence[PageState]) -> None:
    for start in range(0, len(states), BATCH):
        store.record([PageOutcome(state) for state in states[start : start + BATCH]])


def _bare_touch(bare: sqlite3.Connection, rows: Sequence[dict[str, object]]) -> None:
    names = list(rows[0])
    updated = ", ".join(f"{name} = excluded.{name}" for name in names if name != "article")
    values = ", ".join(f":{name}" for name in names)
    statement = (
        f"INSERT INTO pages ({', '.join(names)}) VALUES ({values}) ON CONFLICT (article) DO UPDATE SET {updated}"
    )
    for start in range(0, len(rows), BATCH):
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(statement, rows[start : start + BATCH])
        bare.execute("COMMIT")


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def table(measured: Measured) -> str:
    """The figures, for people."""
    each = 1e6 / measured.pages
    return (
        f"{measured.pages:,} pages, microseconds of CPU a page\n"
        f"  touch {measured.touching * each:6.1f}   the driver alone {measured.bare_touching * each:6.1f}"
        f"   ratio {measured.ratio:.1f}\n"
        f"  read  {measured.reading * each:6.1f}   the driver alone {measured.bare_reading * each:6.1f}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--json", action="store_true", help="print the figures for a program")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), asked.pages)
    figures = {"table": table(measured), "ratio": measured.ratio, "microseconds": measured.microseconds}
    print(json.dumps(figures) if asked.json else figures["table"])


if __name__ == "__main__":
    main()
