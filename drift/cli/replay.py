"""`drift replay`: the past, from dated copies of a site, in the order of their dates."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from drift.assembly.replay import ReplayOptions
from drift.assembly.replay import replay as go_over
from drift.cli.lasting import lasting
from drift.cli.options import STORE, Annotator, Policies, PublishedAs, StoreUrl, now
from drift.cli.output import look, write
from drift.cli.progress import bar
from drift.cli.status import BLIND, DIVERGES, NOTHING_DIVERGES
from drift.findings.exposure import exposure
from drift.reports.replay import Row, render


class RulesOf(StrEnum):
    """Whose day's values a snapshot is held against."""

    SNAPSHOT = "snapshot"
    TODAY = "today"


Past = Annotated[
    Path, typer.Argument(metavar="DIR", help="A folder of folders named by dates, or a WARC file.", show_default=False)
]
AsOf = Annotated[
    RulesOf, typer.Option("--as-of", help="Judge by the values in force on the day of the snapshot, or by today's.")
]


def replay(
    path: Past,
    policies: Policies = Path("policies"),
    store: StoreUrl = STORE,
    published_as: PublishedAs = None,
    as_of: AsOf = RulesOf.SNAPSHOT,
    annotator: Annotator = None,
) -> None:
    """Learn since when a page has been wrong, from dated copies of it.

    DIR holds one folder a date (2026-01-06, 20260106T143000Z), each with the articles as they were: DIR/<date>/<path>.
    A page that a date lacks was not copied that day, and nothing follows from it. Each copy is judged by the values in
    force on its date. A replay that was killed goes on where it was when the command is run again.

    \b
    Examples:
      drift replay snapshots/
      drift replay snapshots/ --published-as https://help.larkspur.example --store sqlite:///past.db
      drift replay help-centre.warc.gz --as-of today --store sqlite:///past.db

    \b
    Exit status:
      0  nothing stands wrong at the end
      1  a finding stands open
      2  wrong input
      3  nothing stands wrong, but something could not be read
    """
    lasting()
    options = ReplayOptions(path, policies, store, published_as, as_of is RulesOf.TODAY, annotator)
    with bar("Replaying") as on_kept:
        done = go_over(options, now, on_kept)
    counts = done.run.counts
    rows = []
    for finding in (each for each in done.findings if each.held):  # questions are counted, and said of no page
        seen = exposure(finding)
        rows.append(Row(finding, seen.after, seen.by, seen.still, seen.ended_by))
    write(render(rows, counts, done.blind, done.notes, look()))
    standing = any(finding.state.stands for finding in done.findings)
    raise typer.Exit(DIVERGES if standing else BLIND if counts.get("blind") else NOTHING_DIVERGES)
