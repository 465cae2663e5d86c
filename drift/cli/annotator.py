"""`drift annotator`: how far the one that is asked may be believed."""

from __future__ import annotations

from typing import Annotated

import typer

from drift.assembly.trusting import TrustOptions
from drift.assembly.trusting import check as compare
from drift.cli.options import AllowPrivate, AsOf, FormatName, Output, PublishedAs, ReportFormat, day, now
from drift.cli.output import look, ready, write
from drift.cli.progress import progress
from drift.cli.remembered import POLICIES, SETTINGS, ArticlesAtHand, RulesAtHand, StoreAtHand
from drift.cli.status import BLIND, DIVERGES, NOTHING_DIVERGES
from drift.model.trust import ENOUGH
from drift.reports import annotator as report

annotator = typer.Typer()

Who = Annotated[
    str | None,
    typer.Option(
        "--annotator",
        metavar="WHO",
        help="Who is judged: recorded:FILE, or settings that name one (default: drift.yaml).",
        show_default=False,
    ),
]


@annotator.command()
def check(
    sources: ArticlesAtHand = None,
    policies: RulesAtHand = None,
    who: Who = None,
    report_format: ReportFormat = FormatName.TEXT,
    output: Output = None,
    as_of: AsOf = None,
    published_as: PublishedAs = None,
    allow_private: AllowPrivate = None,
    store: StoreAtHand = None,
) -> None:
    """Ask the annotator what people have answered, and print how often it agreed, by kind of rule.

    Every disagreement is shown side by side: what people said, what it said, and why it says so. Do this before you
    trust a model, and again when you change it. Without a SOURCE the watched pages are taken, as they are remembered,
    and the share is kept: `drift status` and each alarm tell it, and below the floor `trust` of the settings what the
    annotator says is a question, and no alarm.

    \b
    Examples:
      drift annotator check
      drift annotator check help/ --annotator drift.yaml
      drift annotator check help/ --annotator recorded:answers.jsonl --format json

    \b
    Exit status:
      0  it was asked, and is trusted
      1  it agreed too seldom to be trusted
      2  wrong input
      3  nothing was compared: nobody has answered yet, or it answered nothing
    """
    ready(output)
    options = TrustOptions(
        tuple(sources or ()),
        policies,
        who or str(SETTINGS),
        store,
        day(as_of),
        published_as,
        tuple(allow_private or ()),
        POLICIES,
    )
    with progress() as on_examined:
        found, floor = compare(options, now, on_examined)
    if report_format is FormatName.JSON:
        write(report.render_json(found), output, machine=True)
    else:
        write(report.render(found, look(output), floor), output)
    trust = found.trust
    if not trust.answers:
        raise typer.Exit(BLIND)
    too_seldom = trust.answers >= ENOUGH and not trust.earned(floor)
    raise typer.Exit(DIVERGES if too_seldom else NOTHING_DIVERGES)
