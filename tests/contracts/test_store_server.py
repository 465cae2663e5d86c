"""What goes wrong with a PostgreSQL server is told in our words, and never with its password."""

from __future__ import annotations

import traceback
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from drift.__main__ import main
from drift.model import Page
from drift.model.errors import StoreError, StoreFailure
from drift.model.finding import PageState
from drift.model.memory import PageOutcome
from drift.store import open_store, upgrade


def instead(url: str, **parts: str) -> str:
    """A URL with other parts: `user`, `password`, `host`, `database`."""
    split = urlsplit(url)
    user, password = parts.get("user", split.username), parts.get("password", split.password)
    host, database = parts.get("host", split.netloc.rpartition("@")[2]), parts.get("database", split.path[1:])
    return f"postgresql://{user}:{password}@{host}/{database}"


@pytest.mark.parametrize(
    ("parts", "failure"),
    [
        ({"password": "wr0ng%2Fpass"}, StoreFailure.FORBIDDEN),
        ({"user": "nobody"}, StoreFailure.FORBIDDEN),
        ({"database": "nowhere"}, StoreFailure.MISSING),
        ({"host": "127.0.0.1:1"}, StoreFailure.UNREACHABLE),
        ({"host": "nowhere.invalid"}, StoreFailure.UNREACHABLE),
    ],
    ids=str,
)
def test_what_a_server_refuses_is_told_without_its_password(
    postgresql_url: str, parts: dict[str, str], failure: StoreFailure, capsys: pytest.CaptureFixture[str]
) -> None:
    url = instead(postgresql_url, **parts)
    with pytest.raises(StoreError) as told:
        open_store(url)
    assert told.value.failure is failure
    assert main(["db", "check", "--store", url]) == 2
    said = "".join(traceback.format_exception(told.value)) + capsys.readouterr().err
    password = urlsplit(url).password
    assert password
    assert password not in said
    assert unquote(password) not in said


def test_missing_rights_are_told(postgresql_url: str) -> None:
    upgrade(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN PASSWORD 'pw'")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    try:
        with open_store(instead(postgresql_url, user="reader", password="pw")) as store:
            assert store.pages.states() == {}
            with pytest.raises(StoreError, match="no permission") as told:
                store.record([PageOutcome(PageState(Page("https://help.larkspur.example/a"), "help"))])
            assert told.value.failure is StoreFailure.FORBIDDEN
    finally:
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute("DROP OWNED BY reader")
            connection.execute("DROP ROLE reader")


def test_a_connection_that_the_server_ended_is_made_again(postgresql_url: str) -> None:
    with open_store(postgresql_url) as store:
        assert store.pages.states() == {}
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert store.pages.states() == {}
