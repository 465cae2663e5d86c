"""What is due when, after which runs; and when a source was not read in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from drift.files.cron import parse
from drift.files.keys import Length
from drift.model.memory import Run
from drift.serve import KIND, SourceHealth, again, due, late_by_ledger
from drift.sources.config import Schedule
from drift.sources.urls import UrlsConfig
from drift.watch import watched

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
PAGE = "https://help.larkspur.example/unlock"

HALF_HOURLY = Schedule(every=Length.read("30 minutes"))
MONDAYS = Schedule(time_zone="Europe/Paris", cron=parse("0 6 * * 1"))
SPREAD = Schedule(every=Length.read("1 hour"), jitter=Length.read("1 hour"))
SECONDS = Schedule(every=Length.read("2 seconds"))


def at(text: str) -> datetime:
    """A time of November 2026 in UTC: '23 06:00' (the 23rd is a Monday)."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def ran(start: str, minutes: int | None = 5, failure: str = "", kind: str = watched.KIND, **counts: int) -> Run:
    """A pass that took so many minutes; None where it did not end."""
    began = at(start)
    ended = None if minutes is None else began + minutes * MINUTE
    return Run(1, "help", kind, began, began, ended=ended, failure=failure, counts=counts)


@pytest.mark.parametrize(
    ("schedule", "last", "now", "expected"),
    [
        pytest.param(HALF_HOURLY, None, "23 06:10", "23 06:10", id="never read"),
        pytest.param(HALF_HOURLY, ran("23 06:00"), "23 06:06", "23 06:30", id="in time"),
        pytest.param(HALF_HOURLY, ran("23 06:04"), "23 06:10", "23 06:30", id="begun late: no run is moved"),
        pytest.param(HALF_HOURLY, ran("23 06:00", 29), "23 06:30", "23 06:30", id="its time is now"),
        pytest.param(HALF_HOURLY, ran("22 06:00"), "23 06:10", "23 06:10", id="missed many times: made up for once"),
        pytest.param(HALF_HOURLY, ran("23 06:10"), "23 06:15", "23 06:30", id="and after that as scheduled"),
        pytest.param(HALF_HOURLY, ran("23 06:00", 40), "23 06:40", "23 06:40", id="came due while it was read"),
        pytest.param(HALF_HOURLY, ran("23 06:00", None), "23 06:06", "23 06:06", id="left unfinished"),
        pytest.param(HALF_HOURLY, ran("23 06:00", 0, "503"), "23 06:06", "23 06:06", id="could not be read"),
        pytest.param(HALF_HOURLY, ran("23 06:00"), "23 05:59", "23 06:30", id="begun by another clock, slightly ahead"),
        pytest.param(HALF_HOURLY, ran("29 06:00"), "23 06:10", "23 06:30", id="begun by a wrong clock"),
        pytest.param(MONDAYS, ran("16 05:00"), "20 12:00", "23 05:00", id="cron counts Monday as 1, in its zone"),
        pytest.param(MONDAYS, ran("16 05:00"), "24 12:00", "24 12:00", id="a Monday that nobody served"),
        pytest.param(MONDAYS, ran("24 12:00"), "24 12:06", "30 05:00", id="made up for on Tuesday"),
    ],
)
def test_due(schedule: Schedule, last: Run | None, now: str, expected: str) -> None:
    assert due(schedule, last, at(now)) == at(expected)


def test_schedules_of_seconds() -> None:
    assert due(SECONDS, ran("23 06:00", 0), at("23 06:00")) == at("23 06:00") + timedelta(seconds=2)


@pytest.mark.parametrize(
    ("schedule", "failures", "wait"),
    [
        (MONDAYS, 1, MINUTE),
        (MONDAYS, 2, 2 * MINUTE),
        (MONDAYS, 6, 32 * MINUTE),
        (MONDAYS, 7, HOUR),
        (MONDAYS, 10_000, HOUR),
        (HALF_HOURLY, 5, 16 * MINUTE),
        (HALF_HOURLY, 6, 20 * MINUTE),  # the next run is as good as any
        (SECONDS, 1, timedelta(seconds=2)),
    ],
)
def test_a_source_that_could_not_be_read_is_tried_again(schedule: Schedule, failures: int, wait: timedelta) -> None:
    assert again(schedule, failures, at("23 06:10")) == at("23 06:10") + wait


def standing(schedule: Schedule, *past: Run, served: str = "23 06:00") -> SourceHealth:
    """How a source is doing by its runs, the newest first."""
    return SourceHealth.of(UrlsConfig(name="help", kind="urls", at=(PAGE,), schedule=schedule), past, at(served))


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        pytest.param((), "23 06:00", id="never read: since it is served"),
        pytest.param((ran("23 05:00", pages=3, blind=1),), "23 05:00", id="read"),
        pytest.param((ran("23 05:30", 0, "503"), ran("23 05:00")), "23 05:00", id="failed since"),
        pytest.param((ran("23 05:30", pages=3, blind=3), ran("23 05:00")), "23 05:00", id="every page blind since"),
        pytest.param((ran("23 05:30", None), ran("23 05:00")), "23 05:00", id="unfinished"),
        pytest.param((ran("23 05:30", 0, "x"), ran("23 05:00", 0, "x")), "23 05:00", id="never: since first tried"),
        pytest.param((ran("23 05:30", kind="rejudge"), ran("23 05:00")), "23 05:00", id="judging again is no reading"),
    ],
)
def test_when_a_source_was_last_read(past: tuple[Run, ...], expected: str) -> None:
    assert standing(HALF_HOURLY, *past).good == at(expected)


@pytest.mark.parametrize(
    ("schedule", "good", "now", "expected"),
    [
        pytest.param(HALF_HOURLY, "23 06:00", "23 06:29", None, id="not due"),
        pytest.param(HALF_HOURLY, "23 06:00", "23 07:00", None, id="due, and waited for as long as between two runs"),
        pytest.param(HALF_HOURLY, "23 06:00", "23 07:01", 31 * MINUTE, id="late"),
        pytest.param(SECONDS, "23 06:00", "23 06:10", None, id="a schedule of seconds waits 10 minutes"),
        pytest.param(SECONDS, "23 06:00", "23 06:11", timedelta(minutes=10, seconds=58), id="and no longer"),
        pytest.param(MONDAYS, "16 05:00", "23 11:00", None, id="a weekly one 6 hours"),
        pytest.param(MONDAYS, "16 05:00", "23 11:01", 6 * HOUR + MINUTE, id="and no longer than that"),
        pytest.param(
            SPREAD,
            "23 06:00",
            "23 08:30",
            None,
            id="jitter is none",
        ),
    ],
)
def test_late(schedule: Schedule, good: str, now: str, expected: timedelta | None) -> None:
    assert standing(schedule, ran(good), served=good).late(at(now)) == expected
    assert late_by_ledger(schedule, (ran(good, 0),), None, at(now)) == expected


def test_whoever_leads_anew_is_given_time() -> None:
    one = standing(HALF_HOURLY, ran("22 06:00"), served="23 06:00")
    assert one.late(at("23 06:30")) is None
    assert one.late(at("23 06:31")) == timedelta(days=1, minutes=1)


@pytest.mark.parametrize(("moved", "expected"), [("23 09:58", None), ("23 09:00", 210 * MINUTE)])
def test_a_long_pass_is_in_time_while_it_comes_forward(moved: str, expected: timedelta | None) -> None:
    one = standing(HALF_HOURLY, ran("23 06:00"))
    one.moved = at(moved)
    assert one.late(at("23 10:00")) == expected


@pytest.mark.parametrize(
    ("past", "office", "expected"),
    [
        pytest.param((), None, None, id="never read"),
        pytest.param((ran("23 09:00"),), None, None, id="read lately"),
        pytest.param((ran("23 06:00"),), None, 210 * MINUTE, id="not read since"),
        pytest.param((ran("23 09:30", 0, "503"), ran("23 06:00")), None, None, id="just tried in vain"),
        pytest.param((ran("23 09:00", 0, "503"), ran("23 06:00")), None, 210 * MINUTE, id="tried in vain"),
        pytest.param((ran("23 09:20", pages=9, blind=9), ran("23 06:00")), None, 210 * MINUTE, id="blind throughout"),
        pytest.param((ran("23 09:45", kind="rejudge"), ran("23 06:00")), None, 210 * MINUTE, id="judged, not read"),
        pytest.param((ran("22 06:00"),), "23 09:40", None, id="whoever serves has just begun"),
        pytest.param((ran("23 06:00"),), "23 05:00", 210 * MINUTE, id="whoever serves had the time"),
    ],
)
def test_what_the_ledger_tells_to_those_who_look_on(
    past: tuple[Run, ...], office: str | None, expected: timedelta | None
) -> None:
    leader = office and Run(9, "", KIND, at(office), at(office))
    assert late_by_ledger(HALF_HOURLY, past, leader or None, at("23 10:00")) == expected
