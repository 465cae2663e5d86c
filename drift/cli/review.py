"""`drift review`: say once which rule a sentence states, and its value is judged with certainty from then on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    day,
    now,
)
from drift.cli.status import BLIND, NOTHING_DIVERGES

if TYPE_CHECKING:
    from drift.assembly import CheckOptions
    from drift.model import ReviewReport

List = Annotated[bool, typer.Option("--list", help="Print the questions and write nothing.")]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="Take the answers from a JSON file.", show_default=False),
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who answers.", show_default=False)]


def review(
    sources: Sources,
    policies: Policies = Path("policies"),
    list_only: List = False,
    answers: Answers = None,
    by: By = None,
    report_format: ReportFormat = FormatName.TEXT,
    output: Output = None,
    as_of: AsOf = None,
    published_as: PublishedAs = None,
    allow_private: AllowPrivate = None,
) -> None:
    """Review articles once: say of each doubtful sentence which rule it states, or that it states none.

    On a terminal each sentence is one key: y it states the rule shown, a it states another one, n it states none,
    l ask me later, u take the last one back, q stop. Whether its value is right is not the question: drift compares it.

    What you answer is kept in 'reviewed.yaml' beside the policies. A sentence that was answered is known again after
    small edits, and when its value changes 'drift check' says so with certainty. Stop whenever you like: every answer
    is written at once, and none is asked for twice. Comments and entries of your own in the file stay; to answer a
    sentence anew edit its entry there, or give its id with --answers.

    \b
    Examples:
      drift review help/
      drift review https://help.larkspur.example/wireless/unlock
      drift review help/ --list --format json > questions.json
      drift review help/ --answers answers.json

    \b
    Exit status:
      0  done, or left for later
      2  wrong input: nothing is written
      3  an article could not be read
    """
    from drift import assembly
    from drift.cli.output import ready
    from drift.cli.progress import progress

    if list_only and answers is not None:
        raise typer.BadParameter("either list the questions or answer them", param_hint="--list")
    options = assembly.CheckOptions(
        tuple(sources), policies, day(as_of), published_as, allow_private=tuple(allow_private or ())
    )
    ready(output)
    with progress() as on_examined:
        report = assembly.review(options, now, on_examined)
    if list_only:
        _list(report, report_format, output)
    elif answers is not None:
        _take(report, answers, options, by)
    else:
        _ask(report, options, by)
    blind = any(examined.blind is not None for examined in report.examined)
    raise typer.Exit(BLIND if blind else NOTHING_DIVERGES)


def _list(report: ReviewReport, report_format: FormatName, output: Path | None) -> None:
    from drift.cli.output import look, write
    from drift.reports import questions

    if report_format is FormatName.JSON:
        write(questions.render_json(report), output, machine=True)
    else:
        write(questions.render(report, look(output)), output)


def _take(report: ReviewReport, answers: Path, options: CheckOptions, by: str | None) -> None:
    from drift import assembly
    from drift.cli.problems import tell_all
    from drift.flows.answers import read_answers
    from drift.wording import counted

    answered, warnings = read_answers(answers, report)
    tell_all(warnings)
    ledger = assembly.ledger(report, options, now, by)
    replaced = ledger.record(answered) if answered else 0
    left = len(report.questions) - sum(question.answer is None for question, _ in answered)
    anew = f" ({replaced} in place of an earlier one)" if replaced else ""
    typer.echo(f"{counted(len(answered), 'answer')} kept in {ledger.path}{anew}, {counted(left, 'question')} left")


def _ask(report: ReviewReport, options: CheckOptions, by: str | None) -> None:
    from drift import assembly
    from drift.cli.asking import Walk, typed
    from drift.cli.output import look

    Walk(report, assembly.ledger(report, options, now, by), look(), typed()).go()
