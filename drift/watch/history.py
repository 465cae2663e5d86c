"""The versions of a page, read again from their snapshots."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import datetime

from drift.engine import reading
from drift.model import Passage, Zone
from drift.model.errors import InputError, ReadingError, StoreError, StoreFailure
from drift.model.finding import Note, PageState, Transition
from drift.model.memory import Version
from drift.model.views import PageHistory, VersionView
from drift.model.watch_ports import Store

_NEAREST = 3  # addresses named where one is unknown
_LOST = (StoreFailure.MISSING, StoreFailure.DAMAGED)  # of one snapshot; the rest can be told


def history(store: Store, page: str, since: datetime | None = None, selector: str | None = None) -> PageHistory:
    """The versions of a page that are stored; with `since`, those that it still showed then or later.

    `page` is a public address, or the address or path as it was given. `selector` is the content selector of its
    source. Raises InputError for a page that is not known, with the nearest addresses.
    """
    state = known(store, page)
    article = state.page.public
    findings = {finding.id: finding for finding in store.findings.on([article]).get(article, ())}
    transitions = sorted((each for name in findings for each in store.findings.history(name)), key=lambda one: one.at)
    notes = store.findings.notes(article=article)
    stored = store.pages.versions(article)
    first = next((n for n, each in enumerate(stored) if since is None or each.last_seen >= since), len(stored))
    return PageHistory(
        state=state,
        versions=tuple(_versions(store, stored, first, selector, transitions, notes)),
        earlier=_read(store, stored[first - 1], selector) if first else None,
        terms={name: finding.full_name for name, finding in findings.items()},
    )


def known(store: Store, page: str) -> PageState:
    """What is remembered of a page. Raises InputError where nothing is, with the nearest addresses."""
    state = store.pages.state(page)
    if state is not None:
        return state
    states = store.pages.states()
    bare = page.partition("#")[0].rstrip("/")
    for article, each in states.items():
        if each.page.address == page or article.partition("#")[0].rstrip("/") == bare:
            return each
    near = [article for article in states if bare in article][:_NEAREST]
    near = near or difflib.get_close_matches(page, states, _NEAREST)
    hint = f" (did you mean {' or '.join(near)}?)" if near else ""
    raise InputError(f"nothing is remembered of '{page}'{hint}")


def _versions(
    store: Store,
    stored: tuple[Version, ...],
    first: int,
    selector: str | None,
    transitions: list[Transition],
    notes: tuple[Note, ...],
) -> Iterator[VersionView]:
    """The versions from the first wanted on, each with what happened from its first reading to that of the next."""
    for number in range(first, len(stored)):
        start = stored[number].first_seen
        end = stored[number + 1].first_seen if number + 1 < len(stored) else None

        def during(at: datetime, start: datetime = start, end: datetime | None = end) -> bool:
            return start <= at and (end is None or at < end)

        made = tuple(each for each in transitions if during(each.at))
        told = tuple(each for each in notes if during(each.at))
        yield _read(store, stored[number], selector, made, told)


def _read(
    store: Store,
    version: Version,
    selector: str | None,
    transitions: tuple[Transition, ...] = (),
    notes: tuple[Note, ...] = (),
) -> VersionView:
    try:
        article = reading.read(store.pages.snapshot(version), selector)
    except StoreError as error:
        if error.failure not in _LOST:
            raise
        return VersionView(version, (), str(error), transitions, notes)
    except ReadingError as error:
        return VersionView(version, (), str(error), transitions, notes)
    title = (article.title,) if article.title else ()
    lines = (*title, *(line for passage in article.passages for line in _lines(passage)))
    return VersionView(version, lines, "", transitions, notes)


def _lines(passage: Passage) -> Iterator[str]:
    """A passage as a reader of plain text would want it: a cell with its headers before it."""
    if passage.zone is Zone.TITLE:
        return
    before = " | ".join((*passage.row, *passage.column)) if passage.zone is Zone.CELL else ""
    for line in passage.text.split("\n"):
        if line.strip():
            yield f"{before}: {line}" if before else line
