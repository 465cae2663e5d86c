"""What every source of a watch promises. A source in THE list is found here; it needs a maker below, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from drift.engine import reading
from drift.files.config import kind_of
from drift.model import Article, Page, Snapshot
from drift.model.errors import BlindReason, FetchError, InputError
from drift.model.ports import WatchedSource
from drift.sources.watched import SOURCES, Crawl, Folders, Selection, Sitemap, Urls

FIXTURES = Path(__file__).parents[2] / "fixtures" / "watched"
SITE = FIXTURES / "site"
HOST = "https://help.larkspur.example"
GUIDE = ("fees", "refunds", "unlock")


class Shelf:
    """A Library over the little site, or one on which nothing can be had."""

    def __init__(self, empty: bool = False) -> None:
        self._empty = empty

    def document(self, address: str) -> bytes:
        if self._empty:
            raise FetchError(BlindReason.SERVER_ERROR, "HTTP 503", transient=True)
        assert address == f"{HOST}/sitemap.xml"
        return (FIXTURES / "sitemap.xml").read_bytes()

    def sitemaps(self, address: str) -> tuple[str, ...]:
        raise AssertionError(f"{address} names its sitemap itself")


def read(page: Page) -> Article:
    """The article behind a page of the little site."""
    path = Path(page.address)
    if page.address.startswith(HOST):
        name = urlsplit(page.address).path.strip("/")
        path = SITE / name / "index.html" if name == "guide" else SITE / f"{name}.html"
    return reading.read(Snapshot(page, path.read_bytes(), "text/html", final_url=page.public))


def article(name: str) -> str:
    return f"{HOST}/guide/{name}"


MAKERS: dict[str, Callable[[Selection], WatchedSource]] = {
    "files": lambda selection: Folders(
        [str(SITE / "guide" / f"{name}.html") for name in GUIDE], published_as=None, selection=selection
    ),
    "urls": lambda selection: Urls([*map(article, GUIDE), article("fees")], selection=selection),
    "sitemap": lambda selection: Sitemap(f"{HOST}/sitemap.xml", Shelf(), selection=selection),
    "crawl": lambda selection: Crawl(f"{HOST}/guide/", selection=selection),
}
UNREADABLE: dict[str, Callable[[], WatchedSource]] = {
    "files": lambda: Folders([str(FIXTURES / "moved-away")]),
    "sitemap": lambda: Sitemap(f"{HOST}/sitemap.xml", Shelf(empty=True)),
}
WRONG: dict[str, Callable[[], WatchedSource]] = {
    "urls": lambda: Urls([article("fees"), "ftp://larkspur.example/"]),
    "sitemap": lambda: Sitemap("help.larkspur.example/sitemap.xml", Shelf()),
    "crawl": lambda: Crawl("https://ana:secret@help.larkspur.example/"),
}
NAMES = [kind_of(source) for source in SOURCES]
EVERYTHING = Selection()


def passed(source: WatchedSource) -> list[Page]:
    """All pages of one pass, each read and shown to the source before the next is asked for."""
    met = []
    for page in source.pages():
        met.append(page)
        source.seen(read(page))
    return met


def names(pages: Sequence[Page]) -> list[str]:
    return sorted(page.address.rstrip("/").rpartition("/")[2].removesuffix(".html") for page in pages)


def selected(source: WatchedSource) -> list[str]:
    return names([page for page in passed(source) if source.selects(page)])


def test_the_list_is_complete() -> None:
    assert set(MAKERS) == set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_named_once(name: str) -> None:
    pages = passed(MAKERS[name](EVERYTHING))
    assert len({page.address for page in pages}) == len(pages)
    assert set(GUIDE) <= set(names(pages))


@pytest.mark.parametrize("name", NAMES)
def test_every_pass_names_them_alike(name: str) -> None:
    assert passed(MAKERS[name](EVERYTHING)) == passed(MAKERS[name](EVERYTHING))


@pytest.mark.parametrize("name", NAMES)
def test_a_pass_that_is_interrupted_goes_on(name: str) -> None:
    source = MAKERS[name](EVERYTHING)
    met = []
    while (page := next(source.pages(), None)) is not None:  # as one does who fetches ahead
        met.append(page)
        source.seen(read(page))
    assert met == passed(MAKERS[name](EVERYTHING))
    assert list(source.pages()) == []


@pytest.mark.parametrize("name", NAMES)
def test_articles_are_chosen_by_globs(name: str) -> None:
    assert selected(MAKERS[name](Selection(include=("*/guide/*e*",), exclude=("*fee*",)))) == ["refunds"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_excluded_is_not_even_asked_for(name: str) -> None:
    assert "fees" not in names(passed(MAKERS[name](Selection(exclude=("*/fees*",)))))


@pytest.mark.parametrize("name", NAMES)
def test_it_says_whether_it_named_everything(name: str) -> None:
    source = MAKERS[name](EVERYTHING)
    assert not source.whole
    passed(source)
    assert source.whole is (name != "crawl")
    assert all(isinstance(note, str) for note in source.notes)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_source_that_cannot_be_read_is_no_empty_source(name: str) -> None:
    source = UNREADABLE[name]()
    with pytest.raises((FetchError, InputError)):
        list(source.pages())
    assert not source.whole


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_address_is_told_before_the_pass(name: str) -> None:
    with pytest.raises(InputError) as caught:
        WRONG[name]()
    assert "secret" not in str(caught.value)
