"""An article whose address is no more, or says something else, lives on at another that says what it said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice

from drift.model import Page, Snapshot
from drift.model.errors import FetchError
from drift.model.finding import Note, NoteKind, PageState
from drift.model.memory import PageOutcome
from drift.model.ports import Carrier
from drift.model.watch_ports import Store
from drift.watch.looking import Gauge, glance

TRIED = 3  # addresses that are asked whether they still say it: those met last, which are the likeliest to be alive


def heir(state: PageState, copies: Iterable[Page], carrier: Carrier, gauge: Gauge) -> tuple[Page, Snapshot] | None:
    """The first of its duplicates that says now what a page was remembered to say, and what it answered.

    None where none of those that are tried does, or the page was no article.
    """
    if not state.text or state.duplicate or state.gone_since is not None:
        return None
    for page in islice(copies, TRIED):
        try:
            got = carrier.fetch(page, fresh=True)
        except FetchError:
            continue
        if isinstance(got, Snapshot) and glance(got, gauge, state.text) is not None:
            return page, got
    return None


def move(store: Store, old: Page, new: Page, at: datetime) -> bool:
    """Let what is remembered of a page be of another: no finding closes, none opens, and nobody is alerted.

    False where it could not be. Raises StoreError.
    """
    note = Note(NoteKind.MOVED, new.public, at, before=old.public, after=new.public)
    if not store.pages.move(old, new, note):
        return False
    linked = []
    for finding in store.findings.on([new.public]).get(new.public, ()):
        link = finding.statement.link
        if link is not None and link.startswith(old.public):
            statement = replace(finding.statement, link=new.public + link.removeprefix(old.public))
            linked.append(replace(finding, statement=statement))
    store.findings.write(linked, [])
    return True


def distinct(outcome: PageOutcome, store: Store) -> PageOutcome:
    """An outcome whose new findings have ids of their own: one that moved away took the id that its address gives."""
    opened = {transition.finding for transition in outcome.transitions if transition.before is None}
    article = outcome.state.page.public
    taken = {one for one in opened if (known := store.findings.get(one)) is not None and known.article != article}
    if not taken:
        return outcome
    named = {one: f"{one}-{outcome.state.tried_at:%Y%m%d%H%M%S}" for one in taken}
    return replace(
        outcome,
        findings=tuple(replace(one, id=named.get(one.id, one.id)) for one in outcome.findings),
        transitions=tuple(replace(one, finding=named.get(one.finding, one.finding)) for one in outcome.transitions),
    )
