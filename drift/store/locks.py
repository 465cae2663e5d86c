"""Locks that end with their process: a file lock beside an SQLite store, a session of its own on a server."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

# A holder whose machine is gone without a word loses its locks after 10 + 3 x 5 seconds; the server's own patience
# would be two hours. Without a meaning, and allowed, on a connection within one machine.
_PROMPT = (
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
    "SET tcp_user_timeout = 25000",
)


@contextmanager
def file_lock(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold a lock on a file, which is made where there is none and stays. Gives whether it is held.

    The system gives it back when the process ends, however it ends. Raises OSError where the file cannot be opened.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


@contextmanager
def session(engine: Engine) -> Iterator[Connection]:
    """A session on a server for advisory locks, which it gives back when the block or the process ends."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        for setting in _PROMPT:
            connection.exec_driver_sql(setting)
        yield connection
    finally:
        connection.invalidate()  # ends the session, and with it the locks
        connection.close()
