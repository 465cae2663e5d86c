"""When a source is to be read, and when it was not read in time. Pure: every time is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drift.assembly.clocks import SKEW
from drift.model.memory import Run
from drift.settings.schedule import next_runs
from drift.sources.config import Schedule, SourceConfig
from drift.watch import watched

KIND = "serve"

FIRST_AGAIN = timedelta(minutes=1)  # after a source could not be read; twice as long each time
LONGEST_AGAIN = timedelta(hours=1)
PAST = 50  # runs of a source that are looked at to learn when it was last read
SHORTEST_PATIENCE = timedelta(minutes=10)  # a pass over 500 pages at a page a second takes as long
LONGEST_PATIENCE = timedelta(hours=6)  # 20,000 pages at a page a second


def due(schedule: Schedule, last: Run | None, now: datetime) -> datetime:
    """When a source is to be read, `last` being the last pass over it; `now` where that time has passed.

    At once where it was never read, where a pass was left unfinished, and where the last one could not read it. Times
    that passed while nobody served, or while the pass before took its time, are made up for by one run.
    """
    if last is None or last.ended is None or last.failure:
        return now
    since = last.started if last.started <= now + SKEW else now
    return max(now, next_runs(schedule, since, 1)[0])


def again(schedule: Schedule, failures: int, now: datetime) -> datetime:
    """When a source is tried again that could not be read, `failures` times in a row: never later than scheduled."""
    wait = min(LONGEST_AGAIN, FIRST_AGAIN * (1 << min(failures - 1, 10)))
    return min(now + wait, next_runs(schedule, now, 1)[0])


@dataclass(slots=True)
class SourceHealth:
    """How a source is doing. `good` is when the last pass began that read it, or since when one is waited for.

    `moved` is when a page of it was last read in any pass, or since when we lead; `under_way` whether a pass is;
    `waits` whether another process was reading it when we would have; `failures` those in a row since it was last read.
    """

    source: SourceConfig
    good: datetime
    moved: datetime
    under_way: bool = False
    waits: bool = False
    failures: int = 0

    @classmethod
    def of(cls, source: SourceConfig, past: Sequence[Run], now: datetime) -> SourceHealth:
        """How a source was doing, by the runs of the ledger (the newest first)."""
        return cls(source, since(past) or now, now)

    def late(self, now: datetime) -> timedelta | None:
        """How long ago it should have been read that was not: see `late`."""
        return late(self.source.schedule, self.good, self.moved, now)


def since(past: Sequence[Run]) -> datetime | None:
    """When the last pass began that read a source, else the first that did not; None if there was none."""
    passes = [run for run in past if run.kind == watched.KIND]
    read = next((run.started for run in passes if well(run)), None)
    return read or (passes[-1].started if passes else None)


def well(run: Run) -> bool:
    """Whether a pass ended that read its source: one on which every page was blind did not."""
    pages = run.counts.get("pages", 0)
    unread = run.counts.get("blind", 0) + run.counts.get("replaced", 0)
    return run.ended is not None and not run.failure and (not pages or unread < pages)


def late(schedule: Schedule, good: datetime, moved: datetime, now: datetime) -> timedelta | None:
    """How long ago a source should have been read that was not, None while it is in time.

    `good` and `moved` are those of a `SourceHealth`. A pass may begin as late as its jitter allows, and is waited for
    as long as from one run to the next, at least 10 minutes and at most 6 hours. One that comes forward is in time
    however long it takes, and whoever leads anew is given the time to make up for what was missed.
    """
    first, second = next_runs(schedule, good, 2)
    patience = min(max(second - first, SHORTEST_PATIENCE), LONGEST_PATIENCE)
    return now - first if now > max(first + schedule.jitter, moved) + patience else None


def late_by_ledger(schedule: Schedule, past: Sequence[Run], office: Run | None, now: datetime) -> timedelta | None:
    """What `late` says, as far as the ledger of runs tells it: for those who look on.

    `past` are the runs of the source (the newest first), `office` that of whoever leads, None if nobody serves.
    """
    good = since(past)
    if good is None:
        return None
    signs = [run.beat for run in past if run.kind == watched.KIND]
    return late(schedule, good, max((*signs, *((office.started,) if office else ()))), now)
