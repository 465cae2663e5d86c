"""What is told, as documents; events and deliveries, as rows; and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from drift.model import Diagnosis, Harm, Owner, Severity
from drift.model.alert import Asked, Delivery, DeliveryState, Event, Fact, Reason
from drift.store.spelling import Values

_TOLD = tuple(each.name for each in fields(Fact))
_ASKED = tuple(each.name for each in fields(Asked))


def told_document(told: Fact) -> Values:
    """What is told, as JSON has it."""
    document = asdict(told)
    document["at"] = told.at.isoformat()
    for name, owner in (("owner", told.owner), ("article_owner", told.article_owner)):
        document[name] = owner._asdict() if owner is not None else None
    document["wrong_for"] = told.wrong_for.total_seconds() if told.wrong_for is not None else None
    return document


def told_of(document: Mapping[str, Any]) -> Fact:
    """What is told, from its document. A field that the model no longer has is passed over."""
    values = {name: document[name] for name in _TOLD if name in document}
    values["reason"] = Reason(values["reason"])
    values["at"] = datetime.fromisoformat(values["at"])
    values["severity"] = Severity(values["severity"])
    values["diagnosis"] = Diagnosis(values["diagnosis"]) if values["diagnosis"] is not None else None
    values["harm"] = Harm(values["harm"]) if values["harm"] is not None else None
    values["wrong_for"] = timedelta(seconds=values["wrong_for"]) if values["wrong_for"] is not None else None
    for name in ("row", "column"):
        values[name] = tuple(values.get(name, ()))
    values["asked"] = tuple(_asked(one) for one in values.get("asked", ()))
    agreed = values.get("annotated_agreed")
    values["annotated_agreed"] = (agreed[0], agreed[1]) if agreed is not None else None
    values["asked_of"] = tuple(values.get("asked_of", ()))
    for name in ("owner", "article_owner"):
        values[name] = Owner(**values[name]) if values[name] is not None else None
    return Fact(**values)


def _asked(document: Mapping[str, Any]) -> Asked:
    values = {name: document[name] for name in _ASKED if name in document}
    return Asked(**{**values, "severity": Severity(values["severity"])})


def event_values(event: Event) -> Values:
    """The row of an event, without its id."""
    return {
        "key": event.key,
        "subject": event.subject,
        "reason": event.told.reason,
        "at": event.told.at,
        "finding": event.told.finding,
        "route": event.route,
        "first_run": event.first_run,
        "silence": event.silence,
        "told": told_document(event.told),
    }


def delivery_values(event_id: int, notifier: str) -> Values:
    """The row of a delivery that was not tried yet."""
    return {
        "event_id": event_id,
        "notifier": notifier,
        "state": DeliveryState.WAITING,
        "attempts": 0,
        "failure": "",
    }


def delivery(row: Row[Any]) -> Delivery:
    """A delivery from a row with the columns of both tables, and `held`; its event names its own notifier alone."""
    held = row._mapping
    event = Event(
        key=held["key"],
        subject=held["subject"],
        told=told_of(held["told"]),
        route=held["route"],
        notifiers=(held["notifier"],),
        first_run=held["first_run"],
        silence=held["silence"],
    )
    return Delivery(
        id=held["id"],
        event=event,
        notifier=held["notifier"],
        state=DeliveryState(held["state"]),
        attempts=held["attempts"],
        next_attempt=held["next_attempt"],
        first_attempt=held["first_attempt"],
        message=held["message"],
        message_reason=Reason(held["message_reason"]) if held["message_reason"] is not None else None,
        sent_at=held["sent_at"],
        failure=held["failure"],
        held=bool(held["held"]),
    )
