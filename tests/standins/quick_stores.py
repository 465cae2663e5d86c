"""Stores in a process of tests: migrated once, and not waiting for the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from drift.store import schema


@pytest.fixture(scope="session", autouse=True)
def _tables_of_the_first_store() -> Iterator[None]:
    """Let a process run the migrations for its first SQLite store alone, and give each later one the same tables.

    Hundreds of tests begin with a store of their own, and migrating took a sixth of the time of many. What is not an
    empty SQLite store that shall be of the newest version is migrated as ever.
    """
    real = schema._migrate
    made: list[str] = []

    def migrate(connection: Connection, to: str) -> None:
        whole = connection.dialect.name == "sqlite" and to == schema.HEAD and schema.version(connection) is None
        if whole and made:
            for statement in made:
                connection.exec_driver_sql(statement)
            return
        real(connection, to)
        if whole:
            asked = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
            made.extend(connection.exec_driver_sql(asked).scalars())
            made.append(f"INSERT INTO alembic_version VALUES ('{to}')")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "_migrate", migrate)
        yield


@pytest.fixture(scope="session", autouse=True)
def _nothing_waits_for_the_disk() -> Iterator[None]:
    """Let SQLite leave what it writes to the kernel: that outlives a process that is killed, if not a power cut."""

    def connected(connection: Any, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous=OFF")

    event.listen(Engine, "connect", connected)
    yield
    event.remove(Engine, "connect", connected)
