"""A clock that is behind what is remembered: whatever were read by it would be older than that, and change nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from drift.model.errors import InputError
from drift.model.watch_ports import Store

SKEW = timedelta(minutes=5)  # clocks of two machines differ by less


def refuse_past(store: Store, source: str, now: datetime) -> None:
    """Raise InputError where the last run of a source was later than `now`: it was by a wrong clock, or this one is."""
    for run in store.runs.last(1, source):
        if run.beat > now + SKEW:
            raise InputError(
                f"the clock says {_spelled(now)}, and {source!r} was read last on {_spelled(run.beat)}: what is read "
                "now would be older than what is remembered, and change nothing. Set the clock right; if it is, and "
                "was wrong then, restore a backup from before"
            )


def _spelled(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
