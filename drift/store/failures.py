"""What a database says when something goes wrong, in our words and with the class of failure."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from drift.model.errors import StoreError, StoreFailure
from drift.store.address import StoreAddress

# By SQLite's primary result codes, https://www.sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_PERM: StoreFailure.FORBIDDEN,
    sqlite3.SQLITE_BUSY: StoreFailure.LOCKED,
    sqlite3.SQLITE_LOCKED: StoreFailure.LOCKED,
    sqlite3.SQLITE_READONLY: StoreFailure.FORBIDDEN,
    sqlite3.SQLITE_CORRUPT: StoreFailure.DAMAGED,
    sqlite3.SQLITE_FULL: StoreFailure.FULL,
    sqlite3.SQLITE_CANTOPEN: StoreFailure.FORBIDDEN,
    sqlite3.SQLITE_AUTH: StoreFailure.FORBIDDEN,
    sqlite3.SQLITE_NOTADB: StoreFailure.NOT_A_DATABASE,
    sqlite3.SQLITE_IOERR: StoreFailure.UNREACHABLE,
}

# By SQLSTATE or its class (its first two characters), https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "08": StoreFailure.UNREACHABLE,
    "28": StoreFailure.FORBIDDEN,
    "3D": StoreFailure.MISSING,
    "42501": StoreFailure.FORBIDDEN,
    "40": StoreFailure.CHANGED,  # a deadlock, or two that could not be put in an order: all was rolled back
    "53100": StoreFailure.FULL,
    "53": StoreFailure.UNREACHABLE,  # too many connections, out of memory
    "55P03": StoreFailure.LOCKED,
    "57P": StoreFailure.UNREACHABLE,  # shut down, or starting up
    "XX001": StoreFailure.DAMAGED,
    "XX002": StoreFailure.DAMAGED,
}

_WORDS = {
    StoreFailure.MISSING: "there is no such database",
    StoreFailure.UNREACHABLE: "cannot be reached",
    StoreFailure.FORBIDDEN: "no permission",
    StoreFailure.NOT_A_DATABASE: "is no SQLite database",
    StoreFailure.DAMAGED: "is damaged: move it away and bring a backup back with 'drift restore'",
    StoreFailure.FULL: "the disk is full; nothing was written",
    StoreFailure.LOCKED: "is locked: another program has been writing for longer than we wait",
    StoreFailure.CHANGED: "somebody else was writing the same; nothing was written",
    StoreFailure.REFUSED: "the database refused",
}

# What comes of reading a row of a damaged file into our nouns: a state that is none, a document cut short, a time that
# is no time. The library's own types raise the same.
_SAID = 200  # characters of what was raised that are told
_NOT_AS_WRITTEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, zlib.error)


@contextmanager
def told(address: StoreAddress) -> Iterator[None]:
    """Errors of a database as StoreErrors. What is ours (StoreError, bugs) passes through as it is."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise translated(error, address) from None  # the chain would show statements, and addresses with passwords


@contextmanager
def as_written(address: StoreAddress) -> Iterator[None]:
    """A row that cannot be what was written as a StoreError. Only for what reads rows and does nothing else."""
    try:
        yield
    except _NOT_AS_WRITTEN as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:_SAID]
        words = f"{address}: {_WORDS[StoreFailure.DAMAGED]} (a row is not as it was written: {said})"
        raise StoreError(StoreFailure.DAMAGED, words) from error


def translated(error: Exception, address: StoreAddress) -> StoreError:
    """One error of a database in our words, with the database's own behind them."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    failure = _failure(cause)
    said = " ".join(str(cause).split())
    return StoreError(failure, f"{address}: {_WORDS[failure]} ({address.scrubbed(said)})")


def _failure(error: BaseException) -> StoreFailure:
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, StoreFailure.REFUSED)
    state = getattr(error, "sqlstate", None)
    if state is None:  # libpq gives no SQLSTATE for what happens while it connects
        return _while_connecting(error)
    return next((_POSTGRESQL[key] for key in (state, state[:3], state[:2]) if key in _POSTGRESQL), StoreFailure.REFUSED)


def _while_connecting(error: BaseException) -> StoreFailure:
    if not _is_operational(error):
        return StoreFailure.REFUSED
    said = str(error)
    if "authentication failed" in said or "no password supplied" in said or "pg_hba.conf" in said:
        return StoreFailure.FORBIDDEN
    return StoreFailure.MISSING if 'database "' in said and "does not exist" in said else StoreFailure.UNREACHABLE


def _is_operational(error: BaseException) -> bool:
    return type(error).__name__ in ("OperationalError", "ConnectionTimeout")
