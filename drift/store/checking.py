"""Whether a store is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, exists, func, select

from drift.store import bodies, schema
from drift.store.address import parse
from drift.store.database import Database
from drift.store.tables import bodies as body_table
from drift.store.tables import findings, pages, versions

_BATCH = 100  # bodies held at a time
_MOST = 20  # problems of one kind that are told one by one


@dataclass(frozen=True, slots=True)
class Checked:
    """What a store holds, and what is wrong with it, in words. `orphans` are snapshots that no version needs."""

    version: str
    pages: int = 0
    versions: int = 0
    snapshots: int = 0
    findings: int = 0
    orphans: int = 0
    problems: tuple[str, ...] = ()


def check(url: str) -> Checked:
    """Read everything that can be wrong, without changing anything.

    Raises StoreError where there is no store, where it cannot be reached, or where it is of a later version.
    """
    with Database(parse(url), create=False) as database:
        with database.reading() as connection:
            found = schema.version(connection)
            schema.refuse_newer(database, found)
            damaged = tuple(_damage(connection)) if database.is_sqlite else ()
        if found != schema.HEAD:
            said = (
                f"its tables are of version {found or 'none'}, this drift needs {schema.HEAD}: run 'drift db upgrade'"
            )
            return Checked(found or "none", problems=(*damaged, said))
        if damaged:  # reading further would only stumble over the same
            return Checked(found, problems=damaged)
        with database.reading() as connection:
            return _contents(connection, found)


def _contents(connection: Connection, version: str) -> Checked:
    return Checked(
        version,
        pages=_rows(connection, pages),
        versions=_rows(connection, versions),
        snapshots=_rows(connection, body_table),
        findings=_rows(connection, findings),
        orphans=connection.execute(
            select(func.count())
            .select_from(body_table)
            .where(~exists().where(versions.c.body_hash == body_table.c.text_hash))
        ).scalar_one(),
        problems=(*_versions(connection), *_bodies(connection)),
    )


def _damage(connection: Connection) -> Iterator[str]:
    for (said,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})"):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_MOST):
        yield f"row {row} of {table} belongs to a row of {parent} that is not there"


def _versions(connection: Connection) -> Iterator[str]:
    newest = (versions.c.page_id == pages.c.id) & versions.c.last_seen.is_(None)
    counted = (
        select(pages.c.article, func.count(versions.c.id).label("count"))
        .select_from(pages.outerjoin(versions, newest))
        .where(pages.c.text_hash != "")
        .group_by(pages.c.id, pages.c.article)
        .having(func.count(versions.c.id) != 1)
        .limit(_MOST)
    )
    for row in connection.execute(counted):
        yield f"{row.article} has {row.count} newest versions"


def _bodies(connection: Connection) -> Iterator[str]:
    """Every snapshot is unpacked, a few at a time, and held against the hash of what was fetched."""
    last = ""
    while True:
        wanted = select(body_table).where(body_table.c.text_hash > last).order_by(body_table.c.text_hash).limit(_BATCH)
        rows = connection.execute(wanted).all()
        for row in rows:
            try:
                bodies.unpack(row)
            except ValueError as error:
                yield f"the snapshot of text {row.text_hash[:12]} is damaged: {error}"
        if len(rows) < _BATCH:
            return
        last = rows[-1].text_hash


def _rows(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
