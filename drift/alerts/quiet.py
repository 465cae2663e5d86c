"""When a route may be told: not in its quiet hours, and where it takes a digest, only with the next one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from drift.model import Severity
from drift.model.route import Digest, QuietHours, Route

_DAY = timedelta(days=1)


def opens(route: Route, severity: Severity, happened: datetime, now: datetime) -> datetime:
    """When the route may hear what happened: at `now` or before where it may at once. In UTC."""
    if route.digest is not None:
        return next_digest(route.digest, happened)
    if route.quiet is None or severity in route.quiet.except_:
        return now
    return quiet_until(route.quiet, now) or now


def next_digest(digest: Digest, after: datetime) -> datetime:
    """The first time for a digest at or after a moment."""
    zone = ZoneInfo(digest.time_zone)
    first = after.astimezone(zone).date()
    for number in range(8):
        there = first + number * _DAY
        moment = _local(there, digest.at, zone)
        if there.weekday() in digest.days and moment >= after:
            return moment
    raise AssertionError("a digest has a day")  # settings see to it


def quiet_until(quiet: QuietHours, now: datetime) -> datetime | None:
    """The end of the quiet hours that hold now; None if none do. Those of yesterday may reach into today."""
    zone = ZoneInfo(quiet.time_zone)
    today = now.astimezone(zone).date()
    for begun in (today - _DAY, today):
        if begun.weekday() not in quiet.days:
            continue
        ended = begun + _DAY if quiet.end <= quiet.start else begun
        start, end = _local(begun, quiet.start, zone), _local(ended, quiet.end, zone)
        if start <= now < end:
            return end
    return None


def _local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time of day there, in UTC: comparing within one zone would pass over the hour that a summer's end repeats."""
    return datetime.combine(day, at, zone).astimezone(UTC)
