"""The table of exit statuses."""

from __future__ import annotations

import dataclasses

import pytest

from drift.cli.status import of
from drift.model import CheckReport


@pytest.mark.parametrize(
    ("articles", "allow_blind", "status"),
    [
        ((), False, 0),
        ((3,), False, 0),  # an article that states no term
        ((0,), False, 1),
        ((2,), False, 3),
        ((2,), True, 0),
        ((2, 3), False, 3),
        ((0, 2), False, 1),  # a divergence outweighs a blind article
        ((0, 2), True, 1),
    ],
)
def test_a_status(sample_report: CheckReport, articles: tuple[int, ...], allow_blind: bool, status: int) -> None:
    chosen = tuple(sample_report.examined[number] for number in articles)
    assert of(dataclasses.replace(sample_report, examined=chosen), allow_blind=allow_blind) == status
