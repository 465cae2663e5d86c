"""When two values are the same, and whether they could be about the same term."""

from __future__ import annotations

import pytest

from drift.engine import kinds
from drift.model.values import Comparison, Kind, Unit, Value

SAME, UNIT, INSIDE = Comparison.SAME, Comparison.UNIT, Comparison.INSIDE
DIFFERENT, INCOMPARABLE = Comparison.DIFFERENT, Comparison.INCOMPARABLE


@pytest.mark.parametrize(
    ("published", "expected", "result"),
    [
        ("48 hours", "2 days", SAME),
        ("2 weeks", "14 days", SAME),
        ("12 months", "1 year", SAME),
        ("4 quarters", "1 year", SAME),
        ("30 calendar days", "30 days", SAME),
        ("3 working days", "3 business days", SAME),
        ("30 days", "1 month", DIFFERENT),
        ("365 days", "1 year", DIFFERENT),
        ("14 days", "30 days", DIFFERENT),
        ("5 days", "5 business days", UNIT),
        ("5 hours", "5 days", UNIT),
        ("$35", "USD 35", SAME),
        ("USD 5", "GBP 5", UNIT),
        ("USD 5", "USD 6", DIFFERENT),
        ("USD 5", "USD 5 per month", SAME),
        ("USD 5 per week", "USD 5 per month", UNIT),
        ("USD 5 per month", "USD 5", INSIDE),
        ("USD 5 per guest per night", "USD 5 per person per night", INSIDE),
        ("USD 5 per team per night", "USD 5 per person per night", UNIT),
        ("no", "USD 5", INSIDE),
        ("USD 6 per month", "USD 5", DIFFERENT),
        ("5 devices per account", "5 devices", SAME),
        ("100 messages", "100 text messages", SAME),
        ("USD 5 per month", "USD 5 per month per line", SAME),
        ("13 days..15 days", "13 days", INSIDE),
        ("13 days..15 days", "15 days", INSIDE),
        ("13 days..15 days", "14 days", Comparison.DIFFERENT),
        ("USD 5 per month per line", "USD 5 per month", INSIDE),
        ("USD 5 per line", "USD 5 per month", UNIT),
        ("99.9%", "99.99%", DIFFERENT),
        ("99.90%", "99.9%", SAME),
        ("5 devices", "5 users", INCOMPARABLE),
        ("5 devices", "1 device", DIFFERENT),
        ("24 VCPU", "24 vCPU", SAME),
        ("1000 MB", "1 GB", SAME),
        ("24 MB", "24 GB", UNIT),
        ("1 GiB", "1 GB", UNIT),
        ("100 Mbit/s", "100 MB", INCOMPARABLE),
        ("23 kg", "50 lb", SAME),
        ("23 kg", "60 lb", DIFFERENT),
        ("23 kg", "23 cm", INCOMPARABLE),
        ("December 25", "2026-12-25", SAME),
        ("December 24", "2026-12-25", DIFFERENT),
        ("17:00", "2026-12-25", INCOMPARABLE),
        ("free", "USD 0", SAME),
        ("USD 0", "free", SAME),
        ("free", "USD 5", DIFFERENT),
        ("none", "no", SAME),
        ("free", "none", INSIDE),
        ("yes", "no", DIFFERENT),
        ("unlimited", "5 devices", DIFFERENT),
        ("unlimited", "free", INCOMPARABLE),
        ("30 days", "USD 30", INCOMPARABLE),
        ("5..7 days", "5..7 days", SAME),
        ("120 hours..7 days", "5..7 days", SAME),
        ("5 days", "5..7 days", INSIDE),
        ("7 days", "5..7 days", INSIDE),
        ("6 days", "5..7 days", INSIDE),
        ("8 days", "5..7 days", DIFFERENT),
        ("5..8 days", "5..7 days", DIFFERENT),
        ("5..7 business days", "5..7 days", UNIT),
        ("30 days | 60 days", "60 days | 30 days", SAME),
        ("30 days", "30 days | 60 days", INSIDE),
        ("30 days | 60 days", "30 days", INSIDE),
        ("14 days", "30 days | 60 days", DIFFERENT),
    ],
)
def test_comparing(published: str, expected: str, result: Comparison) -> None:
    assert kinds.compare(kinds.parse(published), kinds.parse(expected)) is result


def test_a_length_of_years_may_be_an_age() -> None:
    age, duration = kinds.parse("16 years", kind=Kind("age")), kinds.parse("16 years")

    assert kinds.compare(duration, age) is SAME
    assert kinds.compare(kinds.parse("18 years"), age) is DIFFERENT
    assert not kinds.comparable(kinds.parse("16 months"), age)


def test_a_count_of_an_unknown_thing_may_be_of_any() -> None:
    five = kinds.parse("5 devices")

    assert kinds.compare(Value(Kind("count"), five.low, five.high, Unit("")), five) is SAME


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("90 minutes", "2 hours"),
        ("6 days", "1 week"),
        ("27 days", "1 month"),
        ("3 business days", "5 days"),
        ("500 MB", "1 GB"),
        ("1 lb", "1 kg"),
        ("USD 5", "USD 6"),
        ("09:00", "17:00"),
    ],
)
def test_magnitudes_of_a_kind_have_one_scale(small: str, large: str) -> None:
    assert kinds.magnitude(kinds.parse(small)) < kinds.magnitude(kinds.parse(large))
