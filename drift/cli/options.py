"""The options that several commands share, each with one meaning and one help text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class FormatName(StrEnum):
    """How most commands are told: for people, or for programs."""

    TEXT = "text"
    JSON = "json"


class FailingOutcome(StrEnum):
    """What a check fails on."""

    DIVERGES = "diverges"
    SUSPECT = "suspect"


def now() -> datetime:
    """The clock of the command line."""
    return datetime.now(UTC)


def day(text: str | None, option: str = "--as-of") -> date | None:
    """The day that an option names. Raises typer.BadParameter (exit status 2)."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no day; expected one like 2026-11-21", param_hint=option) from None


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, globs, http(s) addresses, or - for standard input.",
        show_default=False,
    ),
]
Policies = Annotated[Path, typer.Option("--policies", "-p", metavar="DIR", help="The folder of policy files.")]
ReportFormat = Annotated[FormatName, typer.Option("--format", "-f", help="For people, or for programs.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write the report to a file, whole or not at all.", show_default=False
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Judge by the policies of this day (default: today).", show_default=False
    ),
]
PublishedAs = Annotated[
    str | None,
    typer.Option(
        "--published-as", metavar="URL", help="The address under which the files are published.", show_default=False
    ),
]
AllowPrivate = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-private",
        metavar="NET",
        help="Open a private network or host (10.1.0.0/16); may be repeated.",
        show_default=False,
    ),
]

STORE = "sqlite:///.drift/drift.db"
StoreUrl = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="URL",
        envvar="DRIFT_STORE",
        help="Where it is remembered: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE.",
    ),
]
Annotator = Annotated[
    str | None,
    typer.Option(
        "--annotator",
        metavar="WHO",
        help="Ask an annotator which rule a sentence states where only words say so: that of a drift.yaml, or "
        "recorded:FILE.",
        show_default=False,
    ),
]
