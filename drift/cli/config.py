"""`drift config`: check, show, schema."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from drift import settings
from drift.cli.options import FormatName, now
from drift.cli.output import look, write
from drift.cli.plan import render
from drift.cli.problems import tell_all
from drift.cli.status import NOTHING_DIVERGES, WRONG_INPUT
from drift.model.errors import InputError
from drift.model.escaping import escape_json
from drift.model.wording import counted

config = typer.Typer()

File = Annotated[Path, typer.Option("--file", "-c", metavar="FILE", help="The settings.")]
DataFormat = Annotated[FormatName, typer.Option("--format", "-f", help="YAML for people, JSON for programs.")]

DEFAULT = Path("drift.yaml")


@config.command()
def check(file: File = DEFAULT) -> None:
    """Tell everything that is wrong in drift.yaml, each with its place, and what would be done by it.

    Secrets are looked for in the environment and in their files, and never shown. Problems go to standard error. A
    warning is told and does not fail.

    \b
    Examples:
      drift config check
      drift config check --file /etc/drift/drift.yaml

    \b
    Exit status:
      0  the settings can be used
      2  something is wrong
    """
    reading = settings.read_settings(file, os.environ)
    tell_all(tuple(reading.problems))
    if reading.settings is not None:
        write(render(reading.settings, now(), look()))
    wrong = sum(not problem.warning for problem in reading.problems)
    typer.echo(f"{file}: {counted(wrong, 'problem')}, {counted(len(reading.problems) - wrong, 'warning')}")
    raise typer.Exit(WRONG_INPUT if wrong else NOTHING_DIVERGES)


@config.command()
def show(file: File = DEFAULT, data_format: DataFormat = FormatName.TEXT) -> None:
    """Print the settings in force, with every default filled in, as YAML that loads again.

    A secret is shown as the place where it is kept, never by its value; it need not be there.

    \b
    Examples:
      drift config show
      drift config show --format json

    \b
    Exit status:
      0  the settings were printed
      2  something is wrong
    """
    reading = settings.read_settings(file, None)
    if reading.written is None:
        raise InputError([problem for problem in reading.problems if not problem.warning])
    if data_format is FormatName.JSON:
        document = {"format": "drift-settings/1", **settings.shown(reading.written)}
        write(escape_json(json.dumps(document, indent=2, ensure_ascii=False) + "\n"), machine=True)
    else:
        write(settings.as_yaml(reading.written), machine=True)


@config.command()
def schema() -> None:
    """Print the JSON schema of drift.yaml, by which an editor checks it as it is typed.

    \b
    Example:
      drift config schema > drift.schema.json
    """
    write(json.dumps(settings.schema(), indent=2, ensure_ascii=False) + "\n", machine=True)
