"""Stores of both kinds for the contract tests: SQLite in a temporary folder, and a PostgreSQL server of our own."""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from waiting import wait_for

from drift.model import Outcome, Page, Snapshot
from drift.model.finding import PageState, Reading
from drift.model.memory import PageOutcome
from drift.model.statement import Statement
from drift.store import SqlStore, open_store, upgrade

REQUIRED = "DRIFT_REQUIRES_POSTGRESQL"  # set by the gate: a missing server is then a failure
PASSWORD = "s3cret/w@rd"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a throw-away server, without a database: `postgresql://drift:...@127.0.0.1:PORT`."""
    binaries = _binaries()
    if binaries is None:
        if os.environ.get(REQUIRED):
            pytest.fail("no PostgreSQL server is installed")
        pytest.skip("no PostgreSQL server is installed")
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="drift-pg-"))
    try:
        port = _made(binaries, folder, user)
        log = (folder / "log").open("wb")
        with (
            log,
            subprocess.Popen(
                [binaries / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port), "-c", "fsync=off"],
                stderr=log,
                cwd=folder,
                user=user,
            ) as server,
        ):
            url = f"postgresql://drift:{PASSWORD.replace('/', '%2F').replace('@', '%40')}@127.0.0.1:{port}"
            try:
                _wait(f"{url}/postgres", server)
                yield url
            finally:
                server.send_signal(signal.SIGQUIT)  # ends at once: nothing of it is kept
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with _database(postgresql, "template1") as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite store that is not made yet."""
    return f"sqlite:///{tmp_path / 'drift.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The URL of a store without tables: each test that asks for it runs on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def built_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its tables, to be copied: quicker than to build each."""
    path = tmp_path_factory.mktemp("store") / "drift.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def built_postgresql(postgresql: str) -> Iterator[str]:
    """The name of a database with the tables of a store, to be copied."""
    with _database(postgresql, "template1") as url:
        upgrade(url)
        yield url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a store with tables and nothing in them, on both databases."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_url")
        shutil.copyfile(request.getfixturevalue("built_sqlite"), url.removeprefix("sqlite:///"))
        yield url
    else:
        built = request.getfixturevalue("built_postgresql")
        with _database(request.getfixturevalue("postgresql"), built) as url:
            yield url


@pytest.fixture
def store(store_url: str) -> Iterator[SqlStore]:
    with open_store(store_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def statement_of() -> Callable[..., Statement]:
    """`statement_of(published, slot=..., ...)`: a statement of returns/window."""

    def made(published: str = "30 days", *, outcome: Outcome = Outcome.AGREES, **more: object) -> Statement:
        values: dict[str, object] = {
            "slot": "s1",
            "policy": "returns",
            "term": "window",
            "outcome": outcome,
            "published": published,
            "expected": "30 days",
            "sentence": f"You can return goods within {published}.",
            "words": "You can return goods within ⟨⟩.",
            "nth": 1,
            "quote": f"You can return goods within {published}.",
            "value_text": published,
            "value_start": 28,
            "confidence": 0.9,
        }
        return Statement(**{**values, **more})  # type: ignore[arg-type]

    return made


@pytest.fixture(scope="session")
def outcome_of(statement_of: Callable[..., Statement]) -> Callable[..., PageOutcome]:
    """`outcome_of(name, text, at=..., ...)`: what a good reading of a page leaves behind; further fields as given."""

    def made(
        name: str = "returns", text: str = "first", *, at: datetime = NOON, body: bytes | None = None, **more: object
    ) -> PageOutcome:
        page = Page(f"https://help.larkspur.example/{name}")
        digest = hashlib.sha256(text.encode()).hexdigest()
        state = PageState(page, "help", text=digest, first_read=at, read_at=at, full_read_at=at, tried_at=at)
        reading = Reading(page, at, digest, "p1", "r1", name.title(), (statement_of(),), claims=2)
        snapshot = Snapshot(page, body or f"<p>{text}</p>".encode(), "text/html", "utf-8", 200, page.address, at)
        values: dict[str, object] = {"state": state, "reading": reading, "snapshot": snapshot}
        return PageOutcome(**{**values, **more})  # type: ignore[arg-type]

    return made


@contextmanager
def _database(server: str, template: str) -> Iterator[str]:
    """The URL of a new database."""
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name), reverse=True)
    return next((each for each in folders if (each / "postgres").exists()), None)


def _made(binaries: Path, folder: Path, user: str | None) -> int:
    """Make an empty cluster, and choose a free port for it."""
    if user is not None:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)
    password = folder / "password"
    password.write_text(PASSWORD)
    password.chmod(0o644)
    asked = ["-U", "drift", f"--pwfile={password}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [binaries / "initdb", "-D", folder / "data", *asked], check=True, capture_output=True, cwd=folder, user=user
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        assert server.poll() is None, "the PostgreSQL server did not start"
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            return False
        return True

    wait_for(answers)
