"""What notifiers, routes and escalation of drift.yaml mean together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from drift.files.yamlfile import Document, Steps
from drift.model.route import NOBODY
from drift.settings.alerts import AlertsConfig, RouteConfig, WhenConfig
from drift.settings.lint import known_name

EVERYTHING = WhenConfig()


@dataclass(frozen=True, slots=True)
class Names:
    """What there is to be named, those included that are themselves wrong."""

    sources: tuple[str, ...]
    notifiers: tuple[str, ...]
    routes: tuple[str, ...]


def lint_alerts(
    alerts: AlertsConfig, routes: Sequence[tuple[Steps, RouteConfig]], names: Names, document: Document, *, whole: bool
) -> None:
    """Tell routes that lead nowhere or that nothing leads to, and escalation that runs backwards.

    `whole` says that nothing of the alerts is missing from `alerts` and `routes` because it is faulty.
    """
    named = _named_routes(alerts, names, document)
    if alerts.routes and alerts.default is None and whole:
        expected = "default: the name of the route that takes what others leave"
        document.tell(("alerts",), "'default' is missing", expected)
    for path, route in routes:
        for number, notifier in enumerate(route.to):
            known_name(notifier, names.notifiers, "notifier", document, (*path, "to", number))
        if whole and route.when is None and route.name not in named:
            message = f"nothing leads to the route '{route.name}'"
            document.tell(path, message, "'when', or its name in 'default', 'operator', 'questions' or 'escalation'")
        _lint_when(route, path, names.sources, document)
        if route.quiet is not None and route.quiet.from_ == route.quiet.until:
            document.tell((*path, "quiet"), "quiet hours that end when they begin", "two different times")
    _lint_reached(routes, document)
    heard = {name for _, route in routes for name in route.to}
    for name in names.notifiers:
        if whole and name not in heard:
            document.tell(("alerts", "notifiers", name), f"no route goes to '{name}'", key=True, warning=True)


def _named_routes(alerts: AlertsConfig, names: Names, document: Document) -> set[str]:
    """The routes that others name, each told where there is none of that name."""
    named: set[str] = set()
    asked = alerts.questions if alerts.questions != NOBODY else None
    for key, name in (("default", alerts.default), ("operator", alerts.operator), ("questions", asked)):
        if name is not None:
            named.add(name)
            known_name(name, names.routes, "route", document, ("alerts", key))
    for severity, steps in alerts.escalation.items():
        where: Steps = ("alerts", "escalation", severity.value)
        for number, step in enumerate(steps):
            named.add(step.route)
            known_name(step.route, names.routes, "route", document, (*where, number, "route"))
            if number and step.after <= steps[number - 1].after:
                message = f"'{step.after.text}' is not later than the step before"
                document.tell((*where, number, "after"), message, f"more than {steps[number - 1].after.text}")
    return named


def _lint_when(route: RouteConfig, path: Steps, sources: Sequence[str], document: Document) -> None:
    for number, pattern in enumerate(route.when.source if route.when else ()):
        if not any(fnmatchcase(name, pattern) for name in sources):
            known_name(pattern, sources, "source", document, (*path, "when", "source", number))


def _lint_reached(routes: Sequence[tuple[Steps, RouteConfig]], document: Document) -> None:
    """Warn of routes behind one that takes everything."""
    taker: str | None = None
    for path, route in routes:
        if taker is not None and route.when is not None:
            message = f"nothing reaches this route: '{taker}' before it takes everything"
            document.tell((*path, "when"), message, key=True, warning=True)
        if taker is None and route.when == EVERYTHING:
            taker = route.name
