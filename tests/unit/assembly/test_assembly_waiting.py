"""A sleep that somebody may end."""

from __future__ import annotations

import pytest

from drift.assembly.waiting import SLICE, waiting
from drift.model.errors import StoppedError


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 0.01, 0.25, 60.0])
def test_it_waits_as_long_as_it_is_told(seconds: float) -> None:
    time = Time()
    waiting(lambda: False, lambda: time.now, time.sleep)(seconds)
    assert time.now == pytest.approx(max(0.0, seconds))


def test_it_ends_within_a_slice_of_being_asked() -> None:
    time = Time()
    with pytest.raises(StoppedError):
        waiting(lambda: time.now >= 5, lambda: time.now, time.sleep)(60)
    assert 5 <= time.now <= 5 + SLICE
