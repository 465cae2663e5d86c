"""A replay put together: an archive in, findings in a store out."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from drift.assembly.annotating import named
from drift.assembly.registry import registry as registry_of
from drift.engine import languages
from drift.model.ports import Clock
from drift.sources.archives import archive
from drift.store import open_store
from drift.watch.days import Days
from drift.watch.replay import OnKept, Replay, Replayed


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """What a replay is asked to do.

    `path` is a folder of dated folders or a WARC file; `store` the URL of where it is remembered; `published_as` the
    URL under which what lies in the folders was published. With `by_today` the policies of today are held against
    every date, and else those of the date.
    """

    path: Path
    policies: Path
    store: str
    published_as: str | None = None
    by_today: bool = False
    annotator: str | None = None  # as in `CheckOptions`


def replay(options: ReplayOptions, clock: Clock, on_kept: OnKept | None = None) -> Replayed:
    """Go through an archive. The archive and the policies are read before the store is opened or made.

    Raises InputError with everything wrong in the policies or the archive, and StoreError as `open_store` does.
    """
    now = clock()
    registry = registry_of(options.policies)
    past = archive(options.path, now, options.published_as)
    always = now.date() if options.by_today else None
    with ExitStack() as leaving:
        annotating = leaving.enter_context(named(options.annotator, clock)) if options.annotator else None
        days = Days(registry, languages.load, always, annotating.believed if annotating else "")
        store = leaving.enter_context(open_store(options.store))
        if annotating is not None:
            annotating.memory = store.annotations
        return Replay(past, days, store, clock, on_kept, annotating).run()
