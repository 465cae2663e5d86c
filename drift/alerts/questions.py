"""What is asked of who owns policies: a digest of the questions that wait, after a first pass and then weekly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from drift.alerts import tell
from drift.alerts.context import AlertContext
from drift.alerts.due import stamp
from drift.alerts.routing import address, to_route
from drift.findings import hides
from drift.model import Owner, Severity
from drift.model.alert import Event
from drift.model.finding import Finding, State
from drift.model.route import NOBODY

DAYS = 7  # from one digest to the next; counted by dates, so that whoever reads once a day asks on the same weekday
_SEVERITIES = tuple(Severity)


def questions(
    findings: Iterable[Finding], scene: AlertContext, now: datetime, asked: Mapping[str, datetime]
) -> tuple[Event, ...]:
    """The digests that are due now: one for each owner of policies with findings that are suspected.

    `asked` says when each subject was asked last. A digest is known by that, so that two who work it out at once make
    the same one. What a silence hides is not asked.
    """
    if not scene.routing.routes or scene.routing.questions == NOBODY:
        return ()
    waiting: dict[str, list[Finding]] = {}
    owners: dict[str, Owner] = {}
    for finding in findings:
        policy = scene.policy(finding.policy)
        if finding.state is State.SUSPECTED and policy is not None and hides(scene.silences, finding, now) is None:
            subject = f"questions {_name(policy.owner)}"
            waiting.setdefault(subject, []).append(finding)
            owners.setdefault(subject, policy.owner)
    made = []
    for subject in sorted(waiting):
        last = asked.get(subject)
        if last is not None and (now.date() - last.date()).days < DAYS:
            continue
        told = tell.of_questions(scene, owners[subject], sorted(waiting[subject], key=_worst), now)
        event = Event(f"{subject}/questions/{stamp(last) if last is not None else 'first'}", subject, told)
        route = scene.routing.questions
        made.append(address(event, scene.routing) if route is None else to_route(event, scene.routing, route))
    return tuple(made)


def _name(owner: Owner) -> str:
    """What an owner is known by: the same mailbox is asked once, however its team is spelled."""
    return owner.email or owner.team or owner.slack or ""


def _worst(finding: Finding) -> tuple[int, float, datetime, str]:
    statement = finding.statement
    return -_SEVERITIES.index(statement.severity), -statement.confidence, finding.first_diverged, finding.id
