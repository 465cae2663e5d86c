"""Quiet hours and digests, in the zone of the route."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from drift.alerts.quiet import opens
from drift.model import Severity
from drift.model.route import Digest, QuietHours, Route

EVERY_DAY = tuple(range(7))
NIGHT = QuietHours(time(20), time(7), "Europe/Paris", EVERY_DAY, (Severity.CRITICAL,))
NOON = QuietHours(time(12), time(13), "UTC", EVERY_DAY, ())
FRIDAY = QuietHours(time(20), time(7), "UTC", (4,), ())
MORNING = Digest(time(9), "America/New_York", (0, 1, 2, 3, 4))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, "2026-11-21T18:59", None),  # 19:59 in Paris
        (NIGHT, "2026-11-21T19:00", "2026-11-22T06:00"),
        (NIGHT, "2026-11-22T05:59", "2026-11-22T06:00"),
        (NIGHT, "2026-11-22T06:00", None),
        (NIGHT, "2026-03-28T23:00", "2026-03-29T05:00"),  # the night in which the clock is put forward
        (NOON, "2026-11-21T12:00", "2026-11-21T13:00"),
        (NOON, "2026-11-21T13:00", None),
        (FRIDAY, "2026-11-21T06:59", "2026-11-21T07:00"),  # a Saturday: the night began on Friday
        (FRIDAY, "2026-11-21T20:00", None),
    ],
)
def test_quiet_hours(quiet: QuietHours, now: str, until: str | None) -> None:
    route = Route("one", ("slack",), quiet=quiet)
    assert opens(route, Severity.HIGH, at("2026-01-01"), at(now)) == at(until or now)


def test_the_most_severe_is_told_at_once() -> None:
    now = at("2026-11-21T23:00")
    assert opens(Route("one", ("slack",), quiet=NIGHT), Severity.CRITICAL, now, now) == now


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        ("2026-11-20T13:59", "2026-11-20T14:00"),  # a Friday, 09:00 in New York
        ("2026-11-20T14:00", "2026-11-20T14:00"),
        ("2026-11-20T14:01", "2026-11-23T14:00"),
        ("2026-10-30T13:01", "2026-11-02T14:00"),  # summer ends between them
    ],
)
def test_a_digest_tells_what_happened_until_then(happened: str, told: str) -> None:
    route = Route("one", ("slack",), digest=MORNING)
    assert opens(route, Severity.CRITICAL, at(happened), at("2026-12-24")) == at(told)
