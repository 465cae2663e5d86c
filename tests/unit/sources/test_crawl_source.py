"""A crawl over sites made of links: how far it goes, what is one page, and what it does not fall into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.model import Article, Page
from drift.sources.addresses import canonical
from drift.sources.crawl import Reach
from drift.sources.watched import Crawl, Selection

HOST = "https://help.larkspur.example"


def article(page: Page, links: Sequence[str] = (), canonical: str | None = None, **fields: object) -> Article:
    given = {"alternates": (), **fields}
    return Article(page, "t", "en", (), canonical=canonical, links=tuple(links), **given)  # type: ignore[arg-type]


def crawl(links: Mapping[str, Sequence[str]], start: str = "/hc/", **options: object) -> tuple[list[str], Crawl]:
    """The paths in the order a crawl names them; `links` is path -> paths (or addresses) linked to."""
    source = Crawl(HOST + start, **options)  # type: ignore[arg-type]
    site = links if hasattr(links, "__missing__") else defaultdict(list, links)
    met = []
    for page in source.pages():
        path = page.address.removeprefix(HOST)
        met.append(path)
        source.seen(article(page, [link if "://" in link else HOST + link for link in site[path]]))
    return met, source


def test_nearest_first_each_once_in_the_order_of_the_page() -> None:
    site = {"/hc/": ["/hc/b", "/hc/a"], "/hc/b": ["/hc/c", "/hc/a", "/hc/"], "/hc/a": ["/hc/d"], "/hc/c": ["/hc/b"]}
    assert crawl(site)[0] == ["/hc/", "/hc/b", "/hc/a", "/hc/c", "/hc/d"]


@pytest.mark.parametrize(
    ("link", "followed"),
    [
        ("/hc/a#fees", "/hc/a"),
        ("/hc/a?utm_source=mail&utm_campaign=x", "/hc/a"),
        ("/hc/a?gclid=1&page=2&fbclid=3", "/hc/a?page=2"),
        ("/hc/a?b=2&a=1", "/hc/a?a=1&b=2"),
        ("/hc/a;jsessionid=12", "/hc/a"),
        ("https://HELP.larkspur.example:443/hc/a", "/hc/a"),
        ("http://help.larkspur.example/hc/a", "/hc/a"),
        ("https://help.larkspur.example./hc/a", "/hc/a"),
        ("/hc/a/", "/hc/a/"),
        ("/hc", "/hc"),
        ("/other/a", None),
        ("/hcx/a", None),
        ("https://www.larkspur.example/hc/a", None),
        ("https://help.larkspur.example:8443/hc/a", None),
        ("https://ana@help.larkspur.example/hc/a", None),
        ("mailto:ana@larkspur.example", None),
        ("https://[/", None),
        ("/hc/manual.pdf", None),
        ("/hc/logo.PNG", None),
        ("/hc/" + "a" * 3000, None),
    ],
)
def test_one_spelling_for_a_page_and_none_outside(link: str, followed: str | None) -> None:
    link = link if ":" in link.partition("/")[0] else HOST + link
    assert crawl({"/hc/": [link, link]})[0] == ["/hc/"] + ([followed] if followed else [])


@pytest.mark.parametrize(
    ("start", "inside", "outside"),
    [
        ("/", "/anything", None),
        ("", "/anything", None),
        ("/hc/en-us", "/hc/en-us/a", "/hc/fr/a"),
        ("/guide/index.html", "/guide/a.html", "/other.html"),
    ],
)
def test_the_scope_is_the_folder_of_the_start(start: str, inside: str, outside: str | None) -> None:
    met, _ = crawl({start or "/": [inside, outside or inside]}, start)
    assert met == [start or "/", inside]


def test_the_scope_may_be_given_by_globs() -> None:
    site = {"/home": ["/hc/a", "/faq/b", "/shop/c", "https://www.larkspur.example/hc/d"]}
    assert crawl(site, "/home", reach=Reach(within=("*/hc/*", f"{HOST}/faq/*")))[0] == ["/home", "/hc/a", "/faq/b"]


def test_depth_and_pages_are_limited_and_it_is_told() -> None:
    chain = {f"/hc/{n}": [f"/hc/{n + 1}"] for n in range(9)} | {"/hc/": ["/hc/0"]}
    met, source = crawl(chain, reach=Reach(depth=3))
    assert met == ["/hc/", "/hc/0", "/hc/1", "/hc/2"]
    assert source.notes == ("links not followed because they are more than 3 links from the start: 1",)

    wide = {"/hc/": [f"/hc/{n}" for n in range(9)]}
    met, source = crawl(wide, reach=Reach(pages=4))
    assert met == ["/hc/", "/hc/0", "/hc/1", "/hc/2"]
    assert source.notes == ("links not followed because the crawl is limited to 4 pages: 6",)


def test_a_calendar_and_a_loop_of_folders_come_to_an_end() -> None:
    class Endless(dict[str, list[str]]):
        def __missing__(self, path: str) -> list[str]:
            month = int(path.rpartition("=")[2]) if "=" in path else 0
            return [f"/hc/calendar?month={month + 1}", path.partition("?")[0].rstrip("/") + "/more/again"]

    met, source = crawl(Endless(), reach=Reach(depth=1000))
    assert len(met) < 200
    assert "variants of one without end" in source.notes[0]


def test_what_is_not_included_is_asked_for_its_links() -> None:
    site = {"/hc/": ["/hc/categories/1"], "/hc/categories/1": ["/hc/articles/1", "/hc/articles/2-old"]}
    met, source = crawl(site, selection=Selection(("*/articles/*",), ("*-old",)))
    assert met == ["/hc/", "/hc/categories/1", "/hc/articles/1"]
    assert [path for path in met if source.selects(Page(HOST + path))] == ["/hc/articles/1"]
    assert source.notes == ("links not followed because they are excluded: 1",)


def test_locales_are_told_apart_by_path_and_by_hreflang() -> None:
    site = {"/hc/": ["/hc/fr/a", "/hc/en-us/a", "/hc/b", "/hc/uk/c"]}
    met, source = crawl(site, languages=("en",))
    assert met == ["/hc/", "/hc/en-us/a", "/hc/b", "/hc/uk/c"]
    assert source.notes == ("links not followed because they are in another language (fr): 1",)

    source = Crawl(f"{HOST}/hc/", languages=["en"])
    start = next(source.pages())
    alternates = (("de", f"{HOST}/hc/hilfe"), ("en-GB", f"{HOST}/hc/help"), ("x-default", f"{HOST}/hc/any"))
    source.seen(article(start, [f"{HOST}/hc/hilfe"], alternates=alternates))
    assert [page.address.removeprefix(HOST) for page in source.pages()] == ["/hc/help", "/hc/any"]


@pytest.mark.parametrize(
    ("canonical", "final_url", "better"),
    [
        ("/hc/b", None, "/hc/b"),
        (None, "/hc/b", "/hc/b"),
        ("/hc/c", "/hc/b", "/hc/b"),
        ("/hc/b", "/hc/a", "/hc/b"),
        ("/hc/b?utm_source=mail#x", None, "/hc/b"),
        ("/hc/a", None, None),
        ("/hc/a#x", "/hc/a?utm_source=mail", None),
        ("https://www.larkspur.example/hc/b", None, None),
        ("/other", "https://login.larkspur.example/", None),
        ("https://[", None, None),
        (None, None, None),
    ],
)
def test_the_page_that_an_article_names_is_asked_for(
    canonical: str | None, final_url: str | None, better: str | None
) -> None:
    def full(address: str | None) -> str | None:
        return HOST + address if address is not None and address.startswith("/") else address

    source = Crawl(f"{HOST}/hc/")
    source.seen(article(next(source.pages()), [f"{HOST}/hc/a", f"{HOST}/hc/z"]))
    page = next(source.pages())
    named = source.better(article(page, canonical=full(canonical)), full(final_url))
    assert named == (Page(HOST + better) if better else None)
    assert source.selects(page)
    following = [one.address.removeprefix(HOST) for one in source.pages()]
    assert following == ([better] if better else []) + ["/hc/z"]  # before all others


def test_pages_that_name_one_another_without_end_come_to_an_end() -> None:
    source = Crawl(f"{HOST}/hc/", reach=Reach(depth=4))
    met = []
    while (page := next(source.pages(), None)) is not None:
        met.append(page.address.removeprefix(HOST))
        source.better(article(page, canonical=f"{HOST}/hc/{'x' * len(met)}"), page.address)
        source.seen(article(page))
    assert met == ["/hc/", "/hc/x", "/hc/xx", "/hc/xxx", "/hc/xxxx"]


def test_pages_of_the_last_pass_have_the_distance_that_they_have_now() -> None:
    """What is only remembered is visited by whoever remembers it, and its links are followed once it was."""
    known = [f"{HOST}/hc/{name}" for name in ("a", "b", "c")]
    site = {"/hc/": ["/hc/a"], "/hc/a": ["/hc/b"], "/hc/b": ["/hc/c"], "/hc/c": ["/hc/d"]}
    met, source = crawl(site, known=known, reach=Reach(depth=3))
    assert met == ["/hc/", "/hc/a", "/hc/b", "/hc/c"]
    assert source.notes == ("links not followed because they are more than 3 links from the start: 1",)
    source.seen(article(Page(f"{HOST}/hc/orphan"), [f"{HOST}/hc/e"]))
    (last,) = source.pages()
    assert last.address == f"{HOST}/hc/e"
    source.seen(article(last, [f"{HOST}/hc/f"]))
    assert list(source.pages()) == []  # nothing grows from pass to pass


def test_a_shorter_way_that_is_found_later_counts() -> None:
    source = Crawl(f"{HOST}/hc/", reach=Reach(depth=2))
    source.seen(article(next(source.pages()), [f"{HOST}/hc/a", f"{HOST}/hc/b"]))
    a, b = source.pages()
    source.seen(article(a, [f"{HOST}/hc/a/1"]))
    (one,) = source.pages()
    source.seen(article(one, [f"{HOST}/hc/far"]))
    assert list(source.pages()) == []
    source.seen(article(b, [f"{HOST}/hc/far"]))
    assert [page.address for page in source.pages()] == [f"{HOST}/hc/far"]
    assert source.notes == ()


def test_a_crawl_that_is_full_has_room_for_a_few() -> None:
    known = [f"{HOST}/hc/{word}" for word in ("a", "b", "c", "d")]
    met, source = crawl(
        {"/hc/": ["/hc/new", "/hc/a", "/hc/newer"]}, known=[f"{HOST}/hc/", *known], reach=Reach(pages=4)
    )
    assert met == ["/hc/", "/hc/new", "/hc/a"]
    assert source.notes == ("links not followed because the crawl is limited to 4 pages: 1",)


def test_what_says_the_same_is_asked_for_a_few_times_only() -> None:
    """Session ids: whatever they lead to is a duplicate, so that no more than the first are asked for."""
    links = [f"{HOST}/hc/s/{number:012x}a1/returns" for number in range(40)]
    source = Crawl(f"{HOST}/hc/")
    source.seen(article(next(source.pages()), links))
    met: list[str] = []
    while (page := next(source.pages(), None)) is not None:
        source.seen(article(page), duplicate=bool(met))
        met.append(page.address)
    assert len(met) == 5
    assert source.trapped == 35
    assert source.notes == ("links not followed because others like them said the same (/hc/s/*/returns): 35",)


def test_articles_that_are_named_by_ids_are_all_read() -> None:
    links = [f"/hc/articles/{number:024x}" for number in range(0xA00, 0xA00 + 200)]
    met, source = crawl({"/hc/": links})
    assert sorted(met) == sorted(["/hc/", *links])
    assert source.notes == ()


def test_a_help_centre_whose_pages_are_numbers_is_no_calendar() -> None:
    sections = [f"/hc/{number}" for number in range(100, 110)]
    site = {"/hc/": ["/hc/1"], "/hc/1": sections}
    for section in sections:
        site[section] = [f"{section}{number:02}" for number in range(30)]
    met, source = crawl(site)
    assert len(met) == 1 + 1 + 10 + 300
    assert source.notes == ()


@given(st.text(max_size=60).map(lambda tail: "https://h.example/" + tail) | st.text(max_size=40))
def test_one_spelling_is_enough(address: str) -> None:
    once = canonical(address)
    assert once is None or canonical(once) == once
