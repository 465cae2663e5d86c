"""`drift policies topics`: phrases by which articles name a rule, for its `topics`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from drift.assembly import topics as flow
from drift.cli.options import (
    AllowPrivate,
    Annotator,
    AsOf,
    FormatName,
    Output,
    PublishedAs,
    ReportFormat,
    day,
    now,
)
from drift.cli.output import look, ready, write
from drift.cli.progress import progress
from drift.cli.remembered import POLICIES, ArticlesAtHand, RulesAtHand, SettingsAtHand, StoreAtHand, opened
from drift.cli.running import options_of, standard_input
from drift.cli.status import BLIND, NOTHING_DIVERGES
from drift.model.errors import InputError, StoreError, StoreFailure
from drift.model.topics import TopicsReport
from drift.reports import topics as report

TermName = Annotated[
    str, typer.Argument(metavar="TERM", help="The term, by its full name or a short one that no other has.")
]


def topics(
    term: TermName,
    sources: ArticlesAtHand = None,
    policies: RulesAtHand = None,
    report_format: ReportFormat = FormatName.TEXT,
    output: Output = None,
    as_of: AsOf = None,
    published_as: PublishedAs = None,
    allow_private: AllowPrivate = None,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
    annotator: Annotator = None,
) -> None:
    """Find phrases by which articles name a rule, by counting, to choose from for the `topics` of its term.

    Counted are phrases of one to four words in the sentences that are known to state the term, and in the headings,
    questions and table headers around them: those that were reviewed or stand as examples in the policies, and plain
    agreements. Shown are phrases that stand there clearly more often than by the other sentences with values, the
    surest first; what `topics` and `says` hold is left out. Without a source the watched pages are read as they are
    remembered. Nothing is written to the policies.

    With --annotator sentences that words alone leave open and that it takes for the term count too, and are told.

    \b
    Examples:
      drift policies topics postpaid-wait help/
      drift policies topics device-unlock/postpaid-wait
      drift policies topics postpaid-wait help/ --annotator drift.yaml --format json

    \b
    Exit status:
      0  done, whatever was found
      2  wrong input, or neither a source nor a watch
      3  an article could not be read
    """
    if not sources and (published_as or allow_private):
        option = "--published-as" if published_as else "--allow-private"
        raise typer.BadParameter("belongs to articles that are named", param_hint=option)
    ready(output)
    if sources:
        options = options_of(sources, policies or POLICIES, as_of, published_as, allow_private, annotator)
        with progress() as on_examined:
            found = flow.of_sources(term, options, now, on_examined, standard_input())
    else:
        found = _of_watch(term, policies, file, store, day(as_of), annotator)
    if report_format is FormatName.JSON:
        write(report.render_json(found), output, machine=True)
    else:
        write(report.render(found, look(output)), output)
    unread = found.unread_files or any(examined.blind is not None for examined in found.examined)
    raise typer.Exit(BLIND if unread else NOTHING_DIVERGES)


def _of_watch(
    term: str, policies: Path | None, file: Path | None, store: str | None, as_of: date | None, annotator: str | None
) -> TopicsReport:
    try:
        with opened(store, file) as (known, settings):
            folder = policies or (settings.policies if settings else POLICIES)
            with progress() as on_examined:
                return flow.of_watch(term, known, settings, folder, now, as_of, annotator, on_examined)
    except StoreError as error:
        if error.failure is not StoreFailure.MISSING:
            raise
        raise InputError(f"nothing to count in: {error}, or name the articles after the term: 'help/'") from None
