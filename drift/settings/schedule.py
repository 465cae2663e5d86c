"""When a schedule runs next: a module that only those import who ask for times, since its library takes 75 ms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from drift.files.cron import WEEKDAYS, Cron
from drift.sources.config import Schedule

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EVERY_HOUR = tuple(range(24))


def next_runs(schedule: Schedule, after: datetime, count: int) -> tuple[datetime, ...]:
    """The next `count` runs later than `after` (aware), jitter left out, in the schedule's time zone, ascending.

    Runs of `every` are counted from the epoch, so that they are the same whenever a process began. Where the clock is
    put forward, a run at a time that does not come is as much later as the clock jumped; where it is put back, a run
    at a time that comes twice is the first of them, or both for what runs in every hour.
    """
    zone = ZoneInfo(schedule.time_zone or "UTC")
    if schedule.cron is not None:
        return _of_cron(schedule.cron, zone, after, count)
    assert schedule.every is not None
    done = (after - EPOCH) // schedule.every
    return tuple((EPOCH + schedule.every * (done + number)).astimezone(zone) for number in range(1, count + 1))


def _of_cron(cron: Cron, zone: ZoneInfo, after: datetime, count: int) -> tuple[datetime, ...]:
    trigger = CronTrigger(
        month=_listed(cron.months),
        day=_listed(cron.days),
        day_of_week=",".join(WEEKDAYS[day] for day in cron.weekdays),
        hour=_listed(cron.hours),
        minute=_listed(cron.minutes),
        second=0,
        timezone=zone,
    )
    runs: list[datetime] = []
    now = after.astimezone(UTC)
    while len(runs) < count:
        # Asked for in UTC and without the run before: within one zone, times compare by the clock on the wall.
        found = trigger.get_next_fire_time(None, now + timedelta(microseconds=1))
        if found is None:
            break
        now = found.astimezone(UTC)
        run = now.astimezone(zone)
        if not run.fold or cron.hours == EVERY_HOUR:
            runs.append(run)
    return tuple(runs)


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))
