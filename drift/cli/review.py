"""`drift review`: say once which rule a sentence states, and its value is judged with certainty from then on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from drift.assembly import review as flow
from drift.assembly.check import CheckOptions
from drift.check.answer_file import AnswerFile, read_answers
from drift.cli.asking import Interview, typed
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
from drift.cli.problems import tell_all
from drift.cli.progress import progress
from drift.cli.remembered import POLICIES, ArticlesAtHand, RulesAtHand, SettingsAtHand, StoreAtHand, opened
from drift.cli.status import BLIND, NOTHING_DIVERGES
from drift.model.errors import InputError, StoreError, StoreFailure
from drift.model.review import ReviewReport
from drift.model.wording import counted
from drift.reports import questions

List = Annotated[bool, typer.Option("--list", help="Print the questions and write nothing.")]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="Take the answers from a JSON file.", show_default=False),
]
All = Annotated[
    bool, typer.Option("--all", help="Ask also about sentences of which an annotator said that they state no rule.")
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who answers.", show_default=False)]


def review(
    sources: ArticlesAtHand = None,
    policies: RulesAtHand = None,
    list_only: List = False,
    answers: Answers = None,
    by: By = None,
    report_format: ReportFormat = FormatName.TEXT,
    output: Output = None,
    as_of: AsOf = None,
    published_as: PublishedAs = None,
    allow_private: AllowPrivate = None,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
    annotator: Annotator = None,
    everything: All = False,
) -> None:
    """Review articles once: say of each doubtful sentence which rule it states, or that it states none.

    Without a source the watched pages are reviewed, as they are remembered: nothing is fetched, and the next pass
    judges by the answers.

    Asked first is what may contradict a rule, then what only its words hold to be wrong, then doubtful agreements.
    What agrees plainly comes last, all sentences of a rule as one question. On a terminal each question is one key:
    y the first rule shown, a number another one, a any other, n none of them, s skip, u take the last one back, q stop.
    Whether its value is right is not the question: drift compares it.

    What you answer is kept in 'reviewed.yaml' beside the policies. A sentence that was answered is known again after
    small edits, and when its value changes 'drift check' says so with certainty. Stop whenever you like: every answer
    is written at once, and none is asked for twice. Comments and entries of your own in the file stay; to answer a
    sentence anew edit its entry there, or give its id with --answers.

    \b
    Examples:
      drift review
      drift review help/
      drift review https://help.larkspur.example/wireless/unlock
      drift review help/ --list --format json > questions.json
      drift review help/ --answers answers.json

    \b
    Exit status:
      0  done, or left for later
      2  wrong input, or neither a source nor a watch: nothing is written
      3  an article could not be read
    """
    if list_only and answers is not None:
        raise typer.BadParameter("either list the questions or answer them", param_hint="--list")
    if not sources and (published_as or allow_private):
        option = "--published-as" if published_as else "--allow-private"
        raise typer.BadParameter("belongs to articles that are named", param_hint=option)
    ready(output)
    if sources:
        folder = policies or POLICIES
        report = _of_sources(
            CheckOptions(
                tuple(sources),
                folder,
                day(as_of),
                published_as,
                allow_private=tuple(allow_private or ()),
                annotator=annotator,
            ),
            everything,
        )
    else:
        report, folder = _of_watch(policies, file, store, day(as_of), everything)
    ledger = flow.ledger(report, folder, now, by)
    if list_only:
        _list(report, report_format, output)
    else:
        kept = _take(report, answers, ledger) if answers is not None else _ask(report, ledger)
        if kept and not sources:
            typer.echo("what was answered holds from the next pass on ('drift crawl')")
    blind = any(examined.blind is not None for examined in report.examined)
    raise typer.Exit(BLIND if blind else NOTHING_DIVERGES)


def _of_sources(options: CheckOptions, everything: bool) -> ReviewReport:
    with progress() as on_examined:
        return flow.review(options, now, on_examined, denied=everything)


def _of_watch(
    policies: Path | None, file: Path | None, store: str | None, as_of: date | None, everything: bool
) -> tuple[ReviewReport, Path]:
    """What the store leaves open, and the folder of the policies it is held against."""
    try:
        with opened(store, file) as (known, settings):
            folder = policies or (settings.policies if settings else POLICIES)
            with progress() as on_examined:
                return flow.review_stored(known, settings, folder, now, as_of, on_examined, denied=everything), folder
    except StoreError as error:
        if error.failure is not StoreFailure.MISSING:
            raise
        raise InputError(f"nothing to review: {error}, or name the articles: 'drift review help/'") from None


def _list(report: ReviewReport, report_format: FormatName, output: Path | None) -> None:
    if report_format is FormatName.JSON:
        write(questions.render_json(report), output, machine=True)
    else:
        write(questions.render(report, look(output)), output)


def _take(report: ReviewReport, answers: Path, ledger: AnswerFile) -> int:
    """Keep the answers of a file, and say so. How many there were."""
    answered, warnings = read_answers(answers, report)
    tell_all(warnings)
    replaced = ledger.record(answered) if answered else 0
    done = {question.id for question, _ in answered}
    left = sum(not done.issuperset(one.id for one in question.all) for question in report.questions)
    anew = f" ({replaced} in place of an earlier one)" if replaced else ""
    typer.echo(f"{counted(len(answered), 'answer')} kept in {ledger.path}{anew}, {counted(left, 'question')} left")
    return len(answered)


def _ask(report: ReviewReport, ledger: AnswerFile) -> int:
    return Interview(report, ledger, look(), typed()).go()
