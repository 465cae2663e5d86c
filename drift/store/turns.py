"""One pass over a source at a time, among all processes that share a store.

Two at once would write every change of a finding twice, and ask its host twice as often as it was told.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from drift.model.errors import BusyError, StoreError, StoreFailure
from drift.store.database import Database, beside
from drift.store.failures import told
from drift.store.leadership import Held
from drift.store.locks import file_lock, session

PASSES = 7_264_003  # any number of our own: the advisory locks of passes, one for each source
NAMED = 63  # bytes that a server keeps of an application's name

_TAKE = text("SELECT pg_try_advisory_lock(:passes, :source)")
_LOCK = """
    FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = :passes AND objid = :source AND objsubid = 2
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_HELD = text(f"SELECT 1 {_LOCK} AND pid = pg_backend_pid()")
_HOLDER = text(f"SELECT application_name FROM pg_stat_activity WHERE pid IN (SELECT pid {_LOCK})")


@contextmanager
def turn(database: Database, source: str, who: str, at: datetime) -> Iterator[Held]:
    """Have a source for oneself, as long as the block runs.

    Gives what tells whether we still have it: a server that is restarted forgets its locks. The turn ends with its
    process, however that ends. `who` and `at` (now) are told to those who come meanwhile. Raises BusyError where
    another has it, at once, and StoreError where it cannot be asked for.
    """
    lock = _on_a_server if database.address.path is None else _beside_a_file
    with lock(database, source, who, at) as held:
        yield held


@contextmanager
def _beside_a_file(database: Database, source: str, who: str, at: datetime) -> Iterator[Held]:
    assert database.address.path is not None
    path = beside(database.address.path, f"pass-{hashlib.sha256(_bytes(source)).hexdigest()[:8]}")
    with ExitStack() as stack:
        try:
            if not stack.enter_context(file_lock(path, wait=False)):
                raise _busy(source, *_written(path))
            path.write_text(json.dumps({"source": source, "who": who, "since": at.isoformat()}), encoding="utf-8")
        except OSError as error:
            failure = StoreFailure.FULL if error.errno == errno.ENOSPC else StoreFailure.FORBIDDEN
            message = f"{database.address}: no pass can be begun ({error.filename}: {error.strerror})"
            raise StoreError(failure, message) from None
        yield lambda: True


def _written(path: Path) -> tuple[str, datetime | None]:
    """Who holds a file, and since when: as they wrote it, and they may be writing it now."""
    try:
        said: Any = json.loads(path.read_text(encoding="utf-8"))
        return str(said["who"]), datetime.fromisoformat(said["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", None


@contextmanager
def _on_a_server(database: Database, source: str, who: str, at: datetime) -> Iterator[Held]:
    key = {"passes": PASSES, "source": int.from_bytes(hashlib.sha256(_bytes(source)).digest()[:4], "big") >> 1}
    with ExitStack() as stack:
        with told(database.address):
            connection = stack.enter_context(session(database.engine))
            name = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {who}".encode("ascii", "replace")[:NAMED].decode()
            connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name})
            if not connection.execute(_TAKE, key).scalar():
                raise _busy(source, *_named(connection.execute(_HOLDER, key).scalar()))

        def held() -> bool:
            try:
                return connection.execute(_HELD, key).first() is not None
            except SQLAlchemyError:
                return False

        yield held


def _named(name: str | None) -> tuple[str, datetime | None]:
    """Who holds a lock, and since when: as they named their session."""
    since, _, who = (name or "").partition(" ")
    try:
        return who, datetime.fromisoformat(since)
    except ValueError:
        return "", None


def _busy(source: str, who: str, since: datetime | None) -> BusyError:
    begun = f", since {since.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if since else ""
    return BusyError(f"{source} is being read by {who or 'another process'}{begun}")


def _bytes(source: str) -> bytes:
    return source.encode("utf-8", "surrogatepass")
