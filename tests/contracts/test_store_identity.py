"""An article that is known by another of its addresses, and addresses that are forgotten, in both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from drift.model import Page
from drift.model.finding import Finding, Note, NoteKind, PageState, Seen, State, Transition
from drift.model.memory import PageOutcome
from drift.model.statement import Cause
from drift.store import SqlStore

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
Outcomes = Callable[..., PageOutcome]
OLD, NEW, OTHER = (Page(f"https://help.larkspur.example/{name}") for name in ("returns", "s/2/returns", "unlock"))
MOVED = Note(NoteKind.MOVED, NEW.public, AT, before=OLD.public, after=NEW.public)


def duplicate(page: Page, text: str, links: tuple[str, ...] = ()) -> PageOutcome:
    return PageOutcome(PageState(page, "help", text=text, read_at=AT, tried_at=AT), links=links)


def remembered(store: SqlStore, outcome_of: Outcomes) -> Finding:
    """A page with a finding, two duplicates of it, and a page that has nothing to do with them."""
    told = outcome_of()
    assert told.reading
    said = told.reading.statements[0]
    finding = Finding("F-1", "s1", "returns", "window", OLD.public, State.OPEN, said, Cause.PAGE, AT, AT, AT)
    opened = Transition("F-1", AT, None, State.OPEN, Seen.OTHER, Cause.PAGE, "30 days")
    noted = Note(NoteKind.UNSTEADY, OLD.public, AT)
    text = told.state.text
    store.record([replace(told, findings=(finding,), transitions=(opened,), notes=(noted,), links=("https://a/",))])
    third = Page("https://help.larkspur.example/s/3/returns")
    store.record([duplicate(NEW, text, ("https://b/",)), duplicate(third, text), outcome_of("unlock", "other")])
    return finding


def test_duplicates_are_those_of_the_same_text(store: SqlStore, outcome_of: Outcomes) -> None:
    remembered(store, outcome_of)
    assert [page.public[-11:] for page in store.pages.duplicates(OLD.public)] == ["s/2/returns", "s/3/returns"]
    assert store.pages.duplicates(OTHER.public) == ()
    assert store.pages.duplicates("https://help.larkspur.example/nothing") == ()


def test_what_moves_takes_all_that_is_remembered_along(store: SqlStore, outcome_of: Outcomes) -> None:
    finding = remembered(store, outcome_of)
    before = store.pages.state(OLD.public)
    versions, reading = store.pages.versions(OLD.public), store.pages.reading(OLD.public)
    assert before
    assert reading
    assert store.pages.move(OLD, NEW, MOVED)
    assert store.pages.state(OLD.public) is None
    assert store.pages.state(NEW.public) == replace(before, page=NEW)
    assert store.pages.versions(NEW.public) == tuple(replace(one, page=NEW) for one in versions)
    assert store.pages.reading(NEW.public) == replace(reading, page=NEW)
    assert store.pages.links(NEW.public) == ("https://a/",)
    assert store.findings.find() == (replace(finding, article=NEW.public),)
    assert len(store.findings.history("F-1")) == 1
    assert [note.kind for note in store.findings.notes(article=NEW.public)] == [NoteKind.UNSTEADY, NoteKind.MOVED]
    assert [page.public[-11:] for page in store.pages.duplicates(NEW.public)] == ["s/3/returns"]
    later = outcome_of("s/2/returns", at=AT + timedelta(days=1))
    store.record([later])  # and goes on there
    assert len(store.pages.versions(NEW.public)) == 1


def test_nothing_moves_to_an_article_or_from_nowhere(store: SqlStore, outcome_of: Outcomes) -> None:
    finding = remembered(store, outcome_of)
    before = store.pages.states()
    assert not store.pages.move(OLD, OTHER, MOVED)
    assert not store.pages.move(Page("https://help.larkspur.example/nothing"), NEW, MOVED)
    assert (store.pages.states(), store.findings.find()) == (before, (finding,))
    assert MOVED not in store.findings.notes()


def test_only_what_was_never_an_article_is_forgotten(store: SqlStore, outcome_of: Outcomes) -> None:
    remembered(store, outcome_of)
    store.pages.forget([OLD.public, NEW.public, OTHER.public, "https://help.larkspur.example/nothing"])
    assert NEW.public not in store.pages.states()
    assert {OLD.public, OTHER.public} <= set(store.pages.states())
    assert store.pages.links(OLD.public) == ("https://a/",)
    store.pages.forget([])
