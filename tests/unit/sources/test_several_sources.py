"""Several starts are one source."""

from __future__ import annotations

import pytest

from drift.model import Article
from drift.model.errors import InputError
from drift.sources.watched import Crawl, Folders, Selection, Several, Urls

HOST = "https://help.larkspur.example"


def test_every_page_is_named_once_and_belongs_to_the_first() -> None:
    first = Urls([f"{HOST}/a", f"{HOST}/b"], selection=Selection(exclude=("*/b",)))
    both = Several([first, Urls([f"{HOST}/a", f"{HOST}/b", f"{HOST}/c"])])
    before = both.whole
    pages = list(both.pages())
    assert [page.address.removeprefix(HOST) for page in pages] == ["/a", "/b", "/c"]
    assert all(map(both.selects, pages))
    assert (before, both.whole) == (False, True)
    assert list(both.pages()) == []


def test_each_crawl_learns_from_its_own_pages() -> None:
    both = Several([Crawl(f"{HOST}/hc/"), Crawl(f"{HOST}/faq/")])
    met = []
    while (page := next(both.pages(), None)) is not None:
        met.append(page.address.removeprefix(HOST))
        both.seen(Article(page, "t", "en", (), links=(f"{HOST}/hc/a", f"{HOST}/faq/b")))
    assert met == ["/hc/", "/hc/a", "/faq/", "/faq/b"]
    assert not both.whole


def test_one_that_cannot_be_read_is_told() -> None:
    both = Several([Urls([f"{HOST}/a"]), Folders(["moved-away"])])
    with pytest.raises(InputError):
        list(both.pages())
    assert not both.whole


def test_notes_are_those_of_all() -> None:
    nothing = Selection(include=("*/x",))
    both = Several([Urls([f"{HOST}/a"], selection=nothing), Urls([f"{HOST}/b"], selection=nothing)])
    assert list(both.pages()) == []
    assert both.notes == ("none of its 1 pages is selected",)
