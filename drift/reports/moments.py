"""Times and lengths of time as people read them. Everything is in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from drift.model import wording

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def day(at: datetime) -> str:
    """'2026-03-03'."""
    return f"{at.astimezone(UTC):%Y-%m-%d}"


def minute(at: datetime) -> str:
    """'2026-03-03 10:00'."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def said(at: datetime) -> str:
    """'3 March 2026 10:00 UTC', as sentences have it."""
    there = at.astimezone(UTC)
    return f"{there.day} {there:%B %Y %H:%M} UTC"


def until(at: datetime) -> str:
    """An end: '3 March 2026 10:00 UTC', or 'the end of 2 March 2026' where it is midnight."""
    there = at.astimezone(UTC)
    if there.time() != time():
        return said(at)
    last = there - _DAY
    return f"the end of {last.day} {last:%B %Y}"


def length(lasted: timedelta) -> str:
    """'3 days', '5 hours', '20 minutes': in the largest unit of which there are two, rounded down."""
    for unit, noun in ((_DAY, "day"), (_HOUR, "hour"), (timedelta(minutes=1), "minute")):
        if lasted >= 2 * unit or (lasted == unit and noun != "minute"):
            return wording.counted(lasted // unit, noun)
    return wording.counted(int(lasted.total_seconds()), "second")


def ago(at: datetime, now: datetime) -> str:
    """'3 hours ago', 'just now'."""
    passed = now - at
    return f"{length(passed)} ago" if passed >= timedelta(minutes=1) else "just now"
