"""The ledger of runs: what was read when, and what was left unfinished."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select, update

from drift.model.memory import Run
from drift.store import spelling
from drift.store.database import Database
from drift.store.tables import pages, runs


class Runs:
    """The runs of a store. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, source: str, kind: str, at: datetime, *, policies: str = "", reader: str = "") -> Run:
        """Write that a run began."""
        run = Run(0, source, kind, started=at, beat=at, policies=policies, reader=reader)
        with self._database.writing() as connection:
            made = connection.execute(insert(runs).values(spelling.run_values(run)))
            key = made.inserted_primary_key
        assert key is not None
        return dataclasses.replace(run, id=key[0])

    def beat(self, run: Run, at: datetime) -> None:
        """Write that a run is still alive."""
        with self._database.writing() as connection:
            connection.execute(update(runs).where(runs.c.id == run.id).values(beat=at))

    def end(self, run: Run, at: datetime, counts: Mapping[str, int], failure: str = "") -> None:
        """Write that a run is over, with what it counted, or why its source could not be read."""
        ended = {"beat": at, "ended": at, "counts": dict(counts), "failure": failure}
        with self._database.writing() as connection:
            connection.execute(update(runs).where(runs.c.id == run.id).values(**ended))

    def unfinished(self, source: str, kind: str) -> Run | None:
        """The newest run of a source if it was never ended: the one to resume."""
        wanted = select(runs).where(runs.c.source == source, runs.c.kind == kind).order_by(runs.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(wanted).first()
        return spelling.run(row) if row is not None and row.ended is None else None

    def done(self, run: Run) -> frozenset[str]:
        """The public addresses of the pages that a run has written."""
        wanted = select(pages.c.article).where(pages.c.source == run.source, pages.c.run_id == run.id)
        with self._database.reading() as connection:
            return frozenset(connection.execute(wanted).scalars())

    def last(self, count: int, source: str | None = None) -> tuple[Run, ...]:
        """The last runs of a source, or of all, the newest first."""
        wanted = select(runs).order_by(runs.c.started.desc(), runs.c.id.desc()).limit(count)
        if source is not None:
            wanted = wanted.where(runs.c.source == source)
        with self._database.reading() as connection:
            return tuple(spelling.run(row) for row in connection.execute(wanted))
