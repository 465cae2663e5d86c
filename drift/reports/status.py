"""How a watch stands: what was read and what was not, first; then what stands open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drift.model import wording
from drift.model.finding import PageState
from drift.model.memory import Run
from drift.model.views import AnnotatorView, SourceView, WatchStatus
from drift.reports import Display
from drift.reports.findings_json import dumped, moment
from drift.reports.json_report import instant
from drift.reports.moments import ago, day, minute
from drift.reports.sheet import Sheet
from drift.reports.table import Cell, Column, table

FORMAT = "drift-status/1"
_BLIND_SHOWN = 20  # pages listed by name; --format json has all
_SOURCES = (
    Column("source"),
    Column("last run"),
    Column("read", right=True),
    Column("blind", right=True),
    Column("gone", right=True),
    Column("next"),
)


def render(status: WatchStatus, look: Display) -> str:
    sheet = Sheet(look)
    if not status.sources:
        sheet.line(("Nothing was read yet: 'drift crawl' or 'drift replay' reads.", "bold magenta"))
    else:
        _sources(sheet, status, look)
    _blind(sheet, status)
    _findings(sheet, status)
    _annotator(sheet, status)
    return sheet.done()


def render_json(status: WatchStatus) -> str:
    """`drift-status/1`: fields may be added, none is renamed or removed."""
    return dumped(
        {
            "format": FORMAT,
            "at": instant(status.at),
            "sources": [_source(view) for view in status.sources],
            "blind": [
                {
                    "article": page.page.public,
                    "source": page.source,
                    "why": page.blind.value if page.blind else None,
                    "detail": page.detail or None,
                    "since": moment(page.blind_since),
                    "failures": page.failures,
                    "read_at": moment(page.read_at),
                }
                for page in status.blind
            ],
            "standing": {severity.value: count for severity, count in status.standing.items()},
            "acknowledged": status.acknowledged,
            "silenced": status.silenced,
            "questions": status.questions,
            "annotator": _annotator_fields(status.annotator) if status.annotator else None,
        }
    )


def _annotator_fields(view: AnnotatorView) -> dict[str, Any]:
    return {
        "model": view.plan.model,
        "questions": view.questions,
        "questions_a_day": view.plan.questions_a_day,
        "tokens": view.tokens,
        "tokens_a_day": view.plan.tokens_a_day,
        "waiting": view.waiting,
        "agreed": list(view.agreed) if view.agreed else None,
        "checked": moment(view.checked),
        "trusted": view.trusted,
    }


def _source(view: SourceView) -> dict[str, Any]:
    run = view.run
    return {
        "source": view.name,
        "run": None
        if run is None
        else {
            "kind": run.kind,
            "started": instant(run.started),
            "ended": moment(run.ended),
            "failure": run.failure or None,
            "counts": dict(run.counts),
            "done": view.done if run.ended is None else None,
        },
        "alive": moment(view.alive),
        "read": view.read,
        "blind": view.blind,
        "gone": view.gone,
        "duplicates": view.duplicates,
        "next": moment(view.next),
        "late": view.late,
        "dead": view.dead,
    }


def _sources(sheet: Sheet, status: WatchStatus, look: Display) -> None:
    rows = []
    for view in status.sources:
        ran = ago(view.run.started, status.at) if view.run else "never"
        style = "bold magenta" if _warning(view, status) else ""
        row = (
            Cell(view.name, "bold"),
            Cell(ran, style),
            Cell(str(view.read)),
            Cell(str(view.blind), "bold magenta" if view.blind else ""),
            Cell(str(view.gone)),
            Cell(minute(view.next) if view.next else "-"),
        )
        rows.append(row)
    columns = _SOURCES if any(view.next for view in status.sources) else _SOURCES[:-1]
    table(sheet, columns, [row[: len(columns)] for row in rows], look.width)
    sheet.gap()
    for view in status.sources:
        if view.run is not None and not view.run.failure:
            sheet.line((f"{view.name}: {_told(view.run, view)}", "dim"))
    for view in status.sources:
        if warning := _warning(view, status):
            sheet.line(("WARNING", "bold magenta"), (f"  {view.name}: {warning}", ""))
    sheet.gap()


def _told(run: Run, view: SourceView) -> str:
    """'crawl of 2026-03-03 10:00 UTC: 12 pages, 3 changed'."""
    counts = f": {_counts(run.counts)}" if run.counts else ""
    if run.ended is None:
        counts = f": still running, {wording.counted(view.done, 'page')} done"
        if view.dead:
            counts = f": cut off after {wording.counted(view.done, 'page')}; the next one goes on from there"
    return f"{run.kind} of {minute(run.started)} UTC{counts}"


def _counts(counts: Mapping[str, int]) -> str:
    """What there was any of, pages first."""
    order = sorted(counts, key=lambda name: name != "pages")
    return ", ".join(f"{counts[name]} {name}" for name in order if counts[name] or name == "pages")


def _warning(view: SourceView, status: WatchStatus) -> str:
    """Why nothing newer is known of a source, '' where it was read in time."""
    if view.run is None:
        return "it was never read"
    if view.run.failure:
        return f"it could not be read on {minute(view.run.started)} UTC: {view.run.failure}"
    if view.dead and view.alive is not None:
        return f"its run gave no sign of life since {minute(view.alive)} UTC"
    if view.late:
        return f"it was not read in time: its last run began {ago(view.run.started, status.at)}"
    return ""


def _blind(sheet: Sheet, status: WatchStatus) -> None:
    if not status.blind:
        return
    classes = ", ".join(f"{count} {reason.value}" for reason, count in status.blind_by_reason.items())
    count = wording.counted(len(status.blind), "page")
    sheet.line((f"{count} blind", "bold magenta"), (f" ({classes}): nothing newer is known of them", ""))
    for page in status.blind[:_BLIND_SHOWN]:
        sheet.line((page.page.public, ""), indent=2)
        sheet.line((_why(page), "dim"), indent=4)
    if len(status.blind) > _BLIND_SHOWN:
        rest = len(status.blind) - _BLIND_SHOWN
        sheet.line((f"and {rest} more: --format json lists them all", "dim"), indent=2)
    sheet.gap()


def _why(page: PageState) -> str:
    reason = f"{page.blind.value}: {wording.blind(page.blind)}" if page.blind else ""
    since = f", since {minute(page.blind_since)} UTC" if page.blind_since else ""
    read = f"last read on {minute(page.read_at)} UTC" if page.read_at else "never read"
    return f"{reason}{since}; {read}"


def _findings(sheet: Sheet, status: WatchStatus) -> None:
    total = sum(status.standing.values())
    severities = ", ".join(f"{count} {severity.value}" for severity, count in status.standing.items())
    more = [f"{status.acknowledged} acknowledged"] if status.acknowledged else []
    more += [f"{status.silenced} silenced"] if status.silenced else []
    sheet.line(
        (f"{wording.counted(total, 'finding')} {'stands' if total == 1 else 'stand'}", "bold red" if total else ""),
        (f": {severities}" if severities else "", ""),
        (f"; {', '.join(more)}" if more else "", ""),
    )
    if status.questions:
        asks = "question waits" if status.questions == 1 else "questions wait"
        sheet.line(
            (f"{status.questions} {asks} for an answer", "bold"), (": drift findings list --state suspected", "")
        )


def _annotator(sheet: Sheet, status: WatchStatus) -> None:
    """Who is asked, what that took of its budget, what waits for it, and how far it is known to be right."""
    view = status.annotator
    if view is None:
        return
    plan = view.plan
    tokens = wording.counted(view.tokens, "token") + (f" of {plan.tokens_a_day}" if plan.tokens_a_day else "")
    spent = f"{view.questions} of {wording.counted(plan.questions_a_day, 'question')} and {tokens} in 24 hours"
    waits = f"; {wording.counted(view.waiting, 'page')} with unanswered questions" if view.waiting else ""
    sheet.line(("annotator ", ""), (plan.model, "bold"), (f": {spent}{waits}", ""))
    if view.agreed is not None and view.checked is not None:
        sheet.line((f"it {wording.agreed_with(view.agreed)} (checked {day(view.checked)})", ""), indent=2)
        if not view.trusted:
            sheet.line(
                (f"below its floor ({plan.trust:g}): what it says is a question, and no alarm", "bold"), indent=2
            )
    else:
        sheet.line(("nobody has compared it with people yet: drift annotator check", "dim"), indent=2)
