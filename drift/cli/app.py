"""The table of commands, and what happens to everything that goes wrong in one.

The only place that imports late: a command's module is imported when the command is run or asked for its own help.
`drift --version`, the list of commands and completion would pay for readers and models they never use.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from drift import __version__


class TableRow(NamedTuple):
    """A row of the table: the command or group of that name in a module of `drift.cli`."""

    words: str  # as they are typed after `drift`
    module: str
    help: str  # of a command, the first sentence of its docstring

    @property
    def name(self) -> str:
        """The last of its words."""
        return self.words.rpartition(" ")[2]


COMMANDS = (  # in the order of the help
    TableRow("check", "check", "Check articles against policies, and say where they diverge."),
    TableRow(
        "explain",
        "explain",
        "Explain every claim of an article: which terms it could be about, and why it was or was not judged.",
    ),
    TableRow(
        "crawl",
        "crawl",
        "Go over the sources once: fetch what may have changed, read it, and keep the findings true.",
    ),
    TableRow("replay", "replay", "Learn since when a page has been wrong, from dated copies of it."),
    TableRow(
        "serve",
        "serve",
        "Read every source when its schedule says so, keep the findings true, and tell people, until told to stop.",
    ),
    TableRow("desk", "desk", "Show what a watch knows in a browser on this machine: findings, pages, policies."),
    TableRow(
        "review",
        "review",
        "Review articles once: say of each doubtful sentence which rule it states, or that it states none.",
    ),
    TableRow("annotator", "annotator", "Judge the annotator: how often it agrees with what people answered."),
    TableRow("alerts", "alerts", "Look after alerts: list, show, retry, test, routes."),
    TableRow("policies", "policies", "Look after the policy files: lint, test, show, schema, topics."),
    TableRow(
        "policies topics",
        "topics",
        "Find phrases by which articles name a rule, by counting, to choose from for the `topics` of its term.",
    ),
    TableRow("config", "config", "Look after drift.yaml: check, show, schema."),
    TableRow(
        "init",
        "init",
        "Write a first policy file and, beside its folder, drift.yaml and an article to try them on.",
    ),
    TableRow(
        "status",
        "overview",
        "Show how the watch stands: the last run of each source, what could not be read, and what stands open.",
    ),
    TableRow(
        "findings",
        "findings",
        "What diverges on the watched pages: list, show, ack, silence, silences, unsilence, export.",
    ),
    TableRow(
        "history",
        "history",
        "Show the versions of a page: when it read so, what it meant for findings, and what changed in its words.",
    ),
    TableRow("db", "db", "Look after what is remembered: upgrade, check, prune."),
    TableRow(
        "backup",
        "db",
        "Write all that is remembered into one file, whole or not at all, while the store is in use.",
    ),
    TableRow(
        "restore",
        "db",
        "Make a store hold what a backup holds, all of it or nothing, and bring it forward to this version.",
    ),
    TableRow("demo", "demo", "Show what drift is for: a help centre in which one article was overwritten."),
)


class CommandGroup(TyperGroup):
    """A group that lists what the table has under its name, and imports of it only what is to be run."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        above = "" if self.name == NAME else self.name
        self._rows = {row.name: row for row in COMMANDS if row.words.rpartition(" ")[0] == above}
        for name, row in self._rows.items():
            self.add_command(TyperCommand(name, help=row.help))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that arguments name, whole, and the arguments after its name."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, _imported(self._rows[name]) if name in self._rows else command, rest


def _imported(row: TableRow) -> Any:
    """The command of a row, or its group."""
    part = getattr(import_module(f"drift.cli.{row.module}"), row.name)
    holder = typer.Typer(**PLAIN)
    if isinstance(part, typer.Typer):
        holder.add_typer(part, cls=CommandGroup, name=row.name, help=row.help, no_args_is_help=True)
    else:
        holder.command(row.name)(part)
    return get_group(holder).commands[row.name]


def app() -> typer.Typer:
    """The table as one command."""
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    made = typer.Typer(name=NAME, cls=CommandGroup, no_args_is_help=True, context_settings=settings, **PLAIN)
    made.callback(epilog=EPILOG)(drift)
    return made


def run(arguments: list[str] | None) -> int:
    """Run one command and give its exit status; no way out of here is a traceback for what a person did."""
    if not os.environ.get("DRIFT_DEBUG"):
        return _run(arguments)
    from drift.cli.debugging import debugging

    with debugging():
        return _run(arguments)


def _run(arguments: list[str] | None) -> int:
    try:
        app()(args=arguments, prog_name=NAME)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except KeyboardInterrupt:
        from drift.cli.status import INTERRUPTED

        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - what is nobody's mistake is raised again
        from drift.cli.problems import told

        return told(error)
    return 0


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"drift {__version__}")
        raise typer.Exit


NAME = "drift"
PLAIN: dict[str, Any] = {  # plain help: fast, and the same in a pipe as on a terminal
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
}
EPILOG = "Start with 'drift demo'; then 'drift init' writes your first policy and 'drift check' holds a page to it."


def drift(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Keep what a company publishes true to what its policies say.

    Exit statuses of all commands: 0 nothing diverges, 1 something diverges, 2 wrong input and no report,
    3 nothing diverges but something could not be read.
    """
