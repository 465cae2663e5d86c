"""Whatever stands in a header, an attribute, a sitemap or a robots.txt, the pages beside it are read, and no fault of
ours is among what a pass tells."""

from __future__ import annotations

import html
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tries import tries

from drift.fetch import after
from drift.fetch.target import target
from drift.files.hosts import possible
from drift.model import foreign
from drift.model.errors import BlindReason, FetchError
from drift.sources import wrong_with
from drift.sources.addresses import canonical

FEW = tries(20)
MANY = tries(200)
RIGHT = "You can return unused goods within 30 days of delivery."
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)

PARTS = r"""http: https: // / /// [ ] [::1] [domain] ::ffff:1.2.3.4 xn-- xn--a xn--i-7iq a.b % %00 %zz %2e%2e @ user:pw@
? # a=b & ; : :80 :99999 :-1 :x .. . \\ javascript: data:,x mailto:a@b 0x7f.1 127.0.0.1 localhost 1 /good /page é
℀ ａ 。 ☃ İ ß a..b - _ ~ $ ' " < > { } | ^ ` * HTTP: //x"""
SPACES = [" ", "\t", "\x00", "\x7f", "\x85", "\xa0", "\xad", "\u202e", "\u200b", "\u2028", "🎉", "x" * 300, "a." * 130]
WHOLE = ["https://[domain]/", "http://[", "http://xn--a/", "//[x", "http://a:b/", "http://user:pw@/"]
ADDRESSES = st.sampled_from(WHOLE) | st.lists(st.sampled_from(PARTS.split() + SPACES), max_size=7).map("".join)
DATES = """Mon, 30 Nov 2026 99999999999999 0001 9999 0000 00:00:00 24:00:00 23:59:60 GMT +2359 -2359 +99999999 T - : Z
W53 1e400 ² ( ) " -5 0 1.5 59 .5 31536000 2026-11-30 2026-11-30T00:00:00+23:59 0001-01-01T00:00:00+23:59
9999-12-31T23:59:59-23:59"""
MOMENTS = st.lists(st.sampled_from([*DATES.split(), " ", "\t", "\xa0"]), max_size=7).map("".join)
ANY = ADDRESSES | MOMENTS | st.text(max_size=20)
RULES = ["User-agent: *", "Sitemap:", "Crawl-delay:", "Request-rate:", "Visit-time:", "Allow:", "", "Sitemap"]
NUMBERS = ["nan", "inf", "-1", "1e400", "1/0", "*" * 50, "$", "/*" * 30, "1/10 0000-2500"]
ROBOTS = st.lists(st.tuples(st.sampled_from(RULES), ANY | st.sampled_from(NUMBERS)).map(" ".join), max_size=5)
NAMES = "Location Retry-After ETag Last-Modified Content-Type Content-Encoding Content-Length Link Age Refresh"
HEADERS = st.lists(st.tuples(st.sampled_from(NAMES.split()), ANY), max_size=3)
STATUSES = st.sampled_from([200, 200, 204, 206, 301, 302, 304, 307, 403, 404, 429, 500, 503])
MARKS = [
    '<base href="%s">',
    '<link rel=canonical href="%s">',
    '<link rel=alternate hreflang="%s" href="%s">',
    '<a href="%s">More about returns</a>',
    '<meta name=robots content="%s">',
    '<meta property="og:url" content="%s">',
    '<meta name="last-modified" content="%s">',
    '<meta http-equiv=refresh content="0; url=%s">',
    '<meta charset="%s">',
    '<time itemprop=dateModified datetime="%s">',
    '<p lang="%s" id="%s">',
    '<td colspan="%s" rowspan="%s">',
    '<ol start="%s">',
    '<img alt="%s" src="%s">',
    '<script type="application/ld+json">{"@type": "FAQPage", "dateModified": "%s", "url": "%s"}</script>',
]
ATTRIBUTES = st.lists(st.tuples(st.sampled_from(MARKS), ANY), max_size=5)
ENTRIES = st.lists(st.tuples(ADDRESSES, ANY, ANY), max_size=4)


def sent(status: int, headers: list[tuple[str, str]], body: bytes, handler: BaseHTTPRequestHandler) -> None:
    """An answer byte for byte, without what would end a header."""
    lines = [f"HTTP/1.1 {status} So", "Content-Type: text/html; charset=utf-8", "Connection: close"]
    lines += [f"{name}: {value}".translate({10: 32, 13: 32}) for name, value in headers]
    handler.wfile.write("\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body)
    handler.close_connection = True


def page(marks: list[tuple[str, str]], ways: str = "") -> bytes:
    filled = "".join(mark.replace("%s", html.escape(value)) for mark, value in marks)
    head = f"<html lang=en><head><title>Returns</title>{filled}</head>"
    return f"{head}<body><main><h1>Returns</h1><p>{RIGHT}</p>{ways}</main>".encode("utf-8", "replace")


def listed(site: Any, entries: list[tuple[str, str, str]]) -> bytes:
    def one(entry: tuple[str, str, str]) -> str:
        address, moment, tag = (html.escape(_of_xml(each)) for each in entry)
        link = f'<x:link rel="alternate" hreflang="{tag}" href="{address}"/>'
        return f"<url><loc>{address}</loc><lastmod>{moment}</lastmod>{link}</url>"

    known = [(site.url(path), "2026-11-30", "en") for path in ("/odd", "/page", "/good")]
    inner = "".join(map(one, entries[:2] + known + entries[2:]))
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="http://www.w3.org/1999/xhtml"'
    return f"<urlset {spaces}>{inner}</urlset>".encode("utf-8", "replace")


def _of_xml(text: str) -> str:
    """Without what may stand in no XML at all: a broken file is another test's."""
    return "".join(each for each in text if each.isprintable() or each in "\t\xa0")


@pytest.fixture
def passes(site: Any, watching: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`passes(source)` goes over the site once more, and holds what that leaves behind to the promise.

    No name resolves, so that no redirect leaves this machine.
    """
    real = socket.getaddrinfo

    def resolve(host: Any, *args: Any, **options: Any) -> Any:
        if str(host) != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    watches: list[Any] = []

    def go(source: str) -> None:
        if not watches:
            fetching = "timeouts: {connect: 1 second, read: 1 second, whole: 2 seconds}, retries: 0"
            watches.append(watching(f"{source}, language: en", fetching))
        watch = watches[0]
        watch.told.clear()
        watch.crawls(hours=25)  # what robots.txt said is kept for a day
        state = watch.state(site.url("/good"))
        assert (state.blind, state.read_at) == (None, watch.now)
        states = watch.store.pages.states("help").values()
        assert [state for state in states if state.blind is BlindReason.FAULT] == []
        assert [note for note in watch.told if "fault of drift" in note] == []
        assert watch.store.runs.last(1)[0].failure == ""

    return go


BASE = [(MARKS[0], WHOLE[0])]


@FEW
@example(BASE, 503, [("Retry-After", "Mon, 30 Nov 99999999999999 00:00:00 GMT")], [], [(WHOLE[1], "", WHOLE[1])])
@example([], 302, [("Location", "http://xn--a/")], ["Sitemap: http://xn--a/"], [])
@given(ATTRIBUTES, STATUSES, HEADERS, ROBOTS, ENTRIES)
def test_a_list_of_pages_that_says_anything(
    site: Any,
    passes: Callable[[str], None],
    marks: list[tuple[str, str]],
    status: int,
    headers: list[tuple[str, str]],
    robots: list[str],
    entries: list[tuple[str, str, str]],
) -> None:
    site.pages["/good"] = page([])
    site.pages["/page"] = page(marks)
    site.pages["/odd"] = partial(sent, status, headers, page([]))
    site.pages["/robots.txt"] = partial(sent, 200, [], "\n".join(robots).encode("utf-8", "replace"))
    site.pages["/sitemap.xml"] = partial(sent, 200, [], listed(site, entries))
    passes(f"kind: sitemap, at: '{site.url('/sitemap.xml')}'")


@FEW
@example(BASE, BASE, 302, [("Location", "http://[")])
@given(ATTRIBUTES, ATTRIBUTES, STATUSES, HEADERS)
def test_a_crawl_over_pages_that_link_anywhere(
    site: Any,
    passes: Callable[[str], None],
    start: list[tuple[str, str]],
    marks: list[tuple[str, str]],
    status: int,
    headers: list[tuple[str, str]],
) -> None:
    ways = "".join(f'<a href="{site.url(path)}">on</a>' for path in ("/page", "/odd", "/good"))
    site.pages["/"] = page([mark for mark in start if "robots" not in mark[0]], ways)  # they may forbid to follow
    site.pages["/good"] = page([])
    site.pages["/page"] = page(marks)
    site.pages["/odd"] = partial(sent, status, headers, page([]))
    passes(f"kind: crawl, at: '{site.url('/')}'")


@MANY
@given(ANY)
def test_what_asks_for_a_page_takes_an_address_or_refuses_it(text: str) -> None:
    with suppress(FetchError):
        target(text)
    foreign.moment(text)
    foreign.joined("https://help.larkspur.example/a", text)
    canonical(text)
    wrong_with(text)
    asked = after.seconds(text, NOW)
    assert asked is None or 0 <= asked <= after.LONGEST


@MANY
@given(ADDRESSES)
def test_an_address_that_the_settings_take_can_be_asked_for(text: str) -> None:
    for address in (text, f"http://{text}", f"https://help.larkspur.example/{text}"):
        if possible(address) and not foreign.has_login(address):
            target(address)
