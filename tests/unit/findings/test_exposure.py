"""For how long the wrong text was live, in bounds and in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from drift.findings import exposure
from drift.model.errors import BlindReason


def test_a_window_lies_between_the_readings_around_it(made: Any) -> None:
    right, wrong = made.statement("60 days"), made.statement("30 days")
    memory = made.remembered(
        made.read(0, right), made.read(1, wrong), made.read(5, wrong), made.unread(6), made.read(8, right)
    )
    window = exposure(memory.findings[0])
    assert (window.least, window.most) == (timedelta(hours=4), timedelta(hours=8))
    assert window.began() == "between 2 March 2026 09:00 and 2 March 2026 10:00 UTC"
    assert window.ended() == "between 2 March 2026 14:00 and 2 March 2026 17:00 UTC"


def test_what_was_wrong_at_the_first_reading_has_no_lower_bound(made: Any) -> None:
    window = exposure(made.remembered(made.read(0, made.statement("30 days"))).findings[0], read_at=made.hours(30))
    assert (window.after, window.most, window.least) == (None, None, timedelta(hours=30))
    assert window.began() == "since before we first read it on 2 March 2026 09:00 UTC"
    assert window.ended() == "still there on 3 March 2026 15:00 UTC"


def test_what_happened_within_a_minute_is_told_as_one_time(made: Any) -> None:
    right, wrong = made.statement("60 days"), made.statement("30 days")
    window = exposure(made.remembered(made.read(0, right), made.read(0.001, wrong)).findings[0])
    assert window.began() == "on 2 March 2026 09:00 UTC"


def test_a_page_known_not_to_have_said_it_bounds_the_window(made: Any) -> None:
    memory = made.remembered(made.read(0), made.read(2, made.statement("30 days", slot="")))
    assert exposure(memory.findings[0]).after == made.hours(0)


def test_a_page_gone_ends_the_window(made: Any) -> None:
    memory = made.remembered(made.read(0, made.statement("30 days")), made.unread(4, BlindReason.GONE))
    assert exposure(memory.findings[0]).ended_by == made.hours(4)


def test_one_that_came_back_tells_of_the_last_time(made: Any) -> None:
    right, wrong = made.statement("60 days"), made.statement("30 days")
    memory = made.remembered(*(made.read(at, one) for at, one in enumerate((right, wrong, right, wrong))))
    window = exposure(memory.findings[0], read_at=made.hours(7))
    assert (window.after, window.by, window.still) == (made.hours(2), made.hours(3), made.hours(7))
