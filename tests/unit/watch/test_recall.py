"""What is remembered of pages is asked for a few at a time, and is theirs whoever met them first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drift.model import Page, Registry
from drift.model.finding import PageState
from drift.model.memory import PageOutcome
from drift.model.watch_ports import Store
from drift.store import open_store
from drift.watch import page_cache as recall
from drift.watch.page_cache import Recall

OURS, THEIRS, NEW = (Page(f"https://help.larkspur.example/{name}") for name in ("ours", "theirs", "new"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/drift.db") as opened:
        opened.record([PageOutcome(PageState(OURS, "help")), PageOutcome(PageState(THEIRS, "shop"))])
        yield opened


def test_pages_come_as_they_were_named_and_end_where_they_end(store: Store) -> None:
    named = [Page(f"https://help.larkspur.example/{number}") for number in range(recall.TOGETHER + 5)]
    left = iter([*named, None, OURS])
    following = Recall(store, "help", Registry(())).ahead(lambda: next(left, None))
    assert [following() for _ in range(len(named))] == named
    assert following() == OURS, "asked again once those that were known are gone"
    assert following() is None


def test_a_page_of_another_source_is_remembered_as_one(store: Store) -> None:
    ours = Recall(store, "help", Registry(()))
    assert set(ours.states) == {OURS.public}
    assert ours.visit(OURS).state == PageState(OURS, "help")
    assert ours.visit(THEIRS).state == PageState(THEIRS, "shop")
    assert ours.visit(NEW).state is None


def test_what_was_asked_long_ago_is_asked_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "KEPT", 1)
    ours = Recall(store, "help", Registry(()))
    left = iter([THEIRS, NEW])
    following = ours.ahead(lambda: next(left, None))
    assert [following(), following()] == [THEIRS, NEW]
    assert ours.visit(THEIRS).state == PageState(THEIRS, "shop")
