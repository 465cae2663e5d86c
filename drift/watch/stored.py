"""The stored pages of a watch, held against the policies as they are now: nothing is fetched, and nothing written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from drift.check.annotating import Annotating
from drift.engine import pipeline
from drift.engine.pipeline import Standard
from drift.findings import followed
from drift.model import CheckReport, Examined, Snapshot, faults
from drift.model.errors import FetchError, InputError, ReadingError
from drift.model.finding import PageState
from drift.model.ports import Clock
from drift.model.watch_ports import Store
from drift.watch.page_cache import memory_of

OnExamined = Callable[[Examined, int, int | None], None]  # (examined, pages done, pages in all)


class Way(NamedTuple):
    """How the pages of a source are read: the element it keeps articles in, and the language they do not declare.

    With `annotated` False nothing that an annotator says counts there.
    """

    selector: str | None = None
    language: str | None = None
    annotated: bool = True


def stored(
    store: Store,
    standard: Standard,
    clock: Clock,
    ways: Mapping[str, Way] | None = None,
    on_examined: OnExamined | None = None,
    annotating: Annotating | None = None,
) -> CheckReport:
    """Every article that is watched, as it was last read, judged as the next pass would.

    With `annotating`, by what an annotator answered; it is asked about what it has not answered yet.

    `ways` are those of the sources that are watched, by name; None if they are not known: then all pages are, and
    read like any other. Raises InputError where no article is remembered.
    """
    known = [one for one in store.pages.states().values() if one.is_article and (ways is None or one.source in ways)]
    if not known:
        raise InputError(
            "the store remembers no article of what is watched: 'drift crawl' reads it, or name the articles ('help/')"
        )
    examined: list[Examined] = []
    for source in sorted({state.source for state in known}):
        way = ways[source] if ways is not None else Way()
        told: list[Examined] = []
        for state, snapshot in store.pages.newest(source):
            if state.is_article:
                told.append(_examine(store, state, snapshot, standard, way))
                if on_examined:
                    on_examined(told[-1], len(examined) + len(told), len(known))
        judged = pipeline.together(told, standard)
        if annotating is not None and way.annotated:
            judged = pipeline.together(annotating.annotated(judged, standard), standard)
        examined += judged
    return CheckReport(clock(), standard.as_of, standard.registry, tuple(examined))


def _examine(store: Store, state: PageState, snapshot: Snapshot, standard: Standard, way: Way) -> Examined:
    """A page followed from what is remembered of it. One that we fail on ourselves is blind: the others are read."""
    try:
        with faults.contained(state.page.public):
            article = pipeline.read(snapshot, standard, way.selector, way.language)
            return pipeline.judge(article, standard, followed(memory_of(store, state, standard.registry)))
    except (FetchError, ReadingError) as failure:
        return Examined(state.page, blind=failure.reason, detail=failure.detail)
