"""The watch put together: settings in, passes over sources out."""

from __future__ import annotations

import os
import platform
import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace

from drift.assembly.alerts import patience, scene_of
from drift.assembly.annotating import annotating as annotating_of
from drift.assembly.annotating import annotator, believed
from drift.assembly.asking_turn import AskingTurn
from drift.assembly.clocks import refuse_past
from drift.assembly.lost_rules import withdraw_lost
from drift.assembly.registry import registry
from drift.check.annotating import Annotating
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.fetch.client import Client
from drift.fetch.files import FileFetcher
from drift.fetch.gate import Gate
from drift.fetch.limits import Limits
from drift.fetch.origin_headers import NOTHING, OriginHeaders
from drift.fetch.pace import Dice, Tempo, Timer
from drift.fetch.pinned import CONNECTIONS
from drift.fetch.polite_client import PoliteClient, Retries
from drift.findings import Steadiness
from drift.model import NotModified, Page, Registry, Snapshot, Validators
from drift.model.errors import InputError, StoreError, StoreFailure
from drift.model.language import DEFAULT_LANGUAGE
from drift.model.memory import Run
from drift.model.ports import Annotator, Clock, Library, Sleep
from drift.model.watch_ports import Store
from drift.settings import Settings
from drift.sources.watched import SourceConfig, SourceMeans, WebConfig
from drift.store import open_store
from drift.watch.announce import Announcing
from drift.watch.crawl import Pass
from drift.watch.looking import Gauge
from drift.watch.reader import Reader
from drift.watch.rejudge import outdated, rejudge
from drift.watch.watched import KIND, OnVisited, Watched
from drift.workers.pool import cores

UNSOUND = "policies-unsound"
NOTE = "source-note"
ASSURED = 5.0  # seconds from one time that a pass makes sure that its source is still its own to the next

Tell = Callable[[str, str], None]  # a code that stays (one of the above), and what it is about in words


class FromFiles:
    """Files as a Carrier, which have no versions to ask for, and as a Library, which is one without robots.txt."""

    def __init__(self, clock: Clock) -> None:
        self._files = FileFetcher(clock)

    def fetch(self, page: Page, validators: Validators | None = None, *, fresh: bool = False) -> Snapshot | NotModified:
        """The file as it is now. Raises FetchError with the class of failure."""
        del validators, fresh  # a Carrier is given them; a file is read whole each time, and no cache lies before it
        return self._files.fetch(page)

    def document(self, address: str) -> bytes:
        """The bytes of a file. Raises FetchError."""
        return self._files.fetch(Page(address)).body

    def sitemaps(self, address: str) -> tuple[str, ...]:  # noqa: ARG002 - a Library is asked for them
        """A folder names none."""
        return ()


def opened(settings: Settings, store: str | None = None, *, create: bool = True) -> AbstractContextManager[Store]:
    """The store of the settings, or the one at a URL. Raises StoreError as `open_store` does."""
    return open_store(store or settings.store.address, create=create)


def courier(
    settings: Settings, clock: Clock, *, timer: Timer, sleep: Sleep, dice: Dice, together: int = 1
) -> PoliteClient:
    """Who fetches pages, as the settings say: one for all sources, so that a host is asked by one only.

    `together` is how many passes share it at once: each of them has the connections it would have alone.
    """
    asked = settings.fetching
    waits = asked.timeouts
    limits = Limits(
        connect=waits.connect.total_seconds(), read=waits.read.total_seconds(), whole=waits.whole.total_seconds()
    )
    gate = Gate.opening(asked.allow_private) if asked.allow_private else None
    return PoliteClient(
        Client(
            clock,
            gate=gate,
            limits=limits,
            contact=asked.contact,
            timer=timer,
            connections=CONNECTIONS * together,
        ),
        clock,
        timer=timer,
        sleep=sleep,
        dice=dice,
        tempo=Tempo(rate=asked.per_second, together=asked.concurrency),
        retries=Retries(attempts=asked.retries + 1),
    )


@dataclass(slots=True)
class Watch:
    """What `drift crawl` and `drift serve` do with a drift.yaml: passes over its sources, one over each at a time.

    The registry and the reviewed answers are read anew for each pass. Time, sleep and randomness are handed in, so
    that all of it can be tried in no time. As many threads as `together` says may crawl, each another source.
    """

    settings: Settings
    store: Store
    clock: Clock
    timer: Timer = time.monotonic
    sleep: Sleep = time.sleep
    dice: Dice = random.random
    workers: int = field(default_factory=lambda: cores())
    tell: Tell = lambda _, __: None  # what the operator should know
    together: int = 1
    command: str = "drift"  # told, with the process, to whoever would read the same source meanwhile
    sound: bool = True  # whether the policies linted when they were last read
    _courier: PoliteClient | None = None
    _good: Standard | None = None
    _gauges: dict[str, Gauge] = field(default_factory=dict)
    _annotator: Annotator | None = None
    _leaving: ExitStack = field(default_factory=ExitStack)  # closes what is kept from pass to pass
    _lock: threading.Lock = field(default_factory=threading.Lock)  # for what passes at once share
    _turn: AskingTurn = field(init=False)

    def __post_init__(self) -> None:
        self._turn = AskingTurn(self.store, self._who, self.clock, self.sleep)

    def standard(self) -> Standard:
        """The registry as it is now, on today's date. One that does not lint is told, and the last good one kept.

        Raises InputError where there has been no good one yet.
        """
        try:
            held = registry(self.settings.policies)
        except InputError as error:
            if self._good is None:
                raise
            self.sound = False
            self.tell(UNSOUND, f"the policies do not lint; judging by those read before: {error}")
            held = self._good.registry
        else:
            self.sound = True
        today = self.clock().date()
        if self._good is None or self._good.registry != held or self._good.as_of != today:
            self._good = Standard(held, today, languages.load)
        return self._good

    def registry(self) -> Registry:
        """The registry as it was last read; read now where it was not yet. Raises InputError as `standard` does."""
        with self._lock:
            return (self._good or self.standard()).registry

    def crawl(
        self,
        name: str,
        *,
        on_visited: OnVisited | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> tuple[Run, ...]:
        """One pass over a source: what is stored is judged again first if the policies changed. The runs it took.

        Raises InputError for a name that no source has, for a clock that is behind what is remembered, and as
        `standard` does; StoreError where nothing can be written, and BusyError where another process reads the source.
        """
        source = self._named(name)
        refuse_past(self.store, name, self.clock())
        with self.store.turn(name, self._who(), self.clock()) as held:
            return self._crawl(source, on_visited, _assured(name, stopped, held, self.timer))

    def _who(self) -> str:
        return f"{self.command}, pid {os.getpid()} on {platform.node() or 'this machine'}"

    def _crawl(
        self, source: SourceConfig, on_visited: OnVisited | None, stopped: Callable[[], bool]
    ) -> tuple[Run, ...]:
        """The passes of `crawl`, of a source that is ours alone."""
        name = source.name
        with self._lock:
            annotating = self._annotating(source)
            gauge = self._gauge(source, annotating.believed if annotating else "")
        store = Announcing(self.store, scene_of(self.settings, source, gauge.standard.registry))
        runs: list[Run] = []
        reader = Reader(gauge, self.workers)
        with reader.executor:
            withdraw_lost(self.settings, store, name, gauge, self.clock, self.tell)
            if outdated(store, name, gauge):
                runs.append(rejudge(store, name, gauge, self.clock, stopped, reader, annotating))
            if not stopped():
                with self._lock:
                    watched = replace(self._watched(source, gauge), annotating=annotating)
                runs.append(Pass(watched, store, self.clock, on_visited, stopped, reader).run())
                for note in watched.source.notes:
                    self.tell(NOTE, f"{name}: {note}")
        if annotating is not None and annotating.asked.questions:
            self.tell(NOTE, f"{name}: {annotating.asked.note()}")
        return tuple(runs)

    def _annotating(self, source: SourceConfig) -> Annotating | None:
        """Who is asked in one pass over a source, None for nobody. The annotator itself is kept from pass to pass."""
        asked = self.settings.annotator
        if asked is None or not source.asked_about:
            return None
        if self._annotator is None:
            whole = annotator(self.settings, self.clock, sleep=self.sleep, timer=self.timer, dice=self.dice)
            self._annotator = self._leaving.enter_context(whole)
            assert self._annotator is not None
        made = annotating_of(asked, self._annotator, self.clock, self.store.annotations, self._turn)
        believed(made, asked, self.store.runs)
        if made.agreed is not None and not made.trusted:
            words = f"agreed with {made.agreed[0]} of {made.agreed[1]} answers given by people"
            self.tell(NOTE, f"{source.name}: the annotator {words}: what it says is a question, and no alarm")
        return made

    def close(self) -> None:
        """Close the connections to sites. The store is left open."""
        self._leaving.close()
        self._annotator = None
        if self._courier is not None:
            self._courier.close()
            self._courier = None

    def _named(self, name: str) -> SourceConfig:
        for source in self.settings.sources:
            if source.name == name:
                return source
        known = ", ".join(source.name for source in self.settings.sources)
        raise InputError(f"there is no source {name!r} in {self.settings.file}; there are: {known}")

    def _gauge(self, source: SourceConfig, annotator: str) -> Gauge:
        """The gauge of a source, the same as before where nothing changed: what was prepared for it is kept."""
        standard = self.standard()
        known = self._gauges.get(source.name)
        if known is None or known.standard is not standard or known.annotator != annotator:
            known = self._gauges[source.name] = Gauge.of(standard, source.content, source.language, annotator)
        return known

    def _watched(self, source: SourceConfig, gauge: Gauge) -> Watched:
        """A source of one pass, and who fetches its pages. Each is made anew for a pass, but for the courier."""
        asked = self.settings.fetching
        if not isinstance(source, WebConfig):
            files = FromFiles(self.clock)
            made = source.source(self._means(source, files))
            return Watched(source.name, made, files, gauge, asked.full_read, blind_after=asked.blind_after)
        if self._courier is None:
            self._courier = courier(
                self.settings,
                self.clock,
                timer=self.timer,
                sleep=self.sleep,
                dice=self.dice,
                together=self.together,
            )
        self._courier.begin()
        headers = {name: secret.value for name, secret in source.headers.items()}
        given = OriginHeaders.of(headers, source.at) if headers else NOTHING  # thousands of addresses may be listed
        carrier = self._courier.bearing(given)
        return Watched(
            source.name,
            source.source(self._means(source, carrier)),
            carrier,
            gauge,
            asked.full_read,
            self._courier.once_more,
            self._courier.down,
            asked.blind_after,
            patience(self.settings),
            Steadiness(asked.unsteady_after, asked.replaced.over),
        )

    def _means(self, source: SourceConfig, library: Library) -> SourceMeans:
        """What a source learns of its pages from."""

        def known() -> Iterable[str]:
            states = self.store.pages.states(source.name).values()
            return (state.page.address for state in states if state.gone_since is None)

        return SourceMeans(library, known, source.language or DEFAULT_LANGUAGE)


def _assured(name: str, stopped: Callable[[], bool], held: Callable[[], bool], timer: Timer) -> Callable[[], bool]:
    """`stopped`, which now and then makes sure that a source is still ours. Raises StoreError where it is not."""
    sure = timer()

    def asked() -> bool:
        nonlocal sure
        if timer() - sure >= ASSURED:
            if not held():
                message = f"{name}: the store forgot that we read it; what was read is kept, and the next pass goes on"
                raise StoreError(StoreFailure.UNREACHABLE, message)
            sure = timer()
        return stopped()

    return asked


def summed(runs: Iterable[Run]) -> Mapping[str, int]:
    """What all passes of some runs counted together."""
    counts: dict[str, int] = {}
    for run in runs:
        if run.kind == KIND:
            for name, count in run.counts.items():
                counts[name] = counts.get(name, 0) + count
    return counts
