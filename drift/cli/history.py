"""`drift history`: the versions of a page, and what changed in it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated

import typer

from drift.cli.options import FormatName, Output, ReportFormat, day
from drift.cli.output import look, ready, write
from drift.cli.remembered import SettingsAtHand, StoreAtHand, opened
from drift.reports import history as report
from drift.watch import history as flow

PageAddress = Annotated[
    str, typer.Argument(metavar="PAGE", help="The address of a page, or its path.", show_default=False)
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only what the page showed from this day on.", show_default=False),
]
Full = Annotated[bool, typer.Option("--full", help="The whole text, with what did not change.")]


def history(
    page: PageAddress,
    since: Since = None,
    full: Full = False,
    report_format: ReportFormat = FormatName.TEXT,
    output: Output = None,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
) -> None:
    """Show the versions of a page: when it read so, what it meant for findings, and what changed in its words.

    \b
    Examples:
      drift history https://help.larkspur.example/wireless/unlock
      drift history https://help.larkspur.example/wireless/unlock --since 2026-03-01 --full

    \b
    Exit status:
      0  the versions were shown
      2  nothing is remembered of the page, or no store
    """
    ready(output)
    first = day(since, "--since")
    start = datetime.combine(first, time(), UTC) if first else None
    with opened(store, file) as (known, settings):
        selectors = {source.name: source.content for source in settings.sources} if settings else {}
        source = flow.known(known, page).source
        found = flow.history(known, page, start, selectors.get(source))
    if report_format is FormatName.JSON:
        write(report.render_json(found), output, machine=True)
    else:
        write(report.render(found, look(output), full=full), output)
