"""`drift explain`: every claim of an article, its candidates, and why it was or was not judged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drift.cli.options import (
    AllowPrivate,
    AsOf,
    FormatName,
    Output,
    Policies,
    PublishedAs,
    ReportFormat,
    Sources,
)

TermName = Annotated[
    str | None,
    typer.Option("--term", "-t", metavar="NAME", help="Only claims this term is a candidate for.", show_default=False),
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
) -> None:
    """Explain every claim of an article: which terms it could be about, and why it was or was not judged.

    Use it where 'drift check' says something you did not expect, or says nothing where you expected something.
    The exit status is that of 'drift check'.

    \b
    Examples:
      drift explain help/unlock.md
      drift explain help/unlock.md --line 42
      drift explain help/unlock.md --term device-unlock/postpaid-wait
      drift explain https://help.larkspur.example/wireless/unlock --format json
    """
    from drift.cli.output import look, ready, write  # imported here for the reason that `app` gives
    from drift.cli.running import run
    from drift.cli.status import of
    from drift.registry.names import resolve
    from drift.reports import explain as explained

    ready(output)
    report = run(sources, policies, as_of, published_as, allow_private, explain=True)
    wanted = explained.Wanted(term=resolve(report.registry, term).full_name if term else None, line=line)
    if report_format is FormatName.JSON:
        write(explained.render_json(report, wanted), output, machine=True)
    else:
        write(explained.render(report, look(output), wanted), output)
    raise typer.Exit(of(report))
