"""`drift status`: how the watch stands."""

from __future__ import annotations

from datetime import datetime

import typer

from drift.assembly.annotating import plan
from drift.cli.options import FormatName, ReportFormat, now
from drift.cli.output import look, write
from drift.cli.remembered import SettingsAtHand, StoreAtHand, opened
from drift.cli.status import BLIND, DIVERGES, NOTHING_DIVERGES
from drift.model.views import AnnotatorPlan, SourcePlan, WatchStatus
from drift.model.watch_ports import Store
from drift.reports import status as report
from drift.serve import KIND, PAST, late_by_ledger
from drift.settings import Settings
from drift.settings.schedule import next_runs
from drift.watch import status as flow
from drift.watch.watched import BLIND_AFTER


def status(
    report_format: ReportFormat = FormatName.TEXT, file: SettingsAtHand = None, store: StoreAtHand = None
) -> None:
    """Show how the watch stands: the last run of each source, what could not be read, and what stands open.

    With a drift.yaml at hand it also says when each source is read next, and whether one was not read in time.

    \b
    Examples:
      drift status
      drift status --format json --store postgresql://drift@db.larkspur.example/drift

    \b
    Exit status:
      0  no finding stands, and all that is watched was read
      1  a finding stands: a page is wrong, silenced or not
      2  wrong input, or no store
      3  no finding stands, but a page is blind, or a source was not read (in time)
    """
    moment = now()
    with opened(store, file) as (known, settings):
        plans = _plans(known, settings, moment) if settings else None
        blind_after = settings.fetching.blind_after if settings else BLIND_AFTER
        found = flow.status(known, moment, plans, blind_after, _annotator(settings))
    if report_format is FormatName.JSON:
        write(report.render_json(found), machine=True)
    else:
        write(report.render(found, look()))
    raise typer.Exit(of_watch(found))


def _annotator(settings: Settings | None) -> AnnotatorPlan | None:
    """Who is asked by the settings, None for nobody."""
    return plan(settings.annotator) if settings and settings.annotator else None


def _plans(store: Store, settings: Settings, moment: datetime) -> dict[str, SourcePlan]:
    """When each source is read next, and whether it should have been by now, as `drift serve` counts it."""
    office = store.runs.unfinished("", KIND)
    plans = {}
    for source in settings.sources:
        late = late_by_ledger(source.schedule, store.runs.last(PAST, source.name), office, moment)
        plans[source.name] = SourcePlan(next_runs(source.schedule, moment, 1)[0], late is not None)
    return plans


def of_watch(status: WatchStatus) -> int:
    """A finding that stands is a divergence, silenced or not; what was not read is never all right."""
    if any(status.standing.values()):
        return DIVERGES
    unread = any(view.run is None or view.run.failure or view.late or view.dead for view in status.sources)
    return BLIND if unread or status.blind or not status.sources else NOTHING_DIVERGES
