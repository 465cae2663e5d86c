"""How a run of `check` is told. THE list of formats is `FORMATS`: a new one is a file here and a line there.

A format is a function from a report to text; the texts are made whole before anything is written, so that a report
is either all there or not there. The modules are imported when their format is asked for: rich costs more than a
small check.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from drift.model import CheckReport


class Look(NamedTuple):
    """What the place a report is written to can show: colour or none, a width to wrap at or None to wrap nothing."""

    colour: bool = False
    width: int | None = None


PLAIN = Look()


class Format(NamedTuple):
    name: str
    render: Callable[[CheckReport, Look], str]
    machine: bool = False  # read by programs: UTF-8 wherever it goes


def _text(report: CheckReport, look: Look) -> str:
    from drift.reports import text

    return text.render(report, look)


def _json(report: CheckReport, _: Look) -> str:
    from drift.reports import json_report

    return json_report.render(report)


FORMATS: tuple[Format, ...] = (
    Format("text", _text),
    Format("json", _json, machine=True),
)


def named(name: str) -> Format:
    """The format of that name. Raises LookupError."""
    for entry in FORMATS:
        if entry.name == name:
            return entry
    raise LookupError(name)
