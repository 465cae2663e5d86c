"""A check put together: sources and policies in, what they say of one another out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from drift import sources
from drift.assembly.fetching import Fetching
from drift.assembly.registry import standard
from drift.check import check as flow
from drift.check.examiner import Examiner
from drift.engine.pipeline import Standard
from drift.model import CheckReport, LeftOut, Page
from drift.model.errors import InputError
from drift.model.ports import Clock

# Articles from which on other processes examine them. On two cores 150 short ones took 4.9 s with them and 4.7 without,
# 400 of them 6.3 and 7.5.
MANY = 300


class CheckOptions(NamedTuple):
    """What a check is asked to do.

    `sources` are files, folders, globs, http(s) addresses and '-'; `as_of` the day the policies are judged on,
    today where None; `published_as` the URL under which files are published; `allow_private` the networks
    (CIDR or host) that may be opened although they are not public; `explain` puts the evidence for terms that were
    not chosen into words; `annotator` names who is asked about what words alone do not settle.
    """

    sources: tuple[str, ...]
    policies: Path
    as_of: date | None = None
    published_as: str | None = None
    allow_private: tuple[str, ...] = ()
    explain: bool = False
    annotator: str | None = None

    def pages(self, doing: str) -> tuple[Page, ...]:
        """The pages of all sources. Raises InputError for sources that do not exist, and where there is no page."""
        pages = sources.pages_of(self.sources, published_as=self.published_as)
        if not pages:
            raise InputError(f"nothing to {doing}: the sources name no article")
        return pages

    def left_out(self) -> tuple[LeftOut, ...]:
        """The files among the sources that may hold an article and are not read."""
        return sources.left_out_of(self.sources, policies=str(self.policies))


def check(
    options: CheckOptions,
    clock: Clock,
    on_examined: flow.OnExamined | None = None,
    stdin: BinaryIO | None = None,
) -> CheckReport:
    """Check sources against policies.

    Raises InputError for a registry that does not load and for sources that do not exist.
    """
    held = standard(options.policies, options.as_of, clock, explain=options.explain)
    pages = options.pages("check")
    with means(options, clock, stdin) as (fetcher, annotating):
        left_out = options.left_out()
        return flow.check(pages, fetcher, held, clock, on_examined, left_out, annotating, examining(len(pages)))


def examining(articles: int) -> Callable[[Standard], Examiner]:
    """Who examines so many articles: this process, or for many of them others beside it."""
    if articles < MANY:
        return Examiner
    from drift.check.processes import Processes  # multiprocessing takes as long to import as a small check may
    from drift.workers.pool import cores

    workers = cores()
    return partial(Processes, workers=workers) if workers else Examiner


@contextmanager
def means(
    options: CheckOptions, clock: Clock, stdin: BinaryIO | None
) -> Iterator[tuple[Fetching, flow.Annotates | None]]:
    """Who fetches while a block runs, and who asks an annotator, None for nobody."""
    with Fetching(clock, options.allow_private, stdin) as fetcher:
        if options.annotator is None:
            yield fetcher, None
            return
        from drift.assembly.annotating import named  # the settings, every annotator and httpx: few checks ask one

        with named(options.annotator, clock) as annotating:
            yield fetcher, annotating
