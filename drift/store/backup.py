"""One file that holds a whole store, made while it is in use, and a store made of one again.

The file is an SQLite store, whatever it was made of: a backup of one database can be restored into the other.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text

from drift.model.errors import StoreError, StoreFailure
from drift.store import private, schema
from drift.store.address import of_file, parse
from drift.store.database import Database
from drift.store.failures import told
from drift.store.leadership import leadership
from drift.store.tables import findings, metadata, pages, runs

_BATCH = 100  # rows copied at a time: a snapshot takes about 40 kB


def backup(url: str, file: Path) -> int:
    """Write a store as it is now into a file, whole or not at all; writers go on meanwhile. Gives its size in bytes.

    Raises StoreError.
    """
    if not file.parent.is_dir() or file.is_dir():
        raise StoreError(StoreFailure.REFUSED, f"{file}: cannot be written: there is no such folder, or it is one")
    with Database(parse(url), create=False) as database:
        schema.prepare(database)
        if database.address.path is not None and database.address.path.resolve() == file.resolve():
            raise StoreError(StoreFailure.REFUSED, f"{file} is the store itself")
        part = file.with_name(f".{file.name}.part")
        try:
            part.unlink(missing_ok=True)
            with told(of_file(part)):
                _write(database, part)
            part.replace(file)
            return file.stat().st_size
        except OSError as error:
            raise StoreError(StoreFailure.FORBIDDEN, f"{file}: cannot be written: {error.strerror}") from None
        finally:
            part.unlink(missing_ok=True)


def restore(file: Path, url: str, *, replace: bool = False) -> None:
    """Make a store hold what a backup holds, all of it or nothing, brought forward to this version.

    Raises StoreError: MISSING and NOT_A_DATABASE for a file that is no backup, NEW for one of a later version, REFUSED
    for a store that holds something already (unless `replace`), IN_USE for one that is being served.
    """
    if not file.is_file():
        raise StoreError(StoreFailure.MISSING, f"{file}: there is no such file")
    with _brought_forward(file) as ready, Database(parse(url)) as database:
        schema.prepare(database)
        with leadership(database) as leads:
            if leads is None:
                raise StoreError(StoreFailure.IN_USE, f"{database.address}: is being served; stop 'drift serve' first")
            if not replace and _holds_something(database):
                said = f"{database.address}: holds something already; --replace puts the backup in its place"
                raise StoreError(StoreFailure.REFUSED, said)
            _fill(database, ready)


def _write(database: Database, part: Path) -> None:
    if database.address.path is not None:
        private.make(part)
        _copy_file(database.address.path, part)
    else:
        with Database(of_file(part)) as made:
            schema.prepare(made)
            with database.reading() as source, made.writing() as target:
                _copy_rows(source, target)
    with closing(sqlite3.connect(part)) as made_file:
        made_file.execute("PRAGMA journal_mode=DELETE")  # or it would be three files while it is looked into
    part.with_name(f"{part.name}.lock").unlink(missing_ok=True)


@contextmanager
def _brought_forward(file: Path) -> Iterator[Database]:
    """A copy of a backup, checked and of this version; the backup itself is never touched."""
    with tempfile.TemporaryDirectory(prefix="drift-restore-") as folder:
        copy = Path(folder) / "drift.db"
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            raise StoreError(StoreFailure.FORBIDDEN, f"{file}: cannot be read: {error.strerror}") from None
        with Database(of_file(copy), create=False) as database:
            schema.refuse_newer(database, _version(database, file))
            schema.upgrade(database)
            yield database


def _version(database: Database, file: Path) -> str:
    """The version of a copy of a backup that is sound. What is wrong is told of the backup, by its own name."""
    try:
        with database.reading() as connection:
            found = schema.version(connection)
            sound = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    except StoreError as error:
        if error.failure not in (StoreFailure.NOT_A_DATABASE, StoreFailure.DAMAGED):
            raise
        found, sound = None, "ok" if error.failure is StoreFailure.NOT_A_DATABASE else "it cannot be read"
    if sound != "ok":
        raise StoreError(StoreFailure.DAMAGED, f"{file}: this backup is damaged ({sound}); take an earlier one")
    if found is None:
        raise StoreError(StoreFailure.NOT_A_DATABASE, f"{file}: is no backup of a store")
    return found


def _holds_something(database: Database) -> bool:
    with database.reading() as connection:
        return any(connection.execute(select(table).limit(1)).first() for table in (pages, runs, findings))


def _fill(database: Database, ready: Database) -> None:
    if database.address.path is not None and ready.address.path is not None:
        ready.close()
        with told(database.address):
            _copy_file(ready.address.path, database.address.path)
        return
    with ready.reading() as source, database.writing() as target:
        for table in reversed(metadata.sorted_tables):
            target.execute(delete(table))
        _copy_rows(source, target)
        _count_on(target)


def _copy_file(source: Path, target: Path) -> None:
    """SQLite's own online copy: one state of the source, in one transaction of the target."""
    with closing(sqlite3.connect(source, timeout=60)) as old, closing(sqlite3.connect(target, timeout=60)) as new:
        old.backup(new)


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_BATCH).execute(select(table))
        for batch in rows.partitions():
            target.execute(insert(table), [dict(row._mapping) for row in batch])


def _count_on(target: Connection) -> None:
    """Let a server's own numbering go on after the rows that were copied."""
    for table in metadata.sorted_tables:
        column = next((each for each in table.primary_key.columns if each.identity is not None), None)
        if column is None:
            continue
        highest = target.execute(select(func.max(column))).scalar()
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :value, :used)"),
            {"table": table.name, "column": column.name, "value": highest or 1, "used": highest is not None},
        )
