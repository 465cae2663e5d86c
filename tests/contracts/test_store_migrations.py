"""Stores of every released version become stores of this one, on both databases."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from drift.model import Outcome
from drift.model.alert import DeliveryState
from drift.model.errors import BlindReason, StoreError, StoreFailure
from drift.model.finding import Seen, State
from drift.store import check, open_store, restore, schema, upgrade
from drift.store.address import parse
from drift.store.database import Database
from drift.store.tables import metadata

RELEASED = Path(__file__).parents[2] / "fixtures" / "stores"
RETURNS = "https://help.larkspur.example/returns"
NOON = datetime(2026, 11, 21, 12, 0, 0, 4711, tzinfo=UTC)
DAY = timedelta(days=1)


def load(version: str, url: str) -> None:
    """Put the store of a released version, as it was dumped from SQLite, into an empty database."""
    dump = (RELEASED / f"{version}.sql").read_text(encoding="utf-8")
    if url.startswith("sqlite"):
        path = parse(url).path
        assert path
        with closing(sqlite3.connect(path)) as file:
            file.executescript(dump)
        return
    with Database(parse(url)) as database, closing(sqlite3.connect(":memory:")) as file:
        schema.upgrade(database, version)
        file.executescript(dump)
        file.row_factory = sqlite3.Row
        with database.writing() as connection:
            _copy(file, connection)


def _copy(file: sqlite3.Connection, connection: Connection) -> None:
    named = {table["name"] for table in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    there = [table for table, _ in inspect(connection).get_sorted_table_and_fkc_names() if table in named]
    for table in there:
        rows = [dict(row) for row in file.execute(f"SELECT * FROM {table}")]
        if rows and table != "alembic_version":
            columns = ", ".join(rows[0])
            values = ", ".join(f":{name}" for name in rows[0])
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), rows)


def shape(url: str) -> object:
    """Tables, columns with their types, keys and indexes of a database."""
    engine = create_engine(parse(url).url)
    try:
        seen = inspect(engine)
        return {
            table: (
                [(each["name"], repr(each["type"]), each["nullable"]) for each in seen.get_columns(table)],
                seen.get_pk_constraint(table)["constrained_columns"],
                sorted((each["name"], each["referred_table"]) for each in seen.get_foreign_keys(table)),
                sorted((each["name"], each["column_names"], each["unique"]) for each in seen.get_indexes(table)),
            )
            for table in seen.get_table_names()
            if table != "alembic_version"
        }
    finally:
        engine.dispose()


def test_every_version_has_its_store_and_the_newest_is_ours() -> None:
    assert sorted(file.stem for file in RELEASED.glob("*.sql")) == list(schema.known())
    assert schema.known()[-1] == schema.HEAD


@pytest.mark.parametrize("version", schema.known())
def test_a_store_of_each_version_walks_forward(version: str, empty_url: str) -> None:
    load(version, empty_url)
    assert upgrade(empty_url) == (version, schema.HEAD)
    assert check(empty_url).problems == ()
    with open_store(empty_url) as store:
        states = store.pages.states()
        assert states["https://help.larkspur.example/fees"].blind is BlindReason.SERVER_ERROR
        assert states[RETURNS].read_at == NOON + 2 * DAY
        reading = store.pages.reading(RETURNS)
        assert reading
        assert [each.outcome for each in reading.statements] == [Outcome.AGREES]
        assert [each.first_seen for each in store.pages.versions(RETURNS)] == [NOON, NOON + DAY, NOON + 2 * DAY]
        ((_, snapshot),) = store.pages.newest()
        assert snapshot.body == b"# Returns\n\nYou can return goods within 30 days.\n"
        (finding,) = store.findings.find()
        assert (finding.state, finding.statement.published) == (State.RESOLVED, "60 days")
        assert [each.seen for each in store.findings.history(finding.id)] == [Seen.SAME, Seen.AGREES]
        assert [each.hidden for each in store.findings.silences()] == [2]
        run = store.runs.unfinished("help", "crawl")
        assert run
        assert store.runs.done(run) == {RETURNS}


@pytest.mark.parametrize("version", [each for each in schema.known() if each >= "0002"])
def test_what_was_to_be_said_is_said_by_a_later_version(version: str, empty_url: str) -> None:
    load(version, empty_url)
    upgrade(empty_url)
    with open_store(empty_url) as store:
        (waiting,) = store.outbox.waiting("slack-content")
        assert waiting.event.key == "F-3f9a1c20/resolved/1"
        assert waiting.event.told.wrong_for == timedelta(hours=3)
        (dead,) = store.outbox.find(state=DeliveryState.DEAD)
        assert (dead.notifier, dead.message, dead.failure) == (
            "mail",
            "M-fedcba9876543210fedc",
            "it did not answer in time",
        )
        assert store.outbox.put([waiting.event]) == 0


@pytest.mark.parametrize("version", schema.known())
def test_a_backup_of_each_version_is_restored(version: str, empty_url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    load(version, f"sqlite:///{file}")
    restore(file, empty_url)
    assert check(empty_url).problems == ()
    with open_store(empty_url) as store:
        assert store.findings.get("F-3f9a1c20")


def test_migrations_make_the_tables_that_the_code_knows(empty_url: str, tmp_path: Path, postgresql_url: str) -> None:
    made = f"sqlite:///{tmp_path / 'made.db'}" if empty_url.startswith("sqlite") else postgresql_url
    upgrade(empty_url)
    engine = create_engine(parse(made).url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    engine.dispose()
    assert shape(empty_url) == shape(made)


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A drift whose newest migration is one later; gives the migration's file."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(schema.__file__).parent / "migrations", folder)
    migration = folder / "versions" / "9999_next.py"
    migration.write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '9999'\ndown_revision = '{schema.HEAD}'\n"
        "def upgrade():\n    op.add_column('pages', sa.Column('more', sa.Text))\n"
        "    with op.batch_alter_table('pages') as table:\n"  # makes the table anew in SQLite
        "        table.alter_column('failures', server_default='0')\n"
    )
    monkeypatch.setattr(schema, "_MIGRATIONS", folder)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "HEAD", "9999")
        yield migration


def test_an_older_sqlite_store_comes_forward_by_itself(sqlite_url: str, next_version: Path) -> None:
    assert next_version.exists()
    load("0001", sqlite_url)
    problems = check(sqlite_url).problems
    assert problems == ("its tables are of version 0001, this drift needs 9999: run 'drift db upgrade'",)
    with open_store(sqlite_url) as store:
        assert len(store.pages.states()) == 2
        assert len(store.pages.versions(RETURNS)) == 3
    found = check(sqlite_url)
    assert (found.version, found.problems) == ("9999", ())


@pytest.mark.usefixtures("next_version")
def test_an_older_server_is_left_to_its_owner(postgresql_url: str) -> None:
    load("0001", postgresql_url)
    with pytest.raises(StoreError, match="run 'drift db upgrade'") as told:
        open_store(postgresql_url)
    assert told.value.failure is StoreFailure.OLD
    assert upgrade(postgresql_url) == ("0001", "9999")
    with open_store(postgresql_url) as store:
        assert len(store.pages.states()) == 2


@pytest.mark.parametrize("wrong", ["SELECT nothing FROM nowhere", "DELETE FROM pages"])
def test_a_migration_that_fails_changes_nothing(empty_url: str, next_version: Path, wrong: str) -> None:
    load("0001", empty_url)
    before = shape(empty_url)
    next_version.write_text(next_version.read_text() + f"    op.execute('{wrong}')\n")
    with pytest.raises(StoreError):
        upgrade(empty_url)
    assert shape(empty_url) == before
    assert check(empty_url).version == "0001"


def test_a_store_of_a_later_version_is_refused(empty_url: str) -> None:
    upgrade(empty_url)
    with Database(parse(empty_url)) as database, database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (open_store, upgrade, check):
        with pytest.raises(StoreError, match="are of version 9999, this drift knows them up to") as told:
            use(empty_url)
        assert told.value.failure is StoreFailure.NEW
