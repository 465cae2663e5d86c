"""A review put together: articles or a watch in, the questions that they leave open out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from drift.assembly.annotating import remembered
from drift.assembly.check import CheckOptions, check
from drift.assembly.registry import standard
from drift.check import review as flow
from drift.check.answer_file import AnswerFile
from drift.check.check import OnExamined
from drift.engine import languages
from drift.model.ports import Clock
from drift.model.review import ReviewReport
from drift.model.watch_ports import Store
from drift.settings import Settings
from drift.watch.stored import Way, stored


def review(
    options: CheckOptions,
    clock: Clock,
    on_examined: OnExamined | None = None,
    stdin: BinaryIO | None = None,
    *,
    denied: bool = False,
) -> ReviewReport:
    """The questions that the articles of some sources leave open. Raises InputError as `check` does."""
    return flow.review(check(options, clock, on_examined, stdin), languages.load, denied=denied)


def review_stored(
    store: Store,
    settings: Settings | None,
    policies: Path,
    clock: Clock,
    as_of: date | None = None,
    on_examined: OnExamined | None = None,
    *,
    denied: bool = False,
) -> ReviewReport:
    """The questions that the stored pages of a watch leave open: nothing is fetched, and no annotator is asked.

    Raises InputError as `standard` does and where no article is remembered, StoreError where the store cannot be read.
    """
    ways, annotating = None, None
    if settings is not None:
        ways = {one.name: Way(one.content, one.language, one.asked_about) for one in settings.sources}
        annotating = remembered(settings.annotator, store, clock) if settings.annotator is not None else None
    held = standard(policies, as_of, clock)
    return flow.review(stored(store, held, clock, ways, on_examined, annotating), languages.load, denied=denied)


def ledger(report: ReviewReport, policies: Path, clock: Clock, by: str | None = None) -> AnswerFile:
    """Where the answers to the questions of a report are kept."""
    return AnswerFile.of(report, policies, by, clock().date())
