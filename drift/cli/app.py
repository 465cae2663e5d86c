"""The commands, and what happens to everything that goes wrong in one.

Nothing heavy is imported here or at the top of a command's module: `drift --version`, help and shell completion
would pay for readers and models they never use.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated

import typer

from drift import __version__
from drift.cli.status import INTERRUPTED

COMMANDS = (  # name, module of `drift.cli`; in the order of the help
    ("check", "check"),
    ("explain", "explain"),
    ("crawl", "crawl"),
    ("replay", "replay"),
    ("serve", "serve"),
    ("desk", "desk"),
    ("review", "review"),
    ("annotator", "annotator"),
    ("alerts", "alerts"),
    ("policies", "policies"),
    ("config", "config"),
    ("init", "init"),
    ("status", "overview"),
    ("findings", "findings"),
    ("history", "history"),
    ("db", "db"),
    ("backup", "db"),
    ("restore", "db"),
    ("demo", "demo"),
)


def app(only: str | None = None) -> typer.Typer:
    """All commands, or one of them: making those that are not run costs as much as a small check."""
    made = typer.Typer(
        name="drift",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help: fast, and the same in a pipe as on a terminal
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    made.callback(epilog=EPILOG)(drift)
    for name, module in COMMANDS:
        if only in (None, name):
            command = getattr(import_module(f"drift.cli.{module}"), name)
            if isinstance(command, typer.Typer):
                made.add_typer(command)
            else:
                made.command()(command)
    return made


def _asked(arguments: list[str]) -> str | None:
    """The command that is asked for, None where that is not plain from the first argument."""
    return next((name for name, _ in COMMANDS if arguments[:1] == [name]), None)


def run(arguments: list[str] | None) -> int:
    """Run one command and give its exit status; no way out of here is a traceback for what a person did."""
    if not os.environ.get("DRIFT_DEBUG"):
        return _run(arguments)
    from drift.cli.debugging import debugging

    with debugging():
        return _run(arguments)


def _run(arguments: list[str] | None) -> int:
    try:
        app(_asked(sys.argv[1:] if arguments is None else arguments))(args=arguments, prog_name="drift")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - what is nobody's mistake is raised again; of the rest nothing is imported before it happens
        told: int = import_module("drift.cli.problems").told(error)
        return told
    return 0


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"drift {__version__}")
        raise typer.Exit


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
