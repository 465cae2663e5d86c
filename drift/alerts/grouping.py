"""What is sent at once: the deliveries that wait for one notifier, put into messages.

A delivery that was put into a message stays in it, whatever else comes: sent again, it is the same message with the
same key. A route hears what happened to one finding in order: while an earlier delivery waits for another attempt, what
came after it waits as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from drift.alerts import headings
from drift.alerts.quiet import opens
from drift.model import Harm, Severity
from drift.model.alert import Delivery, Event, Fact, Message, Reason
from drift.model.route import Route, Routing

# A first run that finds as many is told in one message. It is what fits into one message of Slack's fifty blocks, at
# five blocks a finding: fewer are read one by one, and more are a backlog to be worked off and no news.
BASELINE = 10
MOST = 100  # told in one message; the others are counted, for nobody reads on, and a mailbox refuses more than that

_URGENT = tuple(reversed(Severity))


@dataclass(frozen=True, slots=True)
class Batch:
    """A message and the deliveries it makes, in their order."""

    message: Message
    deliveries: tuple[Delivery, ...]


@dataclass(slots=True)
class _Group:
    route: str
    reason: Reason
    deliveries: list[Delivery]
    subjects: set[str] = field(default_factory=set)

    def add(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        self.subjects.add(delivery.event.subject)


def letters(
    waiting: Sequence[Delivery], routing: Routing, now: datetime, *, dashboard: str | None = None
) -> tuple[Batch, ...]:
    """The messages that may be sent now, in the order in which they are to be sent.

    `waiting` are all that wait for one notifier, in the order of their ids.
    """
    begun: dict[str, _Group] = {}
    for delivery in waiting:
        if delivery.message is not None:
            reason = delivery.message_reason or delivery.event.told.reason
            begun.setdefault(delivery.message, _Group(delivery.event.route, reason, [])).add(delivery)
    groups: list[_Group] = []
    waits: set[tuple[str, str]] = set()  # routes and subjects of which something earlier waits
    fresh: list[Delivery] = []
    for delivery in waiting:
        event, group = delivery.event, begun.get(delivery.message or "")
        if group is not None and delivery is not group.deliveries[0]:
            continue
        subjects = group.subjects if group is not None else {event.subject}
        mine = {(event.route, subject) for subject in subjects}
        if mine & waits or not _ripe(group.deliveries if group is not None else [delivery], routing, now):
            waits |= mine
        elif group is not None:
            groups.append(group)
        else:
            fresh.append(delivery)
    # What was begun comes before what was not: it may hold what happened to a finding before.
    return tuple(_letter(group, dashboard) for group in (*groups, *_grouped(fresh, routing)))


def key_of(route: str, notifier: str, events: Sequence[Event]) -> str:
    """The key of a message: the same for the same events."""
    said = "\n".join((route, notifier, *(event.key for event in events)))
    return f"M-{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:20]}"


def _ripe(deliveries: Sequence[Delivery], routing: Routing, now: datetime) -> bool:
    """Whether a message of these may be sent: where one of them may be told, the others are told with it."""
    first = deliveries[0]
    if first.held or (first.next_attempt is not None and first.next_attempt > now):
        return False
    route = routing.route(first.event.route)
    if route is None:  # one that was taken out of the settings is quiet no more
        return True
    tolds = [delivery.event.told for delivery in deliveries]
    return any(opens(route, told.severity, told.at, now) <= now for told in tolds)


def _grouped(fresh: Sequence[Delivery], routing: Routing) -> Iterator[_Group]:
    """New groups. What joins one never comes before an earlier delivery of the same subject."""
    many = _baselines(fresh)
    groups: list[_Group] = []
    places: dict[tuple[object, ...], int] = {}
    for delivery in fresh:
        event = delivery.event
        route = routing.route(event.route)
        together: tuple[object, ...]
        if (event.route, event.first_run) in many:
            reason, together = Reason.BASELINE, (event.first_run,)
        elif route is not None and route.digest is not None:
            reason, together = Reason.DIGEST, ()
        else:
            reason, together = event.told.reason, _together(route, delivery)
        name = (event.route, reason, *together)
        place = places.get(name)
        if place is None or any(event.subject in group.subjects for group in groups[place + 1 :]):
            place = places[name] = len(groups)
            groups.append(_Group(event.route, reason, []))
        groups[place].add(delivery)
    yield from groups


def _baselines(fresh: Sequence[Delivery]) -> set[tuple[str, int | None]]:
    counts: dict[tuple[str, int | None], int] = {}
    for delivery in fresh:
        if delivery.event.first_run is not None:
            name = (delivery.event.route, delivery.event.first_run)
            counts[name] = counts.get(name, 0) + 1
    return {name for name, count in counts.items() if count >= BASELINE}


def _together(route: Route | None, delivery: Delivery) -> tuple[object, ...]:
    """What deliveries of one message have in common. Pages that cannot be read go by source: they fall together."""
    told = delivery.event.told
    if told.policy is None:
        return (told.source,) if told.reason is Reason.BLIND else (delivery.event.subject,)
    group = route.group if route is not None else "policy"
    if group == "page":
        return ("page", told.article or told.policy)
    return ("policy", told.policy) if group == "policy" else ("run", told.source)


def _letter(group: _Group, dashboard: str | None) -> Batch:
    deliveries = tuple(group.deliveries)
    first = deliveries[0]
    tolds = _most_important_first(deliveries)
    message = Message(
        key=first.message or key_of(group.route, first.notifier, [delivery.event for delivery in deliveries]),
        route=group.route,
        reason=group.reason,
        heading=headings.heading(group.reason, tolds),
        tolds=tuple(tolds[:MOST]),
        at=max(told.at for told in tolds),
        left_out=max(0, len(tolds) - MOST),
        link=dashboard,
    )
    return Batch(message, deliveries)


def _most_important_first(deliveries: Sequence[Delivery]) -> list[Fact]:
    """What is told of the most important subject first, and of each subject in the order in which it happened."""
    ranks: dict[str, tuple[int, bool, datetime, str]] = {}
    for delivery in deliveries:
        rank = _importance(delivery.event.told)
        ranks[delivery.event.subject] = min(rank, ranks.get(delivery.event.subject, rank))
    ordered = sorted(deliveries, key=lambda delivery: ranks[delivery.event.subject])
    return [delivery.event.told for delivery in ordered]


def _importance(told: Fact) -> tuple[int, bool, datetime, str]:
    """The most severe first; of those, what hurts customers at once before what they will ask for; then the oldest."""
    return (_URGENT.index(told.severity), told.harm is not Harm.HARSH, told.at, told.finding or told.moment)
