"""The pages of the desk, each made whole from the store and the policies at hand. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from drift.insight.coverage import coverage
from drift.model import Outcome, Registry, Severity
from drift.model.desk import (
    Coverage,
    FindingPage,
    FindingQuery,
    FrontPage,
    PageKind,
    PagePage,
    PassagePiece,
    PolicyList,
    SourceTally,
    TermPage,
)
from drift.model.desk_ports import ListedStore
from drift.model.finding import State
from drift.model.statement import Statement
from drift.model.views import SourceView
from drift.watch import as_read, findings
from drift.watch.lists import LEAF, PageOwner, chosen, leaf_of, listed, start_of
from drift.watch.status import is_blind, last_run, ran, source_view
from drift.watch.watched import BLIND_AFTER

_WORST = 8  # findings, and blind pages, named on the front page
_MOST_PASSAGES = 400  # of a page shown; a help article has 10 to 100


@dataclass(frozen=True, slots=True)
class Sight:
    """What the pages are made with beside the store: policies, who keeps an article, how its source is read."""

    registry: Registry | None = None
    owner_of: PageOwner = lambda _: None
    blind_after: int = BLIND_AFTER
    # By the names of all sources in the settings: the selector of the element that holds their articles, if any.
    selectors: Mapping[str, str | None] = field(default_factory=dict)


def front(store: ListedStore, sight: Sight, now: datetime) -> FrontPage:
    """The numbers that matter, and what is worst."""
    live = store.listing.findings([state for state in State if state.live])
    standing = [row for row in live if row.state.stands]
    worst = chosen(standing, FindingQuery(), sight.registry)[:_WORST]
    oldest = min(standing, key=lambda row: (row.since, row.id), default=None)
    blind = store.listing.pages(PageKind.BLIND, sight.blind_after, most=_WORST)
    tallies = {tally.source: tally for tally in store.listing.tallies(sight.blind_after)}
    names = dict.fromkeys((*sight.selectors, *tallies, *ran(store)))  # one that failed at once has no page
    return FrontPage(
        at=now,
        standing={each: sum(row.severity is each for row in standing) for each in reversed(Severity)},
        suspected=len(live) - len(standing),
        acknowledged=sum(row.state is State.ACKNOWLEDGED for row in standing),
        worst=tuple(listed(store, worst, sight.registry)),
        oldest=next(iter(listed(store, [oldest] if oldest else [], sight.registry)), None),
        blind=blind,
        blind_pages=sum(tally.blind for tally in tallies.values()),
        read_pages=sum(tally.read for tally in tallies.values()),
        sources=tuple(_source(store, name, tallies.get(name), now) for name in names),
    )


def _source(store: ListedStore, name: str, tally: SourceTally | None, now: datetime) -> SourceView:
    run = last_run(store, name)
    tried = store.listing.tried(name) if run is not None and run.ended is None else None
    return source_view(store, tally or SourceTally(name, 0, 0, 0, 0), run, tried, now)


def finding(store: ListedStore, sight: Sight, name: str, now: datetime) -> FindingPage | None:
    """A finding by its id, None where there is none."""
    if store.findings.get(name) is None:
        return None
    known = findings.Around(sight.registry, lambda _, page: sight.owner_of(page) if page is not None else None)
    view = findings.one(store, name, now, known)
    article = view.finding.article
    reading = store.pages.readings([article]).get(article)
    selector = sight.selectors.get(view.page.source) if view.page else None
    return FindingPage(
        view=view,
        page=store.listing.number(article),
        title=reading.title if reading is not None else None,
        around=as_read.around(store, view.finding, selector),
        deliveries=store.outbox.find(finding=name)[::-1],
    )


def page(store: ListedStore, sight: Sight, number: int) -> PagePage | None:
    """A page by its number, as it was last read; None where there is none."""
    state = store.listing.page(number)
    if state is None:
        return None
    article = state.page.public
    on_it = store.findings.on([article]).get(article, ())
    reading = store.pages.readings([article]).get(article)
    statements = reading.statements if reading is not None else ()
    versions = store.pages.versions(article)[::-1]
    read, unread = None, "it was never read" if not state.duplicate else "it says what another page of its source says"
    if versions:
        read, unread = as_read.article_of(store, versions[0], sight.selectors.get(state.source))
    passages = tuple(as_read.marked(read.passages, statements)) if read is not None else ()
    return PagePage(
        id=number,
        state=state,
        title=read.title if read is not None else reading.title if reading is not None else None,
        blind=is_blind(state, sight.blind_after),
        owner=sight.owner_of(state),
        findings=tuple(sorted((one for one in on_it if one.state.live), key=lambda one: not one.state.stands)),
        closed=tuple(one for one in on_it if not one.state.live),
        statements=statements,
        passages=passages[:_MOST_PASSAGES],
        cut=max(0, len(passages) - _MOST_PASSAGES),
        unplaced=_unplaced(passages, statements),
        versions=versions,
        unread=unread,
    )


def _unplaced(passages: tuple[PassagePiece, ...], statements: tuple[Statement, ...]) -> int:
    placed = sum(statement is not None for each in passages for _, statement in each.pieces)
    return len(statements) - placed if passages else 0


def policies(store: ListedStore, sight: Sight, now: datetime) -> PolicyList:
    """Every term with how it is published, and what pages state that no policy has."""
    covered = coverage(sight.registry, store.listing.stated(sight.blind_after))
    held = sight.registry.policies if sight.registry is not None else ()
    ruled = {term.full_name for policy in held for term in policy.terms}
    tallies = store.listing.tallies(sight.blind_after)
    return PolicyList(
        policies=tuple((one, tuple((term, covered[term.full_name]) for term in one.terms)) for one in held),
        others=tuple(each for name, each in covered.items() if name not in ruled),
        read=sum(tally.read for tally in tallies),
        blind=sum(tally.blind for tally in tallies),
        at=now,
    )


def term(
    store: ListedStore, sight: Sight, policy: str, name: str, now: datetime, outcome: str = "", leaf: int = 1
) -> TermPage | None:
    """A term with where it is published, None where neither the policies nor any page know it."""
    held = next((each for each in sight.registry.policies if each.name == policy), None) if sight.registry else None
    rule = next((each for each in held.terms if each.name == name), None) if held else None
    full = f"{policy}/{name}"
    found = coverage(None, store.listing.stated(sight.blind_after, policy, name)).get(full)
    if rule is None and found is None and not store.findings.find(policy=policy, term=name):
        return None
    only = next((each for each in Outcome if each.value == outcome), None)
    shown = leaf_of(leaf, store.listing.published(policy, name, only))
    return TermPage(
        name=full,
        policy=held,
        rule=rule,
        coverage=(found or Coverage(policy, name))._replace(known=rule is not None),
        stated=store.listing.publishing(
            policy, name, sight.blind_after, outcome=only, start=start_of(shown), most=LEAF
        ),
        leaf=shown,
        outcome=only.value if only is not None else "",
        blind_pages=sum(tally.blind for tally in store.listing.tallies(sight.blind_after)),
        at=now,
    )
