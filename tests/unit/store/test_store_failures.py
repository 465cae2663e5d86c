"""What goes wrong with an SQLite file is told in our words, with its class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from drift.__main__ import main
from drift.model.errors import StoreError, StoreFailure
from drift.store import check, open_store, upgrade
from drift.store.address import of_file
from drift.store.database import Database

PAGE = 4096  # bytes of a page of an SQLite file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    upgrade(f"sqlite:///{tmp_path / 'drift.db'}")
    return tmp_path / "drift.db"


def write(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE more (words TEXT)")
    connection.exec_driver_sql("INSERT INTO more VALUES (zeroblob(1000000))")


@pytest.mark.parametrize(
    ("pragma", "failure", "words"),
    [
        ("max_page_count=40", StoreFailure.FULL, "the disk is full; nothing was written"),
        ("query_only=ON", StoreFailure.FORBIDDEN, "no permission"),
    ],
)
def test_a_write_that_fails_changes_nothing(path: Path, pragma: str, failure: StoreFailure, words: str) -> None:
    with Database(of_file(path)) as database:

        @event.listens_for(database.engine, "connect")
        def limited(connection: object, _: object) -> None:
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

        with pytest.raises(StoreError, match=words) as told, database.writing() as connection:
            write(connection)
        assert told.value.failure is failure
    assert check(f"sqlite:///{path}").problems == ()


def test_a_writer_that_never_ends_is_told(path: Path) -> None:
    with Database(of_file(path)) as slow, Database(of_file(path), patience=0.05) as other, slow.writing():
        with pytest.raises(StoreError, match="is locked") as told, other.writing():
            pass
        assert told.value.failure is StoreFailure.LOCKED
        assert told.value.transient


def test_a_damaged_file_is_told(path: Path) -> None:
    with Database(of_file(path)) as database, database.writing() as connection:
        write(connection)
    body = path.read_bytes()
    path.write_bytes(body[:-PAGE] + b"\xff" * PAGE)
    found = check(f"sqlite:///{path}")
    assert found.problems
    assert all("damaged" in problem for problem in found.problems)
    path.write_bytes(body[:PAGE] + b"\xff" * (len(body) - PAGE))
    with pytest.raises(StoreError, match="is damaged: move it away") as told:
        check(f"sqlite:///{path}")
    assert told.value.failure is StoreFailure.DAMAGED


@pytest.mark.parametrize(
    ("made", "failure"),
    [
        (lambda path: path.write_text("Dear diary, " * 100), StoreFailure.NOT_A_DATABASE),
        (lambda path: path.mkdir(), StoreFailure.NOT_A_DATABASE),
        (lambda path: path.parent.joinpath("file").write_text(""), StoreFailure.FORBIDDEN),
    ],
    ids=["another file", "a folder", "a file for a folder"],
)
def test_what_is_no_store_is_refused(
    tmp_path: Path, made: Callable[[Path], object], failure: StoreFailure, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / ("drift.db" if failure is not StoreFailure.FORBIDDEN else "file/drift.db")
    made(tmp_path / "drift.db")
    with pytest.raises(StoreError) as told:
        open_store(f"sqlite:///{path}")
    assert told.value.failure is failure
    assert main(["db", "upgrade", "--store", f"sqlite:///{path}"]) == 2
    assert capsys.readouterr().err.startswith(f"error: sqlite:///{path}: ")


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with Database(of_file(tmp_path / "other.db")) as database, database.writing() as connection:
        write(connection)
    with pytest.raises(StoreError, match="is a database of something else"):
        open_store(f"sqlite:///{tmp_path / 'other.db'}")


def test_a_store_is_not_made_where_none_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store yet") as told:
        open_store(f"sqlite:///{tmp_path / 'new' / 'drift.db'}", create=False)
    assert told.value.failure is StoreFailure.MISSING
    assert [*tmp_path.iterdir()] == []
