"""Rows written whether or not they are there already, in the words that both databases share."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from drift.store.spelling import Values


def upsert(
    connection: Connection, table: Table, rows: Sequence[Values], *, key: Sequence[str], keep: Collection[str] = ()
) -> None:
    """Write rows by their key; of a row that is there already, the columns of `keep` stay as they are."""
    if not rows:
        return
    inserting = _insert(connection, table)
    changed = {name: inserting.excluded[name] for name in rows[0] if name not in {*key, *keep}}
    connection.execute(inserting.on_conflict_do_update(index_elements=list(key), set_=changed), list(rows))


def insert_new(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Write the rows that are not there already."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), list(rows))


def insert_returning(connection: Connection, table: Table, row: Values, column: Column[int]) -> int | None:
    """Write a row and give a column of it; None if one of its keys is there already, and nothing is written."""
    inserting = _insert(connection, table).values(row).on_conflict_do_nothing()
    return connection.execute(inserting.returning(column)).scalar_one_or_none()


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
