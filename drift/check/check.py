"""One pass over some pages: fetch each, examine it, and gather what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Protocol

from drift.check.examiner import Examiner, blind
from drift.engine.pipeline import Standard, together
from drift.model import Answer, CheckReport, Examined, LeftOut, Page, Registry, faults
from drift.model.errors import FetchError
from drift.model.ports import Clock, Fetcher
from drift.workers.backlog import Backlog

OnExamined = Callable[[Examined, int, int | None], None]  # (examined, pages done, pages in all where known)


class Annotates(Protocol):
    """Asks an annotator about what words alone do not settle."""

    @property
    def note(self) -> str:
        """What people are told of what was asked."""

    def annotated(self, examined: Sequence[Examined], standard: Standard) -> tuple[Examined, ...]:
        """Articles of one source with what is answered about them, each judged by itself."""


def check(
    pages: Iterable[Page],
    fetcher: Fetcher,
    standard: Standard,
    clock: Clock,
    on_examined: OnExamined | None = None,
    left_out: tuple[LeftOut, ...] = (),
    annotating: Annotates | None = None,
    examining: Callable[[Standard], Examiner] = Examiner,
) -> CheckReport:
    """Examine every page, each once, then judge each by what the others say: the pages are one source.

    A page that cannot be fetched is blind, with its class. The answer is the same in any order of the pages. `left_out`
    are the files among them that are not read; `annotating` asks an annotator about what words alone do not settle;
    `examining` makes who examines the articles by the standard.
    """
    wanted = list(dict.fromkeys(pages))
    checked_at: datetime = clock()
    examined: list[Examined] = []
    for one in _examined(wanted, fetcher, examining(standard)):
        examined.append(one)
        if on_examined:
            on_examined(one, len(examined), len(wanted))
    registry = standard.registry
    judged = together(examined, standard)
    if annotating is not None:
        judged = together(annotating.annotated(judged, standard), standard)
    return CheckReport(
        checked_at=checked_at,
        as_of=standard.as_of,
        registry=registry,
        examined=judged,
        notes=(*_notes(registry, judged, standard.as_of), *([annotating.note] if annotating else ())),
        stated=_stated(registry, judged),
        left_out=left_out,
    )


def _examined(pages: Iterable[Page], fetcher: Fetcher, examiner: Examiner) -> Iterator[Examined]:
    """The pages after the whole path, in their order. One that cannot be fetched is blind: the others go on."""
    backlog: Backlog[Callable[[], Examined]] = Backlog(examiner.executor)
    with examiner.executor:
        for page in pages:
            try:
                with faults.contained(page.address):
                    snapshot = fetcher.fetch(page)
                backlog.add(examiner.examine(snapshot), len(snapshot.body))
            except FetchError as failure:
                backlog.add(partial(blind, page, failure), 0)
            yield from (examined() for examined in backlog.due())
        yield from (examined() for examined in backlog.rest())


def _stated(registry: Registry, examined: Sequence[Examined]) -> dict[str, int]:
    """How often each term was found stated, 0 included."""
    found = Counter(
        verdict.match.term.full_name for one in examined for verdict in one.verdicts if verdict.match.term is not None
    )
    return {term.full_name: found[term.full_name] for term in registry.terms}


def _notes(registry: Registry, examined: Sequence[Examined], as_of: date) -> tuple[str, ...]:
    """What an owner should know about the registry after this run: rules that touched nothing."""
    notes = []
    elsewhere = 0
    pages = [one.page for one in examined]
    used = {verdict.exception for one in examined for verdict in one.verdicts if verdict.exception is not None}
    for policy in registry.policies:
        if policy.applies_to and not any(page.lies_under(glob) for page in pages for glob in policy.applies_to):
            notes.append(f"policy {policy.name} applies to none of these articles: none of its terms was looked for")
        for exception in policy.exceptions:
            name = f"exception to {exception.policy}/{exception.term} for {exception.article}"
            if exception.until < as_of:
                notes.append(f"{name} ended on {exception.until} and no longer applies")
            elif not any(page.lies_under(exception.article) for page in pages):
                elsewhere += 1
            elif exception not in used:
                notes.append(f"{name} hid nothing in this run")
    if elsewhere:
        notes.append(f"exceptions for articles that are not in this run: {elsewhere}")
    notes += [_gone(one.page, answer) for one in examined for answer in one.gone]
    return tuple(notes)


def _gone(page: Page, answer: Answer) -> str:
    name = f" of {answer.term}" if answer.term else ""
    return f"a reviewed sentence{name} is gone from {page.address}: {answer.sentence!r}"
