"""`drift explain`: every claim of an article, its candidates, and why it was or was not judged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drift.assembly import explain as flow
from drift.cli.options import (
    AllowPrivate,
    Annotator,
    AsOf,
    FormatName,
    Output,
    Policies,
    PublishedAs,
    ReportFormat,
    Sources,
    now,
)
from drift.cli.output import look, ready, write
from drift.cli.progress import progress
from drift.cli.running import options_of, standard_input
from drift.cli.status import of
from drift.model.edits import Suggestion
from drift.policies.names import resolve
from drift.reports import explain as explained

FEW = 10  # claims that share the work of trying edits: for each of more there would be next to none

TermName = Annotated[
    str | None,
    typer.Option(
        "--term",
        "-t",
        metavar="NAME",
        help="Only claims this term is a candidate for, and what would teach them.",
        show_default=False,
    ),
]
Line = Annotated[
    int | None, typer.Option("--line", "-l", min=1, help="Only claims on this line of the source.", show_default=False)
]


def explain(
    sources: Sources,
    policies: Policies = Path("policies"),
    term: TermName = None,
    line: Line = None,
    report_format: ReportFormat = FormatName.TEXT,
    output: Output = None,
    as_of: AsOf = None,
    published_as: PublishedAs = None,
    allow_private: AllowPrivate = None,
    annotator: Annotator = None,
) -> None:
    """Explain every claim of an article: which terms it could be about, and why it was or was not judged.

    Use it where 'drift check' says something you did not expect, or says nothing where you expected something. With
    --term it also tries edits to the policies, and shows the smallest one that makes a claim a statement of the term,
    or none of it, and changes nothing else in these articles. The exit status is that of 'drift check'.

    \b
    Examples:
      drift explain help/unlock.md
      drift explain help/unlock.md --line 42
      drift explain help/unlock.md --line 42 --term device-unlock/postpaid-wait
      drift explain https://help.larkspur.example/wireless/unlock --format json
    """
    ready(output)
    options = options_of(sources, policies, as_of, published_as, allow_private, annotator, explain=True)
    with progress() as on_examined:
        report, teacher = flow.explain(options, now, on_examined, standard_input())
    asked = resolve(report.registry, term) if term else None
    wanted = explained.Wanted(asked, line)
    suggestions: list[Suggestion] = []
    if asked is not None:
        claims = list(explained.chosen(report, wanted))
        if len(claims) <= FEW:
            for each in claims:
                suggestions += teacher.suggest(each.examined, each.match, asked, len(claims))
        else:
            typer.echo(f"{len(claims)} claims: name the line of one (--line) to see what would teach it", err=True)
    if report_format is FormatName.JSON:
        write(explained.render_json(report, wanted, suggestions), output, machine=True)
    else:
        write(explained.render(report, look(output), wanted, suggestions), output)
    raise typer.Exit(of(report))
