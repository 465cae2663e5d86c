"""What a command over sources was asked to do, as it was typed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from drift.assembly.check import CheckOptions
from drift.cli.options import day


def options_of(
    sources: list[str],
    policies: Path,
    as_of: str | None = None,
    published_as: str | None = None,
    allow_private: list[str] | None = None,
    annotator: str | None = None,
    *,
    explain: bool = False,
) -> CheckOptions:
    """The options as they were typed. Raises typer.BadParameter for a day that is none."""
    return CheckOptions(
        sources=tuple(sources),
        policies=policies,
        as_of=day(as_of),
        published_as=published_as,
        allow_private=tuple(allow_private or ()),
        explain=explain,
        annotator=annotator,
    )


def standard_input() -> BinaryIO | None:
    """Standard input as bytes, None where it was closed."""
    return sys.stdin.buffer if sys.stdin else None
