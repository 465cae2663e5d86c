"""The versions of a page, read again from what is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from drift.model import Page, Snapshot
from drift.model.errors import InputError
from drift.model.finding import PageState, Reading
from drift.model.memory import PageOutcome
from drift.store import SqlStore
from drift.watch.history import history

RETURNS = "https://help.larkspur.example/shop/returns"


@pytest.fixture
def store(own_store: Any) -> Iterator[SqlStore]:
    with own_store.store() as opened:
        yield opened


def on(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


def test_every_version_with_what_happened_in_it(store: SqlStore) -> None:
    found = history(store, RETURNS)
    assert [view.lines[-1] for view in found.versions] == [
        f"Goods come back within {days} days." for days in (14, 30, 14, 30)
    ]
    assert [[made.after.value for made in view.transitions] for view in found.versions] == [
        [],
        ["open"],
        ["resolved"],
        ["regressed"],
    ]
    assert found.earlier is None
    assert set(found.terms.values()) == {"returns/window"}


@pytest.mark.parametrize(("day", "shown"), [(1, 4), (2, 4), (3, 3), (4, 2), (6, 1), (7, 0)])
def test_since_a_day(store: SqlStore, day: int, shown: int) -> None:
    found = history(store, RETURNS, on(day))
    assert len(found.versions) == shown
    assert (found.earlier is None) == (shown == 4)


@pytest.mark.parametrize("spelled", [RETURNS, f"{RETURNS}/", f"{RETURNS}#window"])
def test_a_page_is_known_by_its_address(store: SqlStore, spelled: str) -> None:
    assert history(store, spelled).state.page.public == RETURNS


@pytest.mark.parametrize("spelled", ["shop/returns", "https://help.larkspur.example/shop/retruns"])
def test_an_unknown_page_names_the_nearest(store: SqlStore, spelled: str) -> None:
    with pytest.raises(InputError, match=f"nothing is remembered of '{spelled}' \\(did you mean {RETURNS}"):
        history(store, spelled)


def test_a_file_is_known_by_its_path(store: SqlStore) -> None:
    page = Page("help/a.md", "https://help.larkspur.example/a")
    reading = Reading(page, on(2), "t", "p", "r")
    state = PageState(page, "files", text="t", read_at=on(2))
    store.record([PageOutcome(state, reading, Snapshot(page, b"# A\n\nText.\n", "text/markdown", fetched_at=on(2)))])
    assert history(store, "help/a.md").versions[0].lines == ("A", "Text.")


def test_a_damaged_snapshot_hides_no_other_version(store: SqlStore, own_store: Any) -> None:
    first = history(store, RETURNS).versions[0].version
    with sqlite3.connect(own_store.url.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE bodies SET packed = x'00' WHERE text_hash = ?", (first.text,))
    database.close()
    found = history(store, RETURNS)
    assert ["damaged" in view.unread for view in found.versions] == [True, False, True, False]


def test_a_table_reads_with_its_headers(store: SqlStore) -> None:
    page = Page("https://help.larkspur.example/fees")
    body = b"<h1>Fees</h1><table><tr><th>Plan</th><th>Fee</th></tr><tr><th>Basic</th><td>$5</td></tr></table><p>So.</p>"
    reading = Reading(page, on(2), "t", "p", "r")
    state = PageState(page, "help", text="t", read_at=on(2))
    store.record([PageOutcome(state, reading, Snapshot(page, body, "text/html", fetched_at=on(2)))])
    assert "Basic | Fee: $5" in history(store, page.public).versions[0].lines
