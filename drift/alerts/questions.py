"""What is asked of who owns a policy: a digest of the questions that wait, and again in each week that any does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from drift.alerts import tell
from drift.alerts.routing import address
from drift.alerts.scene import Scene
from drift.findings import hides
from drift.model import Finding, Owner, Severity, State
from drift.model.alert import Event

_SEVERITIES = tuple(Severity)


def questions(findings: Iterable[Finding], scene: Scene, now: datetime) -> tuple[Event, ...]:
    """The digest of each owner of a policy with findings that are suspected; said before or not is the keys' to tell.

    What a silence hides is not asked. A week begins on Monday, in UTC.
    """
    if not scene.routing.routes:
        return ()
    waiting: dict[Owner, list[Finding]] = {}
    for finding in findings:
        policy = scene.policy(finding.policy)
        if finding.state is State.SUSPECTED and policy is not None and hides(scene.silences, finding, now) is None:
            waiting.setdefault(policy.owner, []).append(finding)
    week = f"{now:%GW%V}"
    made = []
    for owner, asked in waiting.items():
        name = f"questions {owner.email or owner.team or owner.slack}"
        told = tell.of_questions(scene, owner, sorted(asked, key=_worst), now)
        made.append(address(Event(f"{name}/questions/{week}", name, told), scene.routing))
    return tuple(made)


def _worst(finding: Finding) -> tuple[int, float, datetime, str]:
    statement = finding.statement
    return -_SEVERITIES.index(statement.severity), -statement.confidence, finding.first_diverged, finding.id
