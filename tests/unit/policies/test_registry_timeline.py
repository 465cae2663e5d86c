"""Spans into periods: seams, and what is told of those that do not meet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from drift.files.yamlfile import Document
from drift.model import Period
from drift.model.values import Kind, Unit, Value
from drift.policies.timeline import WrittenPeriod, timeline

VALUES = [Value(Kind("duration"), Decimal(number), Decimal(number), Unit("day")) for number in range(10)]
Day = date | None
A, B, C = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
BEFORE_B, BEFORE_C = date(2026, 1, 31), date(2026, 2, 28)


def spans(*days: tuple[Day, Day]) -> list[WrittenPeriod]:
    return [WrittenPeriod(VALUES[index], start, end, ("value", index)) for index, (start, end) in enumerate(days)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ([(None, None)], [(0, None, None)]),
        ([(A, C)], [(0, A, C)]),
        ([(None, BEFORE_B), (B, None)], [(0, None, BEFORE_B), (1, B, None)]),
        ([(B, None), (None, BEFORE_B)], [(1, None, BEFORE_B), (0, B, None)]),
        ([(None, BEFORE_B), (None, None)], [(0, None, BEFORE_B), (1, B, None)]),
        ([(None, None), (B, None)], [(0, None, BEFORE_B), (1, B, None)]),
        ([(A, None), (B, None), (C, A.replace(year=2027))],
         [(0, A, BEFORE_B), (1, B, BEFORE_C), (2, C, A.replace(year=2027))]),
        ([(A, A), (A.replace(day=2), A.replace(day=2))], [(0, A, A), (1, A.replace(day=2), A.replace(day=2))]),
    ],
)  # fmt: skip
def test_spans_that_follow_one_another(written: list[tuple[Day, Day]], read: list[tuple[int, Day, Day]]) -> None:
    document = Document("f.yaml")
    assert timeline(spans(*written), document) == tuple(Period(VALUES[at], start, end) for at, start, end in read)
    assert document.problems == []


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ([(None, B), (B, None)], ["overlaps the value before it, which holds until 2026-02-01"]),
        ([(None, None), (None, None)], ["overlaps the value before it, which holds for good"]),
        ([(A, C), (B, None)], ["overlaps the value before it, which holds until 2026-03-01"]),
        ([(None, A), (B, None)], ["leaves a gap: no value holds from 2026-01-02 to 2026-01-31"]),
        ([(B, A)], ["ends on 2026-01-01, before it starts on 2026-02-01"]),
        ([(A, None), (A, None)], ["ends on 2025-12-31, before it starts on 2026-01-01"]),
        ([(None, date.max), (None, None)], ["overlaps the value before it, which holds until 9999-12-31"]),
        ([(date.min, date.min), (date.min, None)], ["overlaps the value before it, which holds until 0001-01-01"]),
    ],
)
def test_spans_that_do_not(written: list[tuple[Day, Day]], told: list[str]) -> None:
    document = Document("f.yaml")
    timeline(spans(*written), document)
    assert [problem.message for problem in document.problems] == told
