"""A source as a pass goes over it, and what is known of its passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from drift.check.annotating import Annotating
from drift.findings import Patience, Steadiness, en_masse
from drift.model import Page
from drift.model.errors import OF_A_SERVER, BlindReason
from drift.model.finding import PageState
from drift.model.memory import Run
from drift.model.ports import Carrier, WatchedSource
from drift.model.watch_ports import Store
from drift.watch.looking import Gauge

KIND = "crawl"  # of a run
BLIND_AFTER = 3
LOOKED_BACK = 20  # runs, among which the last pass is looked for


@dataclass(frozen=True, slots=True)
class Watched:
    """A source for one pass: its pages, who fetches them, and what they are held against."""

    name: str
    source: WatchedSource
    carrier: Carrier
    gauge: Gauge
    full_read: timedelta  # after so long a page is fetched whole, whatever its server says of its version
    once_more: Callable[[], None] = lambda: None  # hosts that were given up are asked again, at the end of a pass
    down: Callable[[], tuple[str, ...]] = tuple  # hosts that were given up in this pass
    blind_after: int = BLIND_AFTER  # failures in a row
    patience: Patience = field(default_factory=Patience)
    steadiness: Steadiness = field(default_factory=Steadiness)
    annotating: Annotating | None = None  # who is asked about sentences that words alone do not settle


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pass has come: the page just done, and what was counted so far (see `Pass`)."""

    page: Page
    counts: Counter[str]


OnVisited = Callable[[Progress], None]


def articles_before(states: Mapping[str, PageState], done: Collection[str]) -> dict[str, int]:
    """How many articles a run had done before it was resumed, and how many of them were replaced or not answered for.

    `states` are the pages when it was resumed. One that moved since is counted where it is now.
    """
    articles = [state for public in done if (state := states.get(public)) is not None and not state.duplicate]
    other = sum(1 for state in articles if state.blind is BlindReason.REPLACED)
    silent = sum(1 for state in articles if state.blind in OF_A_SERVER)
    return {"articles before": len(articles), "replaced before": other, "unanswered before": silent}


def replaced_before(store: Store, run: Run, patience: Patience) -> bool:
    """Whether the pass before a run could not read a mass of the pages of its source."""
    ended = (one for one in store.runs.last(LOOKED_BACK, run.source) if one.kind == KIND and one.ended is not None)
    before = next((one for one in ended if one.id != run.id), None)
    return before is not None and en_masse(before.counts, patience)
