"""Topics for a term put together: articles and a term in, the phrases by which they name it out."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import BinaryIO

from drift.assembly.annotating import named
from drift.assembly.check import CheckOptions, check
from drift.assembly.registry import registry, standard
from drift.check.check import OnExamined
from drift.check.topics import topics
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.model.ports import Clock
from drift.model.topics import TopicsReport
from drift.model.watch_ports import Store
from drift.policies.names import resolve
from drift.settings import Settings
from drift.watch.stored import Way, stored


def of_sources(
    term: str,
    options: CheckOptions,
    clock: Clock,
    on_examined: OnExamined | None = None,
    stdin: BinaryIO | None = None,
) -> TopicsReport:
    """The phrases by which the articles of some sources name a term.

    Raises InputError as `check` does, and where no term has the name, or several.
    """
    wanted = resolve(registry(options.policies), term)
    with ExitStack() as leaving:
        annotating = leaving.enter_context(named(options.annotator, clock)) if options.annotator else None
        report = check(options._replace(annotator=None), clock, on_examined, stdin)
        held = Standard(report.registry, report.as_of, languages.load)
        return topics(report, wanted, held, annotating)


def of_watch(
    term: str,
    store: Store,
    settings: Settings | None,
    policies: Path,
    clock: Clock,
    as_of: date | None = None,
    annotator: str | None = None,
    on_examined: OnExamined | None = None,
) -> TopicsReport:
    """The phrases by which the stored pages of a watch name a term: nothing is fetched.

    What an annotator answers is kept with its other answers. Raises InputError as `of_sources` does and where no
    article is remembered, StoreError where the store cannot be read.
    """
    held = standard(policies, as_of, clock)
    wanted = resolve(held.registry, term)
    ways = {source.name: Way(source.content, source.language) for source in settings.sources} if settings else None
    with ExitStack() as leaving:
        annotating = leaving.enter_context(named(annotator, clock)) if annotator else None
        if annotating is not None:
            annotating.memory = store.annotations
        return topics(stored(store, held, clock, ways, on_examined), wanted, held, annotating)
