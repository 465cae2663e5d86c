"""From the alerts as written to what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from drift.model.route import Digest, EscalationStep, QuietHours, Route, When
from drift.settings import nouns
from drift.settings.alerts import (
    AlertsEntry,
    AppriseEntry,
    EmailEntry,
    RouteEntry,
    SlackEntry,
    StepEntry,
    WebhookEntry,
    WhenEntry,
)
from drift.settings.cron import WEEKDAYS
from drift.settings.fields import duration
from drift.settings.lookup import Lookup


def alerts_of(alerts: AlertsEntry, time_zone: str, lookup: Lookup) -> nouns.AlertSettings:
    """The alerts of entries that are sound; secrets that are missing are told by the lookup."""
    return nouns.AlertSettings(
        dashboard=alerts.dashboard,
        notifiers=tuple(_notifier(name, notifier, lookup) for name, notifier in alerts.notifiers.items()),
        routes=tuple(_route(route, time_zone) for route in alerts.routes),
        default=alerts.default,
        operator=alerts.operator or alerts.default,
        questions=alerts.questions,
        escalation=tuple((severity, _steps(steps)) for severity, steps in alerts.escalation.items()),
    )


def _notifier(
    name: str, entry: SlackEntry | WebhookEntry | EmailEntry | AppriseEntry, lookup: Lookup
) -> nouns.NotifierSettings:
    path = ("alerts", "notifiers", name)
    if isinstance(entry, SlackEntry):
        return nouns.SlackSettings(name, lookup.address(entry.webhook, (*path, "webhook")))
    if isinstance(entry, WebhookEntry):
        url = lookup.address(entry.url, (*path, "url"))
        return nouns.WebhookSettings(name, url, lookup.secret(entry.key, (*path, "key")))
    if isinstance(entry, AppriseEntry):
        return nouns.AppriseSettings(name, lookup.secret(entry.url, (*path, "url")))
    password = lookup.secret(entry.password, (*path, "password")) if entry.password is not None else None
    return nouns.EmailSettings(
        name, entry.host, entry.port, entry.security, entry.user, password, entry.from_, tuple(entry.to)
    )


def _route(route: RouteEntry, time_zone: str) -> Route:
    quiet, digest = route.quiet, route.digest
    return Route(
        name=route.name,
        to=tuple(route.to),
        when=_when(route.when) if route.when is not None else None,
        group=route.group,
        quiet=QuietHours(
            start=time.fromisoformat(quiet.from_),
            end=time.fromisoformat(quiet.until),
            time_zone=quiet.time_zone or time_zone,
            days=_days(quiet.days),
            except_=tuple(quiet.except_),
        )
        if quiet is not None
        else None,
        digest=Digest(time.fromisoformat(digest.at), digest.time_zone or time_zone, _days(digest.days))
        if digest is not None
        else None,
    )


def _when(when: WhenEntry) -> When:
    return When(
        policy=tuple(when.policy),
        policy_owner=tuple(when.policy_owner),
        article_owner=tuple(when.article_owner),
        severity=tuple(when.severity),
        source=tuple(when.source),
        reason=tuple(when.reason),
    )


def _steps(steps: Iterable[StepEntry]) -> tuple[EscalationStep, ...]:
    return tuple(EscalationStep(duration(step.after), step.route) for step in steps)


def _days(names: Iterable[str]) -> tuple[int, ...]:
    """Weekdays from Monday, ascending, each once."""
    return tuple(sorted({WEEKDAYS.index(name) for name in names}))
