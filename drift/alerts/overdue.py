"""What only time brings: findings that nobody reacts to, silences that ended, policies past their review date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from drift.alerts import tell
from drift.alerts.context import AlertContext
from drift.alerts.due import silenced, stamp
from drift.alerts.routing import address, to_route
from drift.findings import covers, hides
from drift.model.alert import Event, Reason
from drift.model.finding import Finding, State
from drift.model.statement import Cause


def overdue(findings: Iterable[Finding], scene: AlertContext, now: datetime) -> tuple[Event, ...]:
    """What is due now of the findings of a source; said before or not, for that is the keys' to tell.

    `scene.silences` holds those that ended as well.
    """
    if not scene.routing.routes:
        return ()
    standing = [one for one in findings if one.state.stands and one.cause is not Cause.READER]
    return tuple(event for one in standing for event in (*_expired(one, scene, now), *_escalated(one, scene, now)))


def reviews(scene: AlertContext, now: datetime) -> tuple[Event, ...]:
    """The policies that are past their review date."""
    if not scene.routing.routes:
        return ()
    found = []
    for policy in scene.registry.policies:
        if policy.review is None:
            continue
        by = policy.review.due
        if by < now.date():
            name = f"policy {policy.name}"
            told = tell.of_policy(scene, policy, by, now)
            found.append(address(Event(f"{name}/review/{by}", name, told), scene.routing))
    return tuple(found)


def _expired(finding: Finding, scene: AlertContext, now: datetime) -> Iterator[Event]:
    """The finding stood when a silence over it ended, and no other hides it."""
    if hides(scene.silences, finding, now) is not None:
        return
    for silence in scene.silences:
        if silence.until > now or finding.standing_since >= silence.until or not covers(silence, finding):
            continue
        told = tell.of_finding(scene, finding, Reason.EXPIRED, now, ended=silence)
        key = f"{finding.id}/expired/{silence.id}/{stamp(silence.until)}"
        yield address(Event(key, finding.id, told), scene.routing)


def _escalated(finding: Finding, scene: AlertContext, now: datetime) -> Iterator[Event]:
    """The steps that are over. Who acknowledges a finding stops them, and has as long again before they go on."""
    since, life = finding.standing_since, str(finding.regressions + 1)
    if finding.state is State.ACKNOWLEDGED and finding.acknowledged_at is not None:
        since, life = finding.acknowledged_at, f"{life}/{stamp(finding.acknowledged_at)}"
    told = tell.of_finding(scene, finding, Reason.ESCALATED, now)
    for number, step in enumerate(scene.routing.steps(told.severity), start=1):
        if now - since < step.after:
            continue
        event = Event(f"{finding.id}/escalated/{life}/{number}", finding.id, told)
        held = silenced(event, finding, scene, now)
        yield held if held.silence else to_route(replace(held, route="", notifiers=()), scene.routing, step.route)
