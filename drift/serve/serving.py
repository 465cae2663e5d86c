"""Reading every source when it is due, for as long as nobody asks us to stop, and as long as no other process does.

    stand by -> lead -> plan every source -> read those that are due -> plan them anew ...

One process leads, the others stand by. Every source has one job at most, made when the job before has ended: a source
cannot be read twice at a time. Nothing is kept here that the ledger of the store does not tell whoever leads next.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from drift.assembly.waiting import SLICE, waiting
from drift.assembly.watch import UNSOUND, Watch
from drift.fetch.pace import Dice, Timer
from drift.model.errors import BusyError, InputError, StoreError
from drift.model.memory import Run
from drift.model.ports import Clock
from drift.model.watch_ports import Store
from drift.serve.notices import Notices
from drift.serve.speaking import Speaking
from drift.serve.timing import FIRST_AGAIN, KIND, PAST, SourceHealth, again, due, well
from drift.settings import Settings
from drift.watch import watched

LOG = logging.getLogger("drift.serve")
logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)  # what a pass raises is told by us, and once

LATE = "source-late"
UNUSABLE = "source-unusable"
CRASHED = "source-crashed"
BUSY = "source-busy"
STORE = "store-failed"

TOGETHER = 4  # sources that are read at once: they wait for their hosts, hardly for one another
BEAT = 5.0  # seconds from one beat of a leader to the next, and from one try to lead to the next
GRACE = 8.0  # seconds that passes get to end by themselves: within the 10 that stopping may take

Quit = Callable[[], bool]


@dataclass(slots=True)
class Serving:
    """What `drift serve` does, until `quit` says yes. `alive` is called every few seconds, for a watchdog."""

    settings: Settings
    store: Store
    clock: Clock
    timer: Timer
    dice: Dice
    quit: Quit
    notices: Notices
    alive: Callable[[], None] = lambda: None
    _watch: Watch = field(init=False)
    _speaking: Speaking | None = None  # where somebody is to be told
    _standing: dict[str, SourceHealth] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _leads: bool = False
    _bystander: bool = False

    def __post_init__(self) -> None:
        self._watch = Watch(
            self.settings,
            self.store,
            self.clock,
            timer=self.timer,
            sleep=waiting(self._halted, self.timer),
            dice=self.dice,
            tell=self._tell,
            together=TOGETHER,
            command="drift serve",
        )
        if self.settings.alerts.routes:
            self._speaking = Speaking(
                self.settings,
                self.store,
                self.clock,
                self.timer,
                self.dice,
                self._watch.registry,
                self._halted,
                self.notices,
            )

    def run(self) -> bool:
        """Serve. Gives whether every pass had ended when we did: one that had not must be left behind."""
        while not self.quit():
            try:
                with self.store.leadership() as held:
                    self.notices.over(STORE)
                    if held is not None:
                        self._lead(held)
                    elif not self._bystander:
                        self._bystander = True
                        LOG.info("standing-by")
            except StoreError as error:
                self.notices.begin(STORE, str(error))
            self._pause(BEAT)
        if self._busy():
            return False
        self._watch.close()
        if self._speaking:
            self._speaking.close()
        return True

    def _lead(self, held: Callable[[], bool]) -> None:
        """Keep the schedule while we lead."""
        office = self.store.runs.start("", KIND, self.clock())
        LOG.info("leading", extra={"told": {"run": office.id, "sources": len(self.settings.sources)}})
        self._bystander, self._leads = False, True
        scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(TOGETHER)})
        scheduler.add_listener(lambda event: self._ended(scheduler, event), EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
        try:
            scheduler.start()
            self._plan_all(scheduler)
            if self._speaking:
                self._speaking.begin()
            while not self._halted() and held():
                self.store.runs.beat(office, self.clock())
                self._beat_for_passes()
                self._look_for_late()
                self._pause(BEAT)
        finally:
            self._leads = False
            scheduler.shutdown(wait=False)  # waiting would be for ever: a pass ends when it is asked, or not at all
            self._drain()
            LOG.info("stopped-leading", extra={"told": {"run": office.id, "left": self._under_way()}})
        self.store.runs.end(office, self.clock(), {})

    def _plan_all(self, scheduler: BackgroundScheduler) -> None:
        for source in self.settings.sources:
            past = self.store.runs.last(PAST, source.name)
            self._standing[source.name] = SourceHealth.of(source, past, self.clock())
            last = next((run for run in past if run.kind == watched.KIND), None)
            self._plan(scheduler, source.name, due(source.schedule, last, self.clock()))

    def _plan(self, scheduler: BackgroundScheduler, name: str, at: datetime) -> None:
        """Read a source at a time, or up to its jitter later where that time is still to come."""
        schedule = self._standing[name].source.schedule
        if at > self.clock():
            at += schedule.jitter * self.dice()
        LOG.info("planned", extra={"told": {"source": name, "due": at.astimezone(UTC).isoformat()}})
        scheduler.add_job(
            self._read,
            DateTrigger(at),
            args=(name,),
            id=f"{name} {next(self._numbers)}",  # the scheduler removes a job by its id, maybe after it made the next
            misfire_grace_time=None,  # late is better than never: a machine that slept reads when it wakes
        )

    def _read(self, name: str) -> Run | None:
        """One pass over a source. Gives its run, None if there was none or it did not end."""
        if self._halted():
            return None
        standing = self._standing[name]
        if standing.waits and (run := self._read_by_another(standing)) is not None:
            return run
        standing.under_way, standing.waits = True, False
        LOG.info("run-started", extra={"told": {"source": name}})
        try:
            runs = self._watch.crawl(name, on_visited=lambda at: self._moved(standing, at), stopped=self._halted)
        except InputError as error:
            self.notices.begin(UNUSABLE, str(error), name)
            return None
        except BusyError as error:  # somebody crawls by hand: not wrong, and nothing to be told
            standing.waits = True
            LOG.info(BUSY, extra={"told": {"source": name, "detail": str(error)}})
            return None
        except StoreError as error:
            self.notices.begin(STORE, str(error), name)
            return None
        finally:
            standing.under_way = False
            if self._watch.sound:
                self.notices.over(UNSOUND)
        for run in runs:
            _log(run)
        return runs[-1] if runs and runs[-1].ended is not None else None

    def _read_by_another(self, standing: SourceHealth) -> Run | None:
        """The pass of the process that was reading a source when we would have, where it did what ours was to do."""
        past = self.store.runs.last(PAST, standing.source.name)
        last = next((run for run in past if run.kind == watched.KIND), None)
        if last is None:
            return None
        standing.moved = max(standing.moved, last.beat)
        now = self.clock()
        if due(standing.source.schedule, last, now) <= now:
            return None
        standing.waits = False
        return last

    def _ended(self, scheduler: BackgroundScheduler, event: JobExecutionEvent) -> None:
        """Plan a source anew. What a pass raised that nobody expected comes here too: the others go on."""
        if self._halted():
            return
        name = event.job_id.partition(" ")[0]
        standing, now = self._standing[name], self.clock()
        run: Run | None = None if event.exception else event.retval
        if event.exception:
            self.notices.begin(CRASHED, f"{type(event.exception).__name__}\n{event.traceback}", name)
        if standing.waits:
            self._plan(scheduler, name, now + FIRST_AGAIN)
            return
        if run is None or run.failure:
            standing.failures += 1
            self._plan(scheduler, name, again(standing.source.schedule, standing.failures, now))
            return
        standing.failures = 0
        if well(run):
            standing.good = run.started
        for code in (CRASHED, UNUSABLE, STORE):
            self.notices.over(code, name)
        self._plan(scheduler, name, due(standing.source.schedule, run, now))

    def _beat_for_passes(self) -> None:
        """A pass is alive where it comes forward: one that hangs has no beat."""
        for name in self._under_way():
            run = self.store.runs.unfinished(name, watched.KIND)
            if run is not None and self._standing[name].moved > run.beat:
                self.store.runs.beat(run, self._standing[name].moved)

    def _look_for_late(self) -> None:
        for name, standing in self._standing.items():
            lateness = standing.late(self.clock())
            if lateness is None:
                self.notices.over(LATE, name)
            else:
                words = f"should have been read {_rounded(lateness)} ago; last read well by the run of {standing.good}"
                self.notices.begin(LATE, words, name)

    def _moved(self, standing: SourceHealth, at: watched.Progress) -> None:
        if at.counts["pages"] > at.counts["blind"] + at.counts["replaced"]:
            standing.moved = self.clock()

    def _tell(self, code: str, words: str) -> None:
        if code == UNSOUND:
            self.notices.begin(code, words)
        else:
            LOG.warning(code, extra={"told": {"detail": words}})

    def _halted(self) -> bool:
        return self.quit() or not self._leads

    def _under_way(self) -> list[str]:
        return [name for name, standing in self._standing.items() if standing.under_way]

    def _busy(self) -> bool:
        return bool(self._under_way()) or (self._speaking is not None and self._speaking.under_way)

    def _drain(self) -> None:
        """Wait for the passes and the alerts under way. Once somebody asked us to stop, no longer than the grace."""
        ends: float | None = None
        while self._busy():
            if self.quit():
                ends = ends or self.timer() + GRACE
                if self.timer() >= ends:
                    return
            self.alive()
            time.sleep(SLICE)

    def _pause(self, seconds: float) -> None:
        self.alive()
        ends = self.timer() + seconds
        while not self.quit() and self.timer() < ends:
            time.sleep(SLICE)


def _log(run: Run) -> None:
    told = {"source": run.source, "run": run.id, "kind": run.kind, "counts": dict(run.counts)}
    if run.failure:
        LOG.warning("run-failed", extra={"told": {**told, "detail": run.failure}})
    else:
        LOG.info("run-ended" if run.ended else "run-left", extra={"told": told})


def _rounded(length: timedelta) -> timedelta:
    return timedelta(seconds=round(length.total_seconds()))
