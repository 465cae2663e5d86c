"""What settings would have drift do, in words: a table of the sources with their next runs, and a line for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from drift.files.config import secrets_in
from drift.files.cron import MONTHS, WEEKDAYS
from drift.model import wording
from drift.model.route import Route
from drift.reports import Display
from drift.reports.sheet import Sheet
from drift.settings import Settings
from drift.settings.alerts import AlertsConfig
from drift.settings.schedule import next_runs
from drift.sources.config import Schedule, SourceConfig

RUNS = 3
_LABEL = 12  # cells of the column of labels


def render(settings: Settings, now: datetime, look: Display) -> str:
    """The settings in words, with the next runs after `now`."""
    sheet = Sheet(look)
    _sources(sheet, settings.sources, now)
    sheet.gap()
    fetching, kept = settings.fetching, settings.retention
    rate = f"{fetching.per_second:g} a second" if fetching.per_second else "as many as it answers"
    whole = wording.counted(fetching.full_read.days, "day") if fetching.full_read.days else str(fetching.full_read)
    _row(sheet, "policies", str(settings.policies))
    _row(sheet, "store", settings.store.url)
    _row(sheet, "fetching", f"requests to a host: {rate}, {fetching.concurrency} at once; whole after {whole}")
    _row(sheet, "blind", f"after {wording.counted(fetching.blind_after, 'failure')} in a row")
    visits, hours = wording.counted(fetching.replaced.visits, "visit"), fetching.replaced.over / timedelta(hours=1)
    _row(sheet, "replaced", f"until another text was read on {visits} over {hours:g} hours")
    _row(sheet, "keeps", f"{kept.age.days} days, and the last {wording.counted(kept.versions, 'version')} of a page")
    _annotator(sheet, settings)
    _alerts(sheet, settings.alerts)
    secrets = dict.fromkeys(secret.origin for secret in secrets_in(settings))
    _row(sheet, "secrets", f"found: {', '.join(secrets)}" if secrets else "none needed")
    sheet.gap()
    return sheet.done()


def _row(sheet: Sheet, label: str, words: str) -> None:
    sheet.line((f"{label:<{_LABEL}}", "dim"), (words, ""), indent=2)


def _sources(sheet: Sheet, sources: Sequence[SourceConfig], now: datetime) -> None:
    width = max(_LABEL, *(len(source.name) + 2 for source in sources))
    kinds = max(len(source.kind) for source in sources) + 2
    for source in sources:
        more = f" and {len(source.at) - 1} more" if len(source.at) > 1 else ""
        kind = (f"{source.kind:<{kinds}}", "")
        sheet.line((f"{source.name:<{width}}", "bold"), kind, (f"{source.at[0]}{more}", ""), indent=2)
        sheet.line((f"{'next':<{kinds}}", "dim"), (_runs(source.schedule, now), "cyan"), indent=2 + width)


def _runs(schedule: Schedule, now: datetime) -> str:
    """'Mon 23 Nov 06:00, 12:00, 18:00 Europe/Paris': a day is said once."""
    parts: list[str] = []
    before: datetime | None = None
    for run in next_runs(schedule, now, RUNS):
        day = (
            ""
            if before and before.date() == run.date()
            else f"{WEEKDAYS[run.weekday()].title()} {run.day} {MONTHS[run.month - 1].title()} "
        )
        clock = f"{run:%H:%M:%S}" if run.second else f"{run:%H:%M}"
        parts.append(f"{day}{clock}")
        before = run
    waits = f", up to {_length(schedule.jitter)} later" if schedule.jitter else ""
    return f"{', '.join(parts)} {schedule.time_zone}{waits}"


def _length(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return wording.counted(minutes, "minute") if minutes and not seconds else f"{int(length.total_seconds())} s"


def _annotator(sheet: Sheet, settings: Settings) -> None:
    """What leaves the house, and where it goes."""
    annotator = settings.annotator
    if annotator is None:
        _row(sheet, "annotator", "nobody is asked: nothing of a page is sent anywhere")
        return
    _row(sheet, "annotator", annotator.goes_where())
    if not annotator.asks:
        return
    twice = ", each in two wordings" if annotator.ask_twice else ""
    tokens = f", {annotator.tokens_a_day:,} tokens a day" if annotator.tokens_a_day is not None else ""
    _row(sheet, "", f"at most {wording.counted(annotator.questions_a_day, 'question')} a day{twice}{tokens}")
    if left_out := [source.name for source in settings.sources if not source.asked_about]:
        _row(sheet, "", f"never asked about: {', '.join(left_out)}")


def _alerts(sheet: Sheet, alerts: AlertsConfig) -> None:
    if not alerts.routes:
        _row(sheet, "alerts", "nobody is told: there is no route")
        return
    routes = wording.counted(len(alerts.routes), "route")
    _row(sheet, "alerts", f"{routes}, {wording.counted(len(alerts.notifiers), 'notifier')}")
    for number, route in enumerate(alerts.routing.routes, start=1):
        sheet.line(
            (f"{number}. ", "dim"), (route.name, "bold"), (f"  {_taken(route, alerts)} -> {', '.join(route.to)}", ""),
            indent=2 + _LABEL,
        )  # fmt: skip


def _taken(route: Route, alerts: AlertsConfig) -> str:
    """What comes to a route, in words."""
    words: list[str] = []
    if route.when is not None:
        fields = ("policy", "policy_owner", "article_owner", "severity", "source", "reason")
        asked = [(field.replace("_", " "), getattr(route.when, field)) for field in fields]
        words += ["; ".join(f"{field} {' or '.join(values)}" for field, values in asked if values) or "everything"]
    routing = alerts.routing
    words += ["what no other takes"] if route.name == routing.default else []
    words += ["drift itself"] if route.name == routing.operator else []
    words += ["questions"] if route.name == routing.questions else []
    escalated = [
        severity.value for severity, steps in routing.escalation if route.name in {step.route for step in steps}
    ]
    words += [f"{' and '.join(escalated)} findings nobody acknowledged"] if escalated else []
    return ", ".join(words)
