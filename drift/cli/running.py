"""One run over the sources that a command was given, with progress while a person watches."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from drift.cli.options import day, now
from drift.cli.progress import progress

if TYPE_CHECKING:
    from drift.assembly import CheckOptions
    from drift.check.suggest import Teacher
    from drift.model import CheckReport
    from drift.model.edits import GainsReport
    from drift.model.topics import TopicsReport


def run(
    sources: list[str],
    policies: Path,
    as_of: str | None = None,
    published_as: str | None = None,
    allow_private: list[str] | None = None,
    annotator: str | None = None,
) -> CheckReport:
    """What `assembly.check` finds with the options as they were typed.

    Raises InputError as it does, and typer.BadParameter for a day that is none.
    """
    from drift import assembly  # imported here for the reason that `app` gives

    options = _options(sources, policies, as_of, published_as, allow_private, annotator=annotator)
    with progress() as on_examined:
        return assembly.check(options, now, on_examined, stdin=_standard_input())


def run_explain(
    sources: list[str],
    policies: Path,
    as_of: str | None = None,
    published_as: str | None = None,
    allow_private: list[str] | None = None,
    annotator: str | None = None,
) -> tuple[CheckReport, Teacher]:
    """What `assembly.explain` finds with the options as they were typed. Raises as `run` does."""
    from drift import assembly

    options = _options(sources, policies, as_of, published_as, allow_private, explain=True, annotator=annotator)
    with progress() as on_examined:
        return assembly.explain(options, now, on_examined, stdin=_standard_input())


def run_gains(
    sources: list[str],
    policies: Path,
    before: Path | None,
    as_of: str | None = None,
    published_as: str | None = None,
    allow_private: list[str] | None = None,
) -> GainsReport:
    """What `assembly.gains` finds with the options as they were typed. Raises as `run` does."""
    from drift import assembly

    options = _options(sources, policies, as_of, published_as, allow_private)
    with progress() as on_examined:
        return assembly.gains(options, before, now, on_examined, stdin=_standard_input())


def run_topics(
    term: str,
    sources: list[str],
    policies: Path,
    as_of: str | None = None,
    published_as: str | None = None,
    allow_private: list[str] | None = None,
    annotator: str | None = None,
) -> TopicsReport:
    """What `assembly.topics` finds with the options as they were typed. Raises as it and `run` do."""
    from drift.assembly import topics

    options = _options(sources, policies, as_of, published_as, allow_private, annotator=annotator)
    with progress() as on_examined:
        return topics.of_sources(term, options, now, on_examined, stdin=_standard_input())


def _options(
    sources: list[str],
    policies: Path,
    as_of: str | None,
    published_as: str | None,
    allow_private: list[str] | None,
    *,
    explain: bool = False,
    annotator: str | None = None,
) -> CheckOptions:
    from drift.assembly import CheckOptions

    return CheckOptions(
        sources=tuple(sources),
        policies=policies,
        as_of=day(as_of),
        published_as=published_as,
        allow_private=tuple(allow_private or ()),
        explain=explain,
        annotator=annotator,
    )


def _standard_input() -> BinaryIO | None:
    return sys.stdin.buffer if sys.stdin else None  # None where it was closed
