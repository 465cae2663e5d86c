"""`drift policies`: lint, test, show, topics, schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

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
from drift.cli.status import NOTHING_DIVERGES, WRONG_INPUT
from drift.cli.topics import topics

if TYPE_CHECKING:
    from drift.model import Registry

# The commands import what they need when they run, for the reason that `app` gives.

policies = typer.Typer(
    name="policies", no_args_is_help=True, help="Look after the policy files: lint, test, show, topics, schema."
)

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
    from drift import assembly
    from drift.cli.problems import tell_all
    from drift.model.wording import counted

    problems, loaded = assembly.lint(folder, now)
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
    from drift import assembly
    from drift.cli.problems import tell_all

    failed = assembly.failing_examples(folder, now)
    tell_all(failed)
    examples = [term.examples for term in assembly.registry(folder).terms]
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
    from drift.cli.output import look, ready, write
    from drift.cli.running import run_gains
    from drift.cli.status import of_edit
    from drift.reports import gains

    ready(output)
    report = run_gains(against, folder, before, as_of, published_as, allow_private)
    if report_format is FormatName.JSON:
        write(gains.render_json(report), output, machine=True)
    else:
        write(gains.render(report, look(output)), output)
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
    from drift import assembly
    from drift.cli.output import look, write
    from drift.policies.names import beginning, resolve
    from drift.reports.policies import render, render_term

    loaded = assembly.registry(folder)
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


policies.command()(topics)


@policies.command()
def schema() -> None:
    """Print the JSON schema of a policy file, by which an editor checks it as it is typed.

    \b
    Example:
      drift policies schema > policies/policy.schema.json
    """
    import json

    from drift import policies as registry_room
    from drift.cli.output import write

    write(json.dumps(registry_room.schema(), indent=2, ensure_ascii=False) + "\n", machine=True)


def _size(loaded: Registry | None) -> str:
    from drift.model.wording import counted

    if loaded is None:
        return "no registry"
    return f"{counted(len(loaded.terms), 'term')} of {counted(len(loaded.policies), 'policy', 'policies')}"
