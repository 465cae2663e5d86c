"""The commands, and what happens to everything that goes wrong in one.

Nothing heavy is imported here or at the top of a command's module: `drift --version`, help and shell completion
would pay for readers and models they never use.
"""

from __future__ import annotations

from typing import Annotated

import typer

from drift import __version__
from drift.cli.check import check
from drift.cli.config import config
from drift.cli.crawl import crawl
from drift.cli.db import backup, db, restore
from drift.cli.demo import demo
from drift.cli.explain import explain
from drift.cli.findings import findings
from drift.cli.history import history
from drift.cli.init import init
from drift.cli.overview import status
from drift.cli.policies import policies
from drift.cli.replay import replay
from drift.cli.review import review
from drift.cli.serve import serve
from drift.cli.status import INTERRUPTED, WRONG_INPUT
from drift.errors import InputError, StoreError

app = typer.Typer(
    name="drift",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: fast, and the same in a pipe as on a terminal
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command()(check)
app.command()(explain)
app.command()(crawl)
app.command()(replay)
app.command()(serve)
app.command()(review)
app.add_typer(policies)
app.add_typer(config)
app.command()(init)
app.command()(status)
app.add_typer(findings)
app.command()(history)
app.add_typer(db)
app.command()(backup)
app.command()(restore)
app.command()(demo)


def run(arguments: list[str] | None) -> int:
    """Run one command and give its exit status; no way out of here is a traceback for what a person did."""
    try:
        app(args=arguments, prog_name="drift")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except InputError as error:
        from drift.cli.problems import tell

        tell(error)
        return WRONG_INPUT
    except StoreError as error:
        from drift.cli.problems import tell_one

        tell_one(str(error))
        return WRONG_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"drift {__version__}")
        raise typer.Exit


@app.callback(
    epilog="Start with 'drift demo'; then 'drift init' writes your first policy and 'drift check' holds a page to it."
)
def drift(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Keep what a company publishes true to what its policies say.

    Exit statuses of all commands: 0 nothing diverges, 1 something diverges, 2 wrong input and no report,
    3 nothing diverges but something could not be read.
    """
