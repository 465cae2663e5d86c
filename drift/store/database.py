"""One database, whichever it is: connections, transactions that read, transactions that write."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from drift.model.errors import StoreError, StoreFailure
from drift.store import private
from drift.store.address import StoreAddress
from drift.store.failures import as_written, told
from drift.store.locks import file_lock

PATIENCE = 60.0  # seconds that a writer waits for another: a batch of 50 pages is written in less than one
CONNECTING = 10  # seconds that a server may take to answer
SILENT = 30_000  # milliseconds after which a server that acknowledges nothing is gone; TCP alone would take 15 minutes
_READING = "drift_reading"
_BESIDE = ("-wal", "-shm")  # SQLite's own files, which it makes with the rights of the first


class Database:
    """An engine with our rules on it. Close it, or use it as a context manager.

    Raises StoreError from every method; `patience` is in seconds.
    """

    def __init__(self, address: StoreAddress, *, create: bool = True, patience: float = PATIENCE) -> None:
        self.address = address
        with told(address):
            if address.path is not None:
                _file(address, address.path, create=create)
                self._engine = _sqlite(address, patience)
            else:
                self._engine = _postgresql(address, patience)

    @property
    def engine(self) -> Engine:
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads one state of everything and waits for no writer."""
        with told(self.address), self._engine.connect() as connection:
            asked = {_READING: True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
            connection = connection.execution_options(**asked)
            with connection.begin(), as_written(self.address):
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it at its end, or nothing. In SQLite one writes at a time, others wait."""
        with told(self.address), self._engine.begin() as connection, as_written(self.address):
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction that may rebuild tables: what belongs to what is checked at its end, not on the way.

        SQLite changes most of a table by making it anew, which would take the rows that belong to it along.
        """
        if not self.is_sqlite:
            with self.writing() as connection:
                yield connection
            return
        with told(self.address), self._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")  # means nothing within a transaction
            try:
                with connection.begin():
                    yield connection
                    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if lost is not None:
                        message = f"{self.address}: the migration would lose what row {lost[1]} of {lost[0]} belongs to"
                        raise StoreError(StoreFailure.REFUSED, message)
            finally:
                raw.execute("PRAGMA foreign_keys=ON")

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _file(address: StoreAddress, path: Path, *, create: bool) -> None:
    """Make the file of a new store, with what can be chosen only then; an older one is closed to others."""
    try:
        if path.is_dir():
            raise StoreError(StoreFailure.NOT_A_DATABASE, f"{address}: is a folder")
        if path.exists() and path.stat().st_size:
            for each in (path, *(path.with_name(path.name + suffix) for suffix in _BESIDE)):
                private.tighten(each)
            return
        if not create:
            raise StoreError(StoreFailure.MISSING, f"{address}: there is no store yet")
        path.parent.mkdir(parents=True, exist_ok=True)
        with file_lock(beside(path, "lock"), wait=True):
            _first(path)
    except OSError as error:
        failure = StoreFailure.FULL if error.errno == errno.ENOSPC else StoreFailure.FORBIDDEN
        raise StoreError(failure, f"{address}: cannot be made: {error.strerror}") from None


def _first(path: Path) -> None:
    private.make(path)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # so that pruning can give room back without a rewrite
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def beside(path: Path, suffix: str) -> Path:
    """A file that belongs to an SQLite store."""
    return path.with_name(f"{path.name}.{suffix}")


def _sqlite(address: StoreAddress, patience: float) -> Engine:
    engine = create_engine(address.url, hide_parameters=True, connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A transaction that begins by reading and then writes cannot wait for another writer: it fails at once.
        reads = connection.get_execution_options().get(_READING)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgresql(address: StoreAddress, patience: float) -> Engine:
    waiting = f"-c lock_timeout={int(patience * 1000)} -c timezone=UTC"
    asked = {
        "connect_timeout": CONNECTING,
        "tcp_user_timeout": SILENT,
        "keepalives_idle": 10,
        "application_name": "drift",
        "options": waiting,
    }
    return create_engine(
        address.url,
        hide_parameters=True,
        pool_pre_ping=True,  # a server that was restarted is no error
        connect_args={name: value for name, value in asked.items() if name not in address.url.query},
    )
