"""The store as the flows know it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from drift.model.memory import PageOutcome, Run
from drift.store import bodies, recording, schema
from drift.store.address import parse
from drift.store.annotations import Annotations
from drift.store.database import Database
from drift.store.findings import Findings
from drift.store.leadership import Held, leadership
from drift.store.listing import SqlListing
from drift.store.outbox import SqlOutbox
from drift.store.pages import Pages
from drift.store.runs import Runs
from drift.store.turns import turn


class SqlStore:
    """What is remembered: pages, findings, runs and what is to be said. Close it, or use it as a context manager.

    It holds no clock: every time that is written is handed in.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.pages = Pages(database)
        self.findings = Findings(database)
        self.runs = Runs(database)
        self.outbox = SqlOutbox(database)
        self.annotations = Annotations(database)
        self.listing = SqlListing(database)

    def record(self, outcomes: Sequence[PageOutcome], run: Run | None = None) -> None:
        """Write what visits to pages left behind, at most one a page: all of it or nothing.

        Events whose key was written before are passed over. A page that reads as it did costs one row update. Raises
        StoreError: CHANGED where a finding is no longer in the state that its first transition comes from (a person
        acknowledged it meanwhile): read it again, advance it again and record again. Raises ValueError for two outcomes
        of one page, a blind reading, and a reading of another text than its state tells.
        """
        recording.refuse_nonsense(outcomes)
        if not outcomes:
            return
        packed = bodies.packed(self._database, outcomes)  # before the transaction, so that nobody waits for it
        with self._database.writing() as connection:
            recording.write(connection, outcomes, packed, run.id if run is not None else None)

    def leadership(self) -> AbstractContextManager[Held | None]:
        """Lead all processes on this store for as long as a block runs; see `drift.store.leadership`."""
        return leadership(self._database)

    def turn(self, source: str, who: str, at: datetime) -> AbstractContextManager[Held]:
        """Have a source for oneself for as long as a block runs; see `drift.store.turns`. Raises BusyError."""
        return turn(self._database, source, who, at)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> SqlStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(url: str, *, create: bool = True) -> SqlStore:
    """The store at a URL: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/DATABASE`.

    An empty one is built, and an older SQLite store brought forward. Raises StoreError where there is none that this
    version can use; with `create=False` (MISSING) also where there is no file yet.
    """
    database = Database(parse(url), create=create)
    try:
        schema.prepare(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)
