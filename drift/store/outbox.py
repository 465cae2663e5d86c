"""The outbox: what is to be said, written together with what made it happen, and how far it is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, func, insert, select, update

from drift.model.alert import Delivery, DeliveryState, Event, Reason
from drift.store import told
from drift.store.bodies import CHUNK
from drift.store.columns import written
from drift.store.database import Database
from drift.store.spelling import Values
from drift.store.tables import deliveries, events, runs, silences
from drift.store.upserts import insert_returning


class SqlOutbox:
    """The deliveries of a store. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, made: Sequence[Event]) -> int:
        """Write events that no visit to a page made; gives how many are new. The others are passed over."""
        new = self.unsaid(made)
        if not new:
            return 0
        with self._database.writing() as connection:
            return write(connection, new)

    def unsaid(self, made: Sequence[Event]) -> tuple[Event, ...]:
        """Those events whose keys were not written yet."""
        known = self._known([event.key for event in made])
        return tuple(event for event in made if written(event.key) not in known)

    def waiting(self, notifier: str) -> tuple[Delivery, ...]:
        """All that waits for a notifier, in order."""
        wanted = _deliveries().where(deliveries.c.notifier == notifier, deliveries.c.state == DeliveryState.WAITING)
        with self._database.reading() as connection:
            return tuple(told.delivery(row) for row in connection.execute(wanted.order_by(deliveries.c.id)))

    def notifiers(self) -> tuple[str, ...]:
        """The names of all that something waits for, whether or not the settings still have them."""
        wanted = select(deliveries.c.notifier).where(deliveries.c.state == DeliveryState.WAITING).distinct()
        with self._database.reading() as connection:
            return tuple(sorted(connection.execute(wanted).scalars()))

    def begin(self, chosen: Sequence[Delivery], message: str, reason: Reason, at: datetime) -> None:
        """Write that deliveries are about to be sent, as one message: from now on they may have arrived."""
        values = {
            "message": message,
            "message_reason": reason,
            "attempts": deliveries.c.attempts + 1,
            "first_attempt": func.coalesce(deliveries.c.first_attempt, at),
        }
        self._update(chosen, values)

    def sent(self, chosen: Sequence[Delivery], at: datetime) -> None:
        """Write that a message arrived."""
        self._update(chosen, {"state": DeliveryState.SENT, "sent_at": at, "next_attempt": None, "failure": ""})

    def failed(self, chosen: Sequence[Delivery], failure: str, next_attempt: datetime | None) -> None:
        """Write that a message did not arrive, and when it is tried again; None gives it up."""
        state = DeliveryState.WAITING if next_attempt is not None else DeliveryState.DEAD
        self._update(chosen, {"state": state, "failure": failure, "next_attempt": next_attempt})

    def retry(self, chosen: Sequence[Delivery]) -> None:
        """Let deliveries that were given up, or that wait, be tried at once, for as long as new ones are.

        They keep their message and its key: the receiver may have had it.
        """
        fresh = {"state": DeliveryState.WAITING, "attempts": 0, "next_attempt": None, "first_attempt": None}
        self._update(chosen, fresh)

    def last_sent(self, notifier: str) -> int:
        """The id of the last delivery that arrived by a notifier, 0 where none did."""
        arrived = (deliveries.c.notifier == notifier) & (deliveries.c.state == DeliveryState.SENT)
        with self._database.reading() as connection:
            return connection.execute(select(func.max(deliveries.c.id)).where(arrived)).scalar() or 0

    def last_said(self, reason: Reason) -> dict[str, datetime]:
        """When something was last to be said for a reason, by subject."""
        wanted = select(events.c.subject, func.max(events.c.at, type_=events.c.at.type).label("last"))
        wanted = wanted.where(events.c.reason == reason).group_by(events.c.subject)
        with self._database.reading() as connection:
            return {row.subject: row.last for row in connection.execute(wanted)}

    def find(
        self, *, state: DeliveryState | None = None, finding: str | None = None, most: int | None = None
    ) -> tuple[Delivery, ...]:
        """Deliveries for which all that is given holds, the newest first."""
        wanted = _deliveries().order_by(deliveries.c.id.desc()).limit(most)
        if state is not None:
            wanted = wanted.where(deliveries.c.state == state)
        if finding is not None:
            wanted = wanted.where(events.c.finding == finding)
        with self._database.reading() as connection:
            return tuple(told.delivery(row) for row in connection.execute(wanted))

    def get(self, delivery: int) -> Delivery | None:
        """A delivery by its id, None if there is none."""
        with self._database.reading() as connection:
            row = connection.execute(_deliveries().where(deliveries.c.id == delivery)).first()
        return told.delivery(row) if row is not None else None

    def _known(self, keys: Sequence[str]) -> frozenset[str]:
        found: set[str] = set()
        wanted = [written(key) for key in keys]
        with self._database.reading() as connection:
            for start in range(0, len(wanted), CHUNK):
                there = select(events.c.key).where(events.c.key.in_(wanted[start : start + CHUNK]))
                found.update(connection.execute(there).scalars())
        return frozenset(found)

    def _update(self, chosen: Sequence[Delivery], values: Values) -> None:
        ids = [delivery.id for delivery in chosen]
        with self._database.writing() as connection:
            for start in range(0, len(ids), CHUNK):
                these = deliveries.c.id.in_(ids[start : start + CHUNK])
                connection.execute(update(deliveries).where(these).values(values))


def write(connection: Connection, made: Sequence[Event]) -> int:
    """Write events within a transaction, with a delivery for each notifier; gives how many were not there yet.

    One that a silence holds back has no delivery and is counted on the silence.
    """
    new = 0
    for event in made:
        event_id = insert_returning(connection, events, told.event_values(event), events.c.id)
        if event_id is None:
            continue
        new += 1
        if event.silence is not None:
            held = silences.c.id == event.silence
            connection.execute(update(silences).where(held).values(hidden=silences.c.hidden + 1))
        elif event.notifiers:
            rows = [told.delivery_values(event_id, notifier) for notifier in event.notifiers]
            connection.execute(insert(deliveries), rows)
    return new


def _deliveries() -> Select[tuple[object, ...]]:
    """Deliveries with their events. One is held while the first run that found it goes on; old runs are pruned."""
    columns = [column for column in events.c if column.name not in ("id", "reason", "at", "finding")]
    columns += [column for column in deliveries.c if column.name != "event_id"]
    held = (runs.c.id.is_not(None) & runs.c.ended.is_(None)).label("held")
    joined = deliveries.join(events, deliveries.c.event_id == events.c.id)
    return select(*columns, held).select_from(joined.outerjoin(runs, runs.c.id == events.c.first_run))
