"""A value that changes over time: spans of days that follow one another without overlap or gap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from drift.files.yamlfile import Document, Steps
from drift.model import Period
from drift.model.values import Value

_DAY = timedelta(days=1)


class WrittenPeriod(NamedTuple):
    """A value with its days as written, and where it is written."""

    value: Value
    start: date | None
    end: date | None
    path: Steps


def timeline(spans: Sequence[WrittenPeriod], document: Document) -> tuple[Period, ...]:
    """The periods of spans in ascending order; faults are told at the span that causes them.

    Where only one of two neighbours names the day on which they meet, the other takes it from there.
    """
    ordered = sorted(spans, key=lambda span: span.start or date.min)
    periods: list[Period] = []
    for index, span in enumerate(ordered):
        following = ordered[index + 1].start if index + 1 < len(ordered) else None
        start, end = span.start, span.end
        if start is None and periods and periods[-1].end is not None:
            start = periods[-1].end + _DAY if periods[-1].end < date.max else None
        if end is None and following is not None and following > date.min:
            end = following - _DAY
        if start is not None and end is not None and end < start:
            document.tell(span.path, f"ends on {end}, before it starts on {start}", "'until' on or after 'from'")
        if periods:
            _tell_seam(periods[-1], start, span.path, document)
        periods.append(Period(span.value, start, end))
    return tuple(periods)


def _tell_seam(before: Period, start: date | None, path: Steps, document: Document) -> None:
    if before.end is None or start is None or start <= before.end:
        until = f"until {before.end}" if before.end else "for good"
        document.tell(path, f"overlaps the value before it, which holds {until}", "spans that follow one another")
    elif start > before.end + _DAY:
        gap = f"{before.end + _DAY} to {start - _DAY}"
        document.tell(path, f"leaves a gap: no value holds from {gap}", f"'from: {before.end + _DAY}'")
