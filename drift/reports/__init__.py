"""How a run of `check` is told. THE list is `REPORTS`: a new one is a file here and a line there.

A report is a function from what was checked to text; the texts are made whole before anything is written, so that it is
either all there or not there.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the list is read for the options of a command, which need no nouns
    from drift.model import CheckReport


class Display(NamedTuple):
    """What the place a report is written to can show: colour or none, a width to wrap at or None to wrap nothing."""

    colour: bool = False
    width: int | None = None


PLAIN = Display()


class Report(NamedTuple):
    """A report by its name, as `--format` takes it."""

    name: str
    render: Callable[[CheckReport, Display], str]
    machine: bool = False  # read by programs: UTF-8 wherever it goes


def _of(module: str) -> Callable[[CheckReport, Display], str]:
    """The `render` of a file here, imported when it is asked for: rich costs more than a small check."""

    def render(report: CheckReport, look: Display) -> str:
        text: str = import_module(f"drift.reports.{module}").render(report, look)
        return text

    return render


REPORTS: tuple[Report, ...] = (Report("text", _of("text")), Report("json", _of("json_report"), machine=True))


def named(name: str) -> Report:
    """The report of that name. Raises LookupError."""
    for entry in REPORTS:
        if entry.name == name:
            return entry
    raise LookupError(name)
