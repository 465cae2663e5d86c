"""Findings whose rule left the registry, closed as withdrawn before a pass over their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drift.findings import Withdrawal
from drift.findings import withdraw as decided
from drift.model.errors import StoreError, StoreFailure
from drift.model.finding import Finding, PageState, Reading, State, Transition
from drift.model.memory import PageOutcome
from drift.model.ports import Clock
from drift.model.watch_ports import Store
from drift.watch.looking import Gauge

TRIES = 3  # while a person changes one of the findings
TOGETHER = 32  # pages written in one transaction
_LIVE = tuple(state for state in State if state.live)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The full names of the rules that left, of the findings that were closed and of those that are held."""

    closed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


def withdraw(store: Store, source: str, gauge: Gauge, clock: Clock) -> Withdrawn:
    """Close what is live on the pages of a source for rules that the registry no longer has.

    Pages that cannot be read are no exception: it is not their text that ends it. Raises StoreError.
    """
    for attempt in range(1, TRIES + 1):
        live = store.findings.find(states=_LIVE, source=source)
        pages = store.pages.some(sorted({finding.article for finding in live}))
        at = clock()

        def unread(finding: Finding, pages: dict[str, PageState] = pages) -> Reading:
            page = pages[finding.article].page
            return Reading(page, at, policies=gauge.policies, reader=gauge.reader)  # noqa: B023 - asked for right here

        made = decided(live, gauge.standard.registry, store.findings.history, unread)
        try:
            _write(store, made, pages)
        except StoreError as error:
            if error.failure is not StoreFailure.CHANGED or attempt == TRIES:
                raise
        else:
            return Withdrawn(
                tuple(finding.full_name for finding, _ in made.closed),
                tuple(finding.full_name for finding in made.held),
            )
    raise AssertionError("the last attempt returns or raises")


def _write(store: Store, made: Withdrawal, pages: dict[str, PageState]) -> None:
    held = {finding.id: finding for finding in made.held}
    steps = [*made.closed, *((held[one.finding], one) for one in made.noted)]
    by_page: dict[str, list[tuple[Finding, Transition]]] = {}
    for finding, step in steps:
        by_page.setdefault(finding.article, []).append((finding, step))
    outcomes = [_outcome(pages[article], of_page) for article, of_page in by_page.items()]
    for start in range(0, len(outcomes), TOGETHER):
        store.record(outcomes[start : start + TOGETHER])


def _outcome(state: PageState, steps: Sequence[tuple[Finding, Transition]]) -> PageOutcome:
    findings, transitions = zip(*steps, strict=True)
    return PageOutcome(state, findings=findings, transitions=transitions)
