"""One leader among all processes that share a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from drift.model.errors import StoreError, StoreFailure
from drift.store.database import Database, beside
from drift.store.failures import told
from drift.store.locks import file_lock, session

LEADING = 7_264_002  # any number of our own: the advisory lock that the leader holds

_HELD = text(
    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid() AND objid = :key"
)

Held = Callable[[], bool]


@contextmanager
def leadership(database: Database) -> Iterator[Held | None]:
    """Lead, as long as the block runs, unless another process does: then None is given, at once.

    What is given otherwise tells whether we still lead: a server that is restarted forgets its locks. The leadership
    ends with its process, however that ends. Raises StoreError where the lock cannot be asked for.
    """
    lock = _server_lock(database) if database.address.path is None else _file_lock(database)
    with lock as held:
        yield held


@contextmanager
def _file_lock(database: Database) -> Iterator[Held | None]:
    assert database.address.path is not None
    with ExitStack() as stack:
        try:
            leads = stack.enter_context(file_lock(beside(database.address.path, "leader"), wait=False))
        except OSError as error:
            message = f"{database.address}: no permission to lead ({error.filename}: {error.strerror})"
            raise StoreError(StoreFailure.FORBIDDEN, message) from None
        yield (lambda: True) if leads else None


@contextmanager
def _server_lock(database: Database) -> Iterator[Held | None]:
    with ExitStack() as stack:
        with told(database.address):
            connection = stack.enter_context(session(database.engine))
            leads = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": LEADING}).scalar()

        def held() -> bool:
            try:
                return connection.execute(_HELD, {"key": LEADING}).first() is not None
            except SQLAlchemyError:
                return False

        yield held if leads else None
