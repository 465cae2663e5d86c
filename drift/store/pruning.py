"""Forgetting: which versions are kept, and what forgetting the others frees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, func, or_, select, text, union

from drift.model.alert import DeliveryState
from drift.model.finding import State
from drift.store import schema
from drift.store.address import parse
from drift.store.bodies import CHUNK
from drift.store.database import Database
from drift.store.failures import told
from drift.store.tables import answers, bodies, deliveries, events, findings, notes, runs, transitions, versions


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was forgotten, or would be: rows, and bytes of snapshots as they are stored."""

    versions: int
    snapshots: int
    runs: int
    notes: int
    bytes: int
    events: int = 0
    answers: int = 0


def prune(url: str, before: datetime, keep: int, *, dry_run: bool = False) -> Pruned:
    """Forget versions of pages last seen before a time, except the `keep` newest of each page.

    Never forgotten: the newest version of a page, and those that the history of a finding names. Runs and notes are
    forgotten by the same rule (the `keep` newest runs of each source stay), and so are events that were said, unless
    the same would be said again. Answers of an annotator were paid for and stay, but for those of no use. Raises
    StoreError.
    """
    with Database(parse(url), create=False) as database:
        schema.prepare(database)
        if dry_run:
            with database.reading() as connection:
                return _counted(connection, before, keep)
        with database.writing() as connection:
            if not database.is_sqlite:  # a crawl must not begin a version of a body that is being forgotten
                connection.execute(text("LOCK TABLE bodies IN SHARE ROW EXCLUSIVE MODE"))
            counted = _counted(connection, before, keep)
            connection.execute(delete(versions).where(versions.c.id.in_(_versions(before, keep))))
            connection.execute(delete(bodies).where(~exists().where(versions.c.body_hash == bodies.c.text_hash)))
            connection.execute(delete(runs).where(runs.c.id.in_(_runs(before, keep))))
            connection.execute(delete(notes).where(notes.c.at < before))
            connection.execute(delete(answers).where(_useless(before)))
            _forget_events(connection, before)
        _give_back(database)
        return counted


def _counted(connection: Connection, before: datetime, keep: int) -> Pruned:
    forgotten = _versions(before, keep)
    gone = forgotten.subquery()
    kept = versions.outerjoin(gone, gone.c.id == versions.c.id)
    needed = exists().select_from(kept).where(versions.c.body_hash == bodies.c.text_hash, gone.c.id.is_(None))
    snapshots, size = connection.execute(
        select(func.count(), func.coalesce(func.sum(func.length(bodies.c.packed)), 0)).where(~needed)
    ).one()
    return Pruned(
        versions=connection.execute(select(func.count()).where(versions.c.id.in_(forgotten))).scalar_one(),
        snapshots=snapshots,
        runs=connection.execute(select(func.count()).where(runs.c.id.in_(_runs(before, keep)))).scalar_one(),
        notes=connection.execute(select(func.count()).where(notes.c.at < before)).scalar_one(),
        bytes=int(size),
        events=connection.execute(select(func.count()).where(events.c.id.in_(_events(before)))).scalar_one(),
        answers=connection.execute(select(func.count()).select_from(answers).where(_useless(before))).scalar_one(),
    )


def _useless(before: datetime) -> ColumnElement[bool]:
    """Answers of no use. Those of the last day are counted in its budget, and not asked for again: they stay."""
    return and_(answers.c.probability.is_(None), answers.c.at < before - timedelta(days=1))


def _versions(before: datetime, keep: int) -> Select[tuple[int]]:
    stood_on = union(select(transitions.c.text_before), select(transitions.c.text_after)).subquery()
    age = func.row_number().over(partition_by=versions.c.page_id, order_by=versions.c.id.desc()).label("age")
    ranked = select(versions.c.id, versions.c.text_hash, versions.c.last_seen, age).subquery()
    return select(ranked.c.id).where(
        ranked.c.last_seen < before,  # the newest of a page has none
        ranked.c.age > keep,
        ranked.c.text_hash.not_in(select(stood_on.c[0])),
    )


def _runs(before: datetime, keep: int) -> Select[tuple[int]]:
    age = func.row_number().over(partition_by=runs.c.source, order_by=runs.c.id.desc()).label("age")
    ranked = select(runs.c.id, runs.c.beat, age).subquery()
    return select(ranked.c.id).where(ranked.c.beat < before, ranked.c.age > max(keep, 1))


def _forget_events(connection: Connection, before: datetime) -> None:
    forgotten = list(connection.execute(_events(before)).scalars())
    for start in range(0, len(forgotten), CHUNK):
        chosen = forgotten[start : start + CHUNK]
        connection.execute(delete(deliveries).where(deliveries.c.event_id.in_(chosen)))
        connection.execute(delete(events).where(events.c.id.in_(chosen)))


def _events(before: datetime) -> Select[tuple[int]]:
    """What is over: not on its way, not of a finding that stands, nor the last of any other subject.

    Those are worked out again and again, and would be said again if they were forgotten. By the last delivery that
    arrived by a notifier it is known which of its failures the operator has heard of.
    """
    waiting = select(deliveries.c.event_id).where(deliveries.c.state == DeliveryState.WAITING)
    arrived = select(func.max(deliveries.c.id)).where(deliveries.c.state == DeliveryState.SENT)
    heard = select(deliveries.c.event_id).where(deliveries.c.id.in_(arrived.group_by(deliveries.c.notifier)))
    standing = select(findings.c.id).where(findings.c.state.in_([state for state in State if state.stands]))
    newest = select(func.max(events.c.id)).where(events.c.finding.is_(None)).group_by(events.c.subject)
    return select(events.c.id).where(
        events.c.at < before,
        events.c.id.not_in(waiting),
        events.c.id.not_in(heard),
        events.c.id.not_in(newest),
        or_(events.c.finding.is_(None), events.c.finding.not_in(standing)),
    )


def _give_back(database: Database) -> None:
    """Give the room back to the system. PostgreSQL does so by itself."""
    if not database.is_sqlite:
        return
    with told(database.address), database.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA incremental_vacuum").fetchall()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
