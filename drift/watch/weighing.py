"""Pages whose verdicts hang on more than their words: held until it is known what all articles of their source say.

What a page says to others comes of matching, and of what an annotator answered about it, and so is known before any of
these is judged. Whatever the order of the visits, each is judged once in a pass, and what is said of it is said then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import NamedTuple

from drift.check.annotating import Annotating
from drift.findings import Memory
from drift.model import Page, Snapshot
from drift.model.finding import PageState
from drift.model.packing import pack, unpack
from drift.model.ports import Clock
from drift.model.watch_ports import Store
from drift.watch import visits
from drift.watch.beside import Voices
from drift.watch.ledger import Ledger
from drift.watch.looking import Answers, Besides, Gauge, Look, answered, questions, unanswered, weigh
from drift.watch.page_cache import Recall, memory_of
from drift.watch.reader import Reader
from drift.watch.visits import Visit

TOGETHER = 32  # stored pages that an annotator is asked about at once: a program is begun once for so many
TRIES = 3  # for a page of which a person changes a finding meanwhile

Weighed = Callable[[], tuple[Snapshot, Look]]
Judged = Callable[[Visit, datetime, Weighed, Besides], None]


class Held(NamedTuple):
    """A page as it was fetched and read, until it is judged."""

    page: Page
    at: datetime
    packed: bytes  # the snapshot and what it says

    @classmethod
    def of(cls, got: Snapshot, seen: Look, at: datetime) -> Held:
        """A page that was fetched and looked at."""
        return cls(got.page, at, pack((got, seen)))

    def look(self, gauge: Gauge) -> tuple[Snapshot, Look]:
        """What was fetched, and what it says by itself."""
        got, seen = unpack(self.packed, gauge.standard.registry)
        return got, seen

    def weighed(self, gauge: Gauge, at: datetime, besides: Besides) -> tuple[Snapshot, Look]:
        """What was fetched, and what it says by all that is known besides its words."""
        got, seen = self.look(gauge)
        return got, weigh(seen, gauge, at, besides)


class Weighing:
    """What the articles of a source say, as far as a pass has come, and the pages that wait to be judged by it."""

    def __init__(
        self,
        store: Store,
        voices: Voices,
        gauge: Gauge,
        reader: Reader,
        clock: Clock,
        annotating: Annotating | None = None,
    ) -> None:
        self.voices = voices
        self._annotating = annotating
        self._store = store
        self._gauge = gauge
        self._reader = reader
        self._clock = clock
        self._held: dict[str, Held] = {}

    def hold(self, got: Snapshot, seen: Look, at: datetime) -> None:
        """Let a page wait."""
        self._held[got.page.public] = Held.of(got, seen, at)

    def run(self, ledger: Ledger, recall: Recall, judged: Judged, stopped: Callable[[], bool]) -> None:
        """Have what waits judged by what all articles say; `judged` keeps each page in the ledger.

        Before that an annotator is asked what there is to ask. Then what did not change is judged, where it was judged
        beside others that say something else now, or the annotator has yet to answer about it.
        """
        if not stopped():
            ledger.write()
            self._ask()
            self._in_turn(ledger, recall, judged, stopped)
            self._anew(ledger, stopped)

    @property
    def _answers(self) -> Answers:
        return self._annotating.known if self._annotating else unanswered

    def _besides(self) -> Besides:
        return Besides(self.voices.context(), self._answers)

    def _ask(self) -> None:
        """Ask about all that waits, and let what others hear of it be what it says by the answers."""
        if self._annotating is None:
            return
        asked = {public: questions(held.look(self._gauge)[1], self._gauge) for public, held in self._held.items()}
        self._annotating.about([question for each in asked.values() for question in each])
        for public in [public for public, each in asked.items() if each]:
            held = self._held[public]
            got, seen = held.look(self._gauge)
            seen = answered(seen, self._gauge, self._answers)
            self._held[public] = Held.of(got, seen, held.at)
            if seen.reading is not None:
                self.voices.say(public, seen.reading)

    def _in_turn(self, ledger: Ledger, recall: Recall, judged: Judged, stopped: Callable[[], bool]) -> None:
        """What waits. Pages of which a person changed a finding meanwhile are judged again."""
        if not self._held:
            return
        besides = self._besides()
        for _ in range(TRIES):
            waiting, self._held = self._held, {}
            if not waiting or stopped():
                return
            before = len(ledger.postponed)
            self._judge(waiting.values(), recall, besides, judged, stopped)
            ledger.write()
            late, ledger.postponed = ledger.postponed[before:], ledger.postponed[:before]
            self._held = {page.public: waiting[page.public] for page in late}
        ledger.postponed += [held.page for held in self._held.values()]

    def _judge(
        self, waiting: Iterable[Held], recall: Recall, besides: Besides, judged: Judged, stopped: Callable[[], bool]
    ) -> None:
        for held in waiting:
            if stopped():
                return
            visit = recall.anew(held.page)
            at = max(filter(None, (held.at, visit.memory.latest())))  # something of it may have been said already
            judged(visit, at, partial(held.weighed, self._gauge, at, besides), besides)

    def _anew(self, ledger: Ledger, stopped: Callable[[], bool]) -> None:
        """Judge from what is stored the pages that did not change, and of which something else is known besides."""
        besides = self._besides()
        outdated = sorted(self.voices.outdated(besides.context, annotating=self._annotating is not None))
        there = _there(self._store, outdated)
        while together := list(islice(there, TOGETHER)):
            if stopped():
                return
            read = [self._read(state) for state in together]
            if self._annotating is not None:
                waiting = (seen for _, _, seen in read if seen.waiting is not None)
                self._annotating.about([one for seen in waiting for one in questions(seen, self._gauge)])
            for state, memory, seen in read:
                if stopped():
                    return
                final = weigh(seen, self._gauge, self._clock(), besides) if seen.waiting is not None else seen
                outcome = visits.stored(state, memory, final)
                if outcome is not None:
                    ledger.also(outcome)

    def _read(self, state: PageState) -> tuple[PageState, Memory, Look]:
        """What the newest version of a page says, and what is remembered of the page."""
        memory = memory_of(self._store, state, self._gauge.standard.registry)
        snapshot = self._store.pages.snapshot(self._store.pages.versions(state.page.public)[-1])
        return state, memory, self._reader.look(snapshot, memory, self._clock(), stored=True, anew=True)()


def _there(store: Store, articles: Collection[str]) -> Iterator[PageState]:
    """Those of some pages that can be read, and were: of the others nothing new is known."""
    for public in articles:
        state = store.pages.state(public)
        if state is not None and state.is_article and state.blind is None and store.pages.versions(public):
            yield state
