"""`drift check`: what is published, held against what the policies say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drift import reports
from drift.assembly import check as flow
from drift.cli.options import (
    AllowPrivate,
    Annotator,
    AsOf,
    FailingOutcome,
    Output,
    Policies,
    PublishedAs,
    Sources,
    now,
)
from drift.cli.output import look, ready, write
from drift.cli.progress import progress
from drift.cli.running import options_of, standard_input
from drift.cli.status import of
from drift.reports import REPORTS

NAMES = [each.name for each in REPORTS]


def _known(name: str) -> str:
    if name not in NAMES:
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, NAMES))}.")
    return name


ReportName = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar=f"<{'|'.join(NAMES)}>",
        callback=_known,
        autocompletion=lambda: NAMES,
        help="For people, or for programs.",
    ),
]

AllowBlind = Annotated[
    bool, typer.Option("--allow-blind", help="Exit with 0 although something could not be read, if nothing diverges.")
]
FailOn = Annotated[
    FailingOutcome,
    typer.Option("--fail-on", help="Exit with 1 for what diverges, or for what may ('suspect') as well."),
]


def check(
    sources: Sources,
    policies: Policies = Path("policies"),
    report_format: ReportName = "text",
    output: Output = None,
    as_of: AsOf = None,
    published_as: PublishedAs = None,
    allow_private: AllowPrivate = None,
    allow_blind: AllowBlind = False,
    fail_on: FailOn = FailingOutcome.DIVERGES,
    annotator: Annotator = None,
) -> None:
    """Check articles against policies, and say where they diverge.

    A sentence that contradicts a policy is shown with the value that should stand there, why it is wrong, whom
    it hurts, and who owns the policy. Where only words say which rule a sentence states, and not surely, a value
    that differs is 'suspect': a question to a person. An article that cannot be read is 'blind': it never counts
    as right.

    \b
    Examples:
      drift check help/ --policies policies
      drift check https://help.larkspur.example/wireless/unlock
      drift check draft.md --published-as https://help.larkspur.example/wireless/unlock
      drift check 'help/**/*.html' --format json --output report.json
      drift check help/ --as-of 2027-01-01      what will be wrong then?

    \b
    Exit status:
      0  nothing diverges
      1  something diverges (with --fail-on suspect: or may)
      2  wrong input: no report
      3  nothing diverges, but something is blind or left out (0 with --allow-blind)
    """
    ready(output)
    options = options_of(sources, policies, as_of, published_as, allow_private, annotator)
    with progress() as on_examined:
        report = flow.check(options, now, on_examined, standard_input())
    wanted = reports.named(report_format)
    write(wanted.render(report, look(output)), output, machine=wanted.machine)
    raise typer.Exit(of(report, allow_blind=allow_blind, fail_on_suspect=fail_on is FailingOutcome.SUSPECT))
