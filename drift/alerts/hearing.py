"""Who would hear of a finding, and why."""

from __future__ import annotations

from datetime import datetime

from drift.alerts import tell
from drift.alerts.context import AlertContext
from drift.alerts.routing import address, explain
from drift.findings import hides
from drift.model.alert import Event, Reason
from drift.model.finding import Finding, State
from drift.model.route import Hearing

_REASONS = {
    State.REGRESSED: Reason.REGRESSED,
    State.RESOLVED: Reason.RESOLVED,
    State.GONE: Reason.RESOLVED,
    State.WITHDRAWN: Reason.WITHDRAWN,
}


def hearing(finding: Finding, scene: AlertContext, now: datetime) -> Hearing:
    """Who would hear of a finding if what was last said of it were said now."""
    reason = _REASONS.get(finding.state, Reason.OPENED)
    event = Event("", finding.id, tell.of_finding(scene, finding, reason, now))
    heard = address(event, scene.routing)
    return Hearing(
        finding,
        explain(event, scene.routing),
        heard.route,
        heard.notifiers,
        hides(scene.silences, finding, now),
        scene.routing.steps(event.told.severity),
    )
