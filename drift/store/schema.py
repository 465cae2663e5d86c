"""Which version the tables of a store are of, and how an older store becomes one of this version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from drift.model.errors import StoreError, StoreFailure
from drift.store.database import Database

HEAD = "0006"  # the newest migration: compared at every start, when loading Alembic would cost too much
_MIGRATIONS = Path(__file__).parent / "migrations"
_BUILDING = 7_264_001  # any number of our own: the advisory lock under which a server's tables are built


def version(connection: Connection) -> str | None:
    """The version of the tables, None if there are none. Raises StoreError (NOT_A_DATABASE) for tables not ours."""
    there = inspect(connection).get_table_names()
    if "alembic_version" in there:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if there and connection.dialect.name == "sqlite":
        raise StoreError(
            StoreFailure.NOT_A_DATABASE, f"{connection.engine.url.database}: is a database of something else"
        )
    return None


def prepare(database: Database) -> None:
    """Make a store ready for this version: build an empty one, bring an older SQLite store forward.

    Raises StoreError: NEW for a store of a later version; OLD for an older PostgreSQL store, which may be in use by
    programs of its own version (docs/decisions/0010-memory.md).
    """
    with database.reading() as connection:
        found = version(connection)
    if found == HEAD:
        return
    refuse_newer(database, found)
    if found is not None and not database.is_sqlite:
        raise StoreError(
            StoreFailure.OLD,
            f"{database.address}: its tables are of version {found}, this drift needs {HEAD}; "
            "stop every older drift that uses it, then run 'drift db upgrade'",
        )
    upgrade(database)


def refuse_newer(database: Database, found: str | None) -> None:
    """Raise StoreError (NEW) for tables of a version that this drift does not know."""
    if found is not None and found not in known():
        raise StoreError(
            StoreFailure.NEW,
            f"{database.address}: its tables are of version {found}, this drift knows them up to {HEAD}; "
            "use the drift that wrote it, or a later one",
        )


def known() -> tuple[str, ...]:
    """The versions there are, the oldest first."""
    files = (_MIGRATIONS / "versions").glob("[0-9]*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))


def upgrade(database: Database, to: str | None = None) -> tuple[str | None, str]:
    """Bring the tables forward to a version, the newest where none is named, in one transaction.

    Gives the version before and after.
    """
    to = to or HEAD
    with database.migrating() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _BUILDING})
        found = version(connection)
        refuse_newer(database, found)
        if found != to:
            _migrate(connection, to)
    return found, to


def _migrate(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreError(StoreFailure.REFUSED, f"the tables cannot be brought forward: {error}") from error
