"""`drift policies`: lint, test, show, topics, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from drift import policies as registry_room
from drift.assembly.gains import gains
from drift.assembly.linting import failing_examples
from drift.assembly.linting import lint as linted
from drift.assembly.registry import registry
from drift.cli.options import (
    AllowPrivate,
    AsOf,
    FormatName,
    Output,
    Policies,
    PublishedAs,
    ReportFormat,
    day,
    now,
)
from drift.cli.output import look, ready, write
from drift.cli.problems import tell_all
from drift.cli.progress import progress
from drift.cli.running import options_of, standard_input
from drift.cli.status import BLIND, DIVERGES, NOTHING_DIVERGES, WRONG_INPUT
from drift.model import Registry
from drift.model.edits import GainsReport
from drift.model.wording import counted
from drift.policies.names import beginning, resolve
from drift.reports import gains as report_of
from drift.reports.policies import render, render_term

policies = typer.Typer()

TermName = Annotated[str | None, typer.Argument(metavar="[TERM]", help="One term, by its name.", show_default=False)]
Against = Annotated[
    list[str] | None,
    typer.Option(
        "--against",
        metavar="SOURCE",
        help="Instead of the examples: show what the edit changes in these articles; may be repeated.",
        show_default=False,
    ),
]
Before = Annotated[
    Path | None,
    typer.Option(
        "--before",
        metavar="DIR",
        help="The policies before the edit (default: as last committed to git).",
        show_default=False,
    ),
]


@policies.command()
def lint(folder: Policies = Path("policies")) -> None:
    """Tell everything that is wrong in the policy files, each with its place, and run their examples.

    Problems go to standard error. A warning is told and does not fail.

    \b
    Examples:
      drift policies lint
      drift policies lint --policies company/policies

    \b
    Exit status:
      0  the files can be used
      2  something is wrong
    """
    problems, loaded = linted(folder, now)
    tell_all(problems)
    wrong = sum(not problem.warning for problem in problems)
    typer.echo(f"{_size(loaded)}: {counted(wrong, 'problem')}, {counted(len(problems) - wrong, 'warning')}")
    raise typer.Exit(WRONG_INPUT if wrong else NOTHING_DIVERGES)


@policies.command("test")
def run_examples(
    folder: Policies = Path("policies"),
    against: Against = None,
    before: Before = None,
    report_format: ReportFormat = FormatName.TEXT,
    output: Output = None,
    as_of: AsOf = None,
    published_as: PublishedAs = None,
    allow_private: AllowPrivate = None,
) -> None:
    """Run the examples of the terms through the whole path: does each sentence state the rule, or stay silent?

    With --against, show instead what an edit to the policies changes in articles: the statements that are gained
    and lost, and those judged otherwise, against the policies as last committed to git, or those in --before DIR.

    \b
    Examples:
      drift policies test --policies policies
      drift policies test --against help/
      drift policies test --against help/ --before ../released/policies --format json

    \b
    Exit status:
      0  every example does what it says; with --against: the edit makes nothing diverge
      1  with --against: something diverges that did not before the edit
      2  an example does not do what it says, or wrong input
      3  with --against: nothing diverges newly, but something is blind
    """
    if against:
        _test_edit(against, folder, before, report_format, output, as_of, published_as, allow_private)
    alone: dict[str, object] = {
        "--before": before,
        "--format": report_format is not FormatName.TEXT,
        "--output": output,
        "--as-of": as_of,
        "--published-as": published_as,
        "--allow-private": allow_private,
    }
    for option, given in alone.items():
        if given:
            raise typer.BadParameter("it says something only together with --against", param_hint=option)
    failed = failing_examples(folder, now)
    tell_all(failed)
    examples = [term.examples for term in registry(folder).terms]
    count = sum(len(each.states) + len(each.silent) for each in examples)
    typer.echo(f"{count} {'example' if count == 1 else 'examples'}, {len(failed)} failed")
    raise typer.Exit(WRONG_INPUT if failed else NOTHING_DIVERGES)


def _test_edit(
    against: list[str],
    folder: Path,
    before: Path | None,
    report_format: FormatName,
    output: Path | None,
    as_of: str | None,
    published_as: str | None,
    allow_private: list[str] | None,
) -> NoReturn:
    ready(output)
    options = options_of(against, folder, as_of, published_as, allow_private)
    with progress() as on_examined:
        report = gains(options, before, now, on_examined, standard_input())
    if report_format is FormatName.JSON:
        write(report_of.render_json(report), output, machine=True)
    else:
        write(report_of.render(report, look(output)), output)
    raise typer.Exit(of_edit(report))


@policies.command()
def show(term: TermName = None, folder: Policies = Path("policies"), as_of: AsOf = None) -> None:
    """Show what the policies say today: every term with its value, or one term whole, with its timeline.

    Of a name the beginning will do, and the name of a policy shows its terms.

    \b
    Examples:
      drift policies show
      drift policies show --as-of 2027-01-01
      drift policies show postpaid-wait
    """
    loaded = registry(folder)
    when = day(as_of) or now().date()
    if term is None:
        write(render(loaded, when, look()))
        return
    few = beginning(loaded, term)
    if len(few.terms) > 1 and all(term not in (one.name, one.full_name) for one in few.terms):
        write(render(few, when, look()))
        return
    wanted = few.terms[0] if len(few.terms) == 1 else resolve(loaded, term)
    policy = next(policy for policy in loaded.policies if policy.name == wanted.policy)
    write(render_term(policy, wanted, when, look()))


@policies.command()
def schema() -> None:
    """Print the JSON schema of a policy file, by which an editor checks it as it is typed.

    \b
    Example:
      drift policies schema > policies/policy.schema.json
    """
    write(json.dumps(registry_room.schema(), indent=2, ensure_ascii=False) + "\n", machine=True)


def _size(loaded: Registry | None) -> str:
    if loaded is None:
        return "no registry"
    return f"{counted(len(loaded.terms), 'term')} of {counted(len(loaded.policies), 'policy', 'policies')}"


def of_edit(report: GainsReport) -> int:
    """An edit is held against what it makes wrong; what diverged before it is for `check` to tell."""
    if any(change.newly_diverges for change in report.changes):
        return DIVERGES
    return BLIND if any(examined.blind is not None for examined in report.examined) else NOTHING_DIVERGES
