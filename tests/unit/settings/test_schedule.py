"""The next runs of a schedule, over the days on which clocks are put forward and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.files.cron import parse
from drift.files.keys import Length
from drift.settings.schedule import next_runs
from drift.sources.config import Schedule

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def runs(cron: str, zone: str, after: datetime, count: int = 3) -> list[str]:
    return [run.isoformat() for run in next_runs(Schedule(time_zone=zone, cron=parse(cron)), after, count)]


def test_weekday_1_is_monday() -> None:
    found = next_runs(Schedule(cron=parse("0 0 * * 1")), SUNDAY, 2)
    assert [f"{run:%a %d %b}" for run in found] == ["Mon 23 Nov", "Mon 30 Nov"]


@pytest.mark.parametrize(
    ("cron", "zone", "after", "expected"),
    [
        pytest.param(
            "30 2 * * *",
            "Europe/Paris",
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            ["2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00", "2026-03-31T02:30:00+02:00"],
            id="a time that does not come",
        ),
        pytest.param(
            "15 2 * * *",
            "Australia/Lord_Howe",
            datetime(2026, 10, 3, 12, tzinfo=UTC),
            ["2026-10-04T02:45:00+11:00", "2026-10-05T02:15:00+11:00", "2026-10-06T02:15:00+11:00"],
            id="a clock that jumps by half an hour",
        ),
        pytest.param(
            "30 2 * * *",
            "Europe/Paris",
            datetime(2026, 10, 24, 12, tzinfo=UTC),
            ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00", "2026-10-27T02:30:00+01:00"],
            id="a time that comes twice",
        ),
        pytest.param(
            "30 2 * * *",
            "Europe/Paris",
            datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
            ["2026-10-26T02:30:00+01:00", "2026-10-27T02:30:00+01:00", "2026-10-28T02:30:00+01:00"],
            id="asked between the two",
        ),
        pytest.param(
            "0 * * * *",
            "Europe/Paris",
            datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
            ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T03:00:00+01:00"],
            id="every hour where one comes twice",
        ),
        pytest.param(
            "0 * * * *",
            "Europe/Paris",
            datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
            ["2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"],
            id="every hour where one does not come",
        ),
        pytest.param(
            "0 9 29 2 *",
            "UTC",
            SUNDAY,
            ["2028-02-29T09:00:00+00:00", "2032-02-29T09:00:00+00:00", "2036-02-29T09:00:00+00:00"],
            id="leap days",
        ),
    ],
)
def test_clocks_that_change(cron: str, zone: str, after: datetime, expected: list[str]) -> None:
    assert runs(cron, zone, after) == expected


def test_a_run_is_later_than_the_time_asked_for() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert runs("0 12 * * *", "UTC", noon, 1) == ["2026-11-23T12:00:00+00:00"]
    assert runs("0 12 * * *", "UTC", noon - timedelta(microseconds=1), 1) == ["2026-11-22T12:00:00+00:00"]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("30 minutes", ["2026-11-22T12:30:00+00:00", "2026-11-22T13:00:00+00:00"]),
        ("6 hours", ["2026-11-22T18:00:00+00:00", "2026-11-23T00:00:00+00:00"]),
        ("7 seconds", ["2026-11-22T12:00:07+00:00", "2026-11-22T12:00:14+00:00"]),
    ],
)
def test_every_so_long(every: str, expected: list[str]) -> None:
    assert [run.isoformat() for run in next_runs(Schedule(every=Length.read(every)), SUNDAY, 2)] == expected


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
    st.sampled_from(["*/20 * * * *", "30 2 * * *", "0 1-3 * * sun", "59 23 28-31 * *"]),
)
def test_runs_ascend_and_do_not_depend_on_when_one_asks(naive: datetime, zone: str, cron: str) -> None:
    after = naive.replace(tzinfo=ZoneInfo(zone))
    schedule = Schedule(time_zone=zone, cron=parse(cron))
    found = next_runs(schedule, after, 4)
    moments = [run.astimezone(UTC) for run in found]
    assert after.astimezone(UTC) < moments[0]
    assert moments == sorted(set(moments))
    assert next_runs(schedule, found[1], 2) == found[2:]
