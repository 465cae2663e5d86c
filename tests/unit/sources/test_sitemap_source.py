"""Sitemaps as sites write them, well and badly; what cannot be read is never an empty site."""

from __future__ import annotations

import contextlib
import tracemalloc

import pytest

from drift.model.errors import BlindReason, FetchError
from drift.sources.sitemap import Caps
from drift.sources.sitemap_xml import entries
from drift.sources.watched import Selection, Sitemap

HOST = "https://help.larkspur.example"
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def urlset(*inner: str) -> bytes:
    return f"<?xml version='1.0'?><urlset {SPACES}>{''.join(inner)}</urlset>".encode()


def url(path: str, extra: str = "") -> str:
    address = path if "://" in path else HOST + path
    return f"<url><loc>{address}</loc>{extra}</url>"


def index(*paths: str) -> bytes:
    inner = "".join(f"<sitemap><loc>{HOST}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex {SPACES}>{inner}</sitemapindex>".encode()


class Shelf:
    """A Library of what a test puts on it; anything else is a 404."""

    def __init__(self, sitemaps: tuple[str, ...] = (), **documents: bytes) -> None:
        self.asked: list[str] = []
        self._named = sitemaps
        self._documents = {f"{HOST}/{name}.xml": body for name, body in documents.items()}

    def document(self, address: str) -> bytes:
        self.asked.append(address)
        if address not in self._documents:
            raise FetchError(BlindReason.NOT_FOUND, "HTTP 404")
        return self._documents[address]

    def sitemaps(self, address: str) -> tuple[str, ...]:
        assert address.startswith(HOST)
        return self._named


def paths(source: Sitemap) -> list[str]:
    return [page.address.removeprefix(HOST) for page in source.pages()]


def of(body: bytes, **options: object) -> Sitemap:
    return Sitemap(f"{HOST}/s.xml", Shelf(s=body), **options)  # type: ignore[arg-type]


def test_what_changed_last_comes_first() -> None:
    body = urlset(
        url("/none"),
        url("/old", "<lastmod>2024-05-01</lastmod>"),
        url("/new", "<lastmod>2026-11-20T08:00:00+01:00</lastmod><priority>0.1</priority>"),
        url("/odd", "<lastmod>yesterday</lastmod>"),
    )
    assert paths(of(body)) == ["/new", "/old", "/none", "/odd"]


def test_an_index_leads_to_sitemaps_each_once() -> None:
    shelf = Shelf(
        s=index("/a.xml", "/inner.xml", "/s.xml"),
        inner=index("/b.xml", "/a.xml"),
        a=urlset(url("/1"), url("/2")),
        b=urlset(url("/2"), url("/3")),
    )
    source = Sitemap(f"{HOST}/s.xml", shelf)
    assert paths(source) == ["/1", "/2", "/3"]
    assert source.whole
    assert shelf.asked == [f"{HOST}/{name}.xml" for name in ("s", "a", "inner", "b")]


def test_a_host_alone_is_asked_where_its_sitemaps_are() -> None:
    named = Shelf((f"{HOST}/a.xml", f"{HOST}/b.xml"), a=urlset(url("/1")), b=urlset(url("/2")))
    assert paths(Sitemap(HOST, named)) == ["/1", "/2"]
    assert paths(Sitemap(f"{HOST}/", Shelf(sitemap=urlset(url("/3"))))) == ["/3"]


def test_a_part_that_cannot_be_read_is_told_and_nothing_is_gone() -> None:
    source = Sitemap(f"{HOST}/s.xml", Shelf(s=index("/a.xml", "/b.xml"), a=urlset(url("/1"))))
    assert paths(source) == ["/1"]
    assert not source.whole
    assert source.notes == (f"not read: the sitemap '{HOST}/b.xml' (404: HTTP 404): its pages are unknown",)
    assert source.unread == 1


BROKEN = {
    "no file": (None, BlindReason.NOT_FOUND),
    "no page": (urlset(), BlindReason.EMPTY),
    "a page of HTML": (b"<html><body><h1>Not found</h1></body></html>", BlindReason.UNREADABLE),
    "cut off": (urlset(url("/1"), url("/2"))[:-20], None),
    "no XML": (b"\x00\x01", BlindReason.UNREADABLE),
    "nothing": (b"", BlindReason.UNREADABLE),
    "a feed": (b"<rss><channel/></rss>", BlindReason.UNREADABLE),
}


@pytest.mark.parametrize(("body", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_sitemap_that_cannot_be_read_is_no_empty_site(body: bytes | None, reason: BlindReason | None) -> None:
    source = of(body) if body is not None else Sitemap(f"{HOST}/s.xml", Shelf())
    if reason is None:
        assert paths(source) == ["/1"]  # what stood before it broke off
    else:
        with pytest.raises(FetchError) as caught:
            paths(source)
        assert caught.value.reason is reason
    assert not source.whole


def test_a_list_of_lines() -> None:
    assert paths(of(f"\ufeff{HOST}/1\r\n\n{HOST}/2\n".encode())) == ["/1", "/2"]


def test_entities_are_left_alone_and_nothing_is_opened() -> None:
    doctype = '<!DOCTYPE urlset [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY a "b">]>'
    inner = urlset(url("/a&file;"), url("/b&a;b"), url("/c?x=1&amp;y=2")).partition(b"?>")[2]
    assert paths(of(doctype.encode() + inner)) == ["/a", "/b", "/c?x=1&y=2"]


def test_entities_that_unfold_without_end_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "&l{n};&l{n};">' for n in range(60))
    inner = urlset(url("/a&l60;")).partition(b"?>")[2]
    source = of(f'<!DOCTYPE urlset [<!ENTITY l0 "ha">{laughs}]>'.encode() + inner)
    tracemalloc.start()
    try:
        with contextlib.suppress(FetchError):
            assert paths(source) == ["/a"]
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


TOO_MUCH = {
    "too deep": ("<a>" * 300, "line 1: more than 50 elements in one another"),
    "too long": ("x" * 11_000_000, "more text or entities than are read"),
}


@pytest.mark.parametrize(("inner", "said"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_for_the_parser_is_told_in_our_words(inner: str, said: str) -> None:
    with pytest.raises(FetchError) as caught:
        list(entries(f"<urlset>{inner}".encode()))
    assert said in caught.value.detail
    assert "XML_PARSE_HUGE" not in caught.value.detail


ALTERNATES = "".join(
    f'<xhtml:link rel="alternate" hreflang="{tag}" href="{HOST}{path}"/>'
    for tag, path in (("en-GB", "/en-gb/a"), ("fr", "/fr/a"), ("de", "/de/a"), ("x-default", "/en-gb/a"))
)


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ((), ["/en-gb/a", "/fr/b", "/c"]),
        (("en",), ["/en-gb/a", "/c"]),
        (("en", "fr"), ["/en-gb/a", "/fr/a", "/fr/b", "/c"]),
        (("en-us",), ["/c"]),
    ],
)
def test_the_languages_wanted_are_taken(languages: tuple[str, ...], expected: list[str]) -> None:
    source = of(urlset(url("/en-gb/a", ALTERNATES), url("/fr/b"), url("/c")), languages=languages)
    assert sorted(paths(source)) == sorted(expected)
    assert bool(source.notes) is bool(languages)


def test_other_hosts_are_passed_over_unless_they_are_named() -> None:
    body = urlset(url("/a"), url("https://shop.example/b"), url("https://www.help.larkspur.example/c"), url("ftp://x/"))
    source = of(body)
    assert paths(source) == ["/a", "https://www.help.larkspur.example/c"]
    assert source.notes == (
        "not read: 'ftp://x/' (scheme: only http and https addresses are read, not ftp)",
        "entries passed over because they are of another host (shop.example): 1",
    )
    assert paths(of(body, selection=Selection(include=("https://shop.example/*",)))) == ["https://shop.example/b"]


@pytest.mark.parametrize(
    ("caps", "met", "said"),
    [
        (Caps(pages=3), 3, "names more than 3 pages"),
        (Caps(files=2), 2, "more than 2 sitemaps"),
        (Caps(depth=1), 0, None),
    ],
)
def test_what_is_too_much_is_told(caps: Caps, met: int, said: str | None) -> None:
    shelf = Shelf(
        s=index("/a.xml", "/b.xml"), a=urlset(url("/1"), url("/2")), b=urlset(url("/3"), url("/4"), url("/5"))
    )
    source = Sitemap(f"{HOST}/s.xml", shelf, caps=caps)
    if said is None:
        with pytest.raises(FetchError):
            paths(source)
    else:
        assert len(paths(source)) == met
        assert any(said in note for note in source.notes)
    assert not source.whole


def test_a_selection_that_takes_nothing_is_told() -> None:
    source = of(urlset(url("/a"), url("/b")), selection=Selection(include=("*/articles/*",)))
    assert paths(source) == []
    assert source.notes == ("none of its 2 pages is selected",)


def test_fifty_thousand_entries_take_little_memory() -> None:
    body = urlset(*(url(f"/{number}") for number in range(50_000)))
    assert sum(1 for _ in entries(body)) == 50_000


def test_a_sitemap_inside_a_sitemap_is_told_with_its_line() -> None:
    nested = f"<urlset {SPACES}>\n{url('/a')}\n<urlset>{url('/b')}</urlset></urlset>".encode()
    source = of(nested)
    assert paths(source) == ["/a"]
    assert not source.whole
    (note,) = source.notes
    assert "no sitemap: 'urlset' stands inside 'urlset', in line 3" in note


def test_relative_addresses_are_told_as_that_and_leave_the_list_incomplete() -> None:
    source = of(
        urlset(url("/a"), "<url><loc>/b</loc></url>", "<url><loc>c.html</loc></url>", "<url><loc>//[</loc></url>")
    )
    assert paths(source) == ["/a"]
    assert not source.whole
    assert source.notes == (
        "not read: '/b' (scheme: relative, where a sitemap names whole addresses)",
        "not read: 'c.html' (scheme: relative, where a sitemap names whole addresses)",
        "not read: '//[' (scheme: not an address: Invalid IPv6 URL)",
    )
