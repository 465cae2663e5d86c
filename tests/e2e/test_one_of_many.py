"""One string of many is hostile, or one page makes us raise: that is one failure, told with its class."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from drift.__main__ import main
from drift.assembly import watch as watch_room
from drift.assembly.check import CheckOptions
from drift.assembly.check import check as checked
from drift.engine import pipeline
from drift.fetch.polite_client import PoliteClient
from drift.findings import take
from drift.model import Article, Page
from drift.model.errors import BlindReason
from drift.settings import load
from drift.sources.watched import Sitemap, Urls
from drift.store import open_store
from drift.store.sql_store import SqlStore
from drift.watch import visits

RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = RIGHT.replace("30", "14")
MANY = 200
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ADDRESSES = ["http://[", "https://[domain]/", "http://xn--a/", "http://help.larkspur.example:port/", "//[x"]
MOMENTS = ["Mon, 30 Nov 99999999999999 00:00:00 GMT", "Mon, 30 Nov 2026 00:00:00 +99999999999", "-1", "soon", "\xb2"]


def entry(address: str) -> str:
    return f"<url><loc>{address}</loc><lastmod>0001-01-01T00:00:00+23:59</lastmod></url>"


def lists(site: Any, *locations: str) -> None:
    made = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(map(entry, locations))}</urlset>'
    site.answers("/sitemap.xml", 200, made.encode(), Content_Type="application/xml")


def sent_raw(lines: list[str], body: bytes, handler: BaseHTTPRequestHandler) -> None:
    """Send an answer byte for byte, which a library would not let pass."""
    handler.wfile.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
    handler.close_connection = True


def redirects(site: Any, path: str, to: str) -> None:
    site.pages[path] = partial(sent_raw, ["HTTP/1.1 302 Found", f"Location: {to}", "Content-Length: 0"], b"")


def busy(site: Any, path: str, until: str) -> None:
    lines = ["HTTP/1.1 503 Busy", f"Retry-After: {until}", "Content-Length: 0"]
    site.pages[path] = partial(sent_raw, lines, b"")


def marks(address: str) -> str:
    """A head in which every address is that one, and every moment none."""
    said = f'<base href="{address}"><link rel=canonical href="{address}"><meta property="og:url" content="{address}">'
    said += f'<link rel=alternate hreflang="en" href="{address}">'
    said += '<meta name=last-modified content="0001-01-01T00:00+23:59">'
    return f'{said}<script type="application/ld+json">{{"@type": "FAQPage", "url": "{address}"}}</script>'


def publish(site: Any) -> dict[str, BlindReason | None]:
    """Two hundred pages and their list, every tenth of them hostile; what is to be told of each address."""
    expected: dict[str, BlindReason | None] = {}
    for number in range(MANY):
        path = f"/{number:03}"
        expected[site.url(path)] = None
        site.says(path, WRONG if number == 1 else RIGHT)
        if number % 10:
            continue
        which, kind = number // 10 % 5, number // 50
        if kind == 0:
            expected.pop(site.url(path))
            expected[ADDRESSES[which]] = BlindReason.SCHEME
        elif kind == 1:
            redirects(site, path, ADDRESSES[which])
            expected[site.url(path)] = BlindReason.SCHEME
        elif kind == 2:
            busy(site, path, MOMENTS[which])
            expected[site.url(path)] = BlindReason.SERVER_ERROR
        else:
            site.says(path, RIGHT, head=marks(ADDRESSES[which]), links=ADDRESSES)
    lists(site, *expected)
    return expected


def test_all_others_are_judged_and_each_hostile_one_is_told(
    site: Any, policies: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_room, "cores", lambda: 0)  # processes that read would take longer to begin than to read
    expected = publish(site)
    robots = b"Sitemap: http://xn--a/\nSitemap: http://[\nCrawl-delay: nan\n"
    site.answers("/robots.txt", 200, robots, Content_Type="text/plain")
    file = policies.parent / "drift.yaml"
    fetching = "fetching: {rate: unlimited, allow_private: [127.0.0.0/8], retries: 0}\n"
    at = site.url("/sitemap.xml")
    file.write_text(f"sources:\n  - {{name: help, kind: sitemap, at: '{at}'}}\n{fetching}", encoding="utf-8")
    status = main(["crawl", "--file", str(file)])
    errors = capsys.readouterr().err
    entries = [address for address in expected if address in ADDRESSES]
    for address in entries:
        assert f"not read: '{address}' (scheme: " in errors
    assert status == 1, errors  # one of the others is wrong, and that comes first
    with open_store(load(file, {}).store.address) as store:
        states = store.pages.states("help")
        told = {address: why for address, why in expected.items() if address not in entries}
        assert {address: state.blind for address, state in states.items()} == told
        right = [address for address, why in told.items() if why is None]
        assert len(right) == MANY - 15  # the five with a hostile head are read as well
        assert len(store.pages.readings(right)) == len(right)
        assert [finding.article for finding in store.findings.find()] == [site.url("/001")]
        site.says("/001", RIGHT)
    assert main(["crawl", "--file", str(file)]) == 3
    assert f"{len(entries)} unread" in capsys.readouterr().out


def test_a_site_whose_robots_name_no_sitemap_that_can_be_asked_for(site: Any, watching: Callable[..., Any]) -> None:
    watch = watching(f"kind: sitemap, at: '{site.url('/')}'")
    site.says("/a", RIGHT)
    site.answers("/robots.txt", 200, f"Sitemap: http://xn--a/\nSitemap: {site.url('/sitemap.xml')}".encode())
    site.lists("/a")
    assert watch.crawls() == {"pages": 1, "changed": 1, "unread": 1}
    assert [note.partition(" (")[0] for note in watch.told] == ["help: not read: the sitemap 'http://xn--a/'"]


def test_an_index_in_which_one_entry_is_no_address(site: Any, watching: Callable[..., Any]) -> None:
    watch = watching(f"kind: sitemap, at: '{site.url('/index.xml')}'")
    site.says("/a", RIGHT)
    site.lists("/a")
    named = ("http://[", site.url("/sitemap.xml"), "http://xn--a/")
    inner = "".join(f"<sitemap><loc>{to}</loc></sitemap>" for to in named)
    site.answers("/index.xml", 200, f"<sitemapindex>{inner}</sitemapindex>".encode(), Content_Type="text/xml")
    assert watch.crawls() == {"pages": 1, "changed": 1, "unread": 2}


class OursError(RuntimeError):
    """A mistake of a programmer, with words of a page in it."""


def raising(real: Callable[..., Any], concerns: Callable[..., bool]) -> Callable[..., Any]:
    def broken(*args: Any, **options: Any) -> Any:
        if concerns(*args, **options):
            raise OursError("the words of the page")
        return real(*args, **options)

    return broken


def _is(page: Page) -> bool:
    return page.address.endswith("/returns")


def _fetching(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PoliteClient, "fetch", raising(PoliteClient.fetch, lambda _, page, *__, **___: _is(page)))


def _reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read", raising(pipeline.read, lambda got, *_: _is(got.page)))


def _judging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "judge", raising(pipeline.judge, lambda article, *_: _is(article.page)))


def _seeing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Urls, "seen", raising(Urls.seen, lambda _, article, **__: _is(article.page)))


def _selecting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Urls, "selects", raising(Urls.selects, lambda _, page: _is(page)))


def _taking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "take", raising(take, lambda _, reading: _is(reading.page)))


def _writing(monkeypatch: pytest.MonkeyPatch) -> None:
    def concerns(_: SqlStore, outcomes: Any, *__: Any) -> bool:
        return any(_is(each.state.page) and each.state.blind is None for each in outcomes)

    monkeypatch.setattr(SqlStore, "record", raising(SqlStore.record, concerns))


STAGES = (_fetching, _reading, _judging, _seeing, _selecting, _taking, _writing)


@pytest.mark.parametrize("breaks", STAGES, ids=lambda breaks: breaks.__name__[1:])
def test_a_page_that_we_fail_on_is_blind_by_our_fault_and_takes_nothing_along(
    site: Any,
    watching: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    breaks: Callable[[pytest.MonkeyPatch], None],
) -> None:
    paths = ["/a", "/returns", "/b"]
    for path in paths:
        site.says(path, WRONG)
    watch = watching(f"kind: urls, at: {[site.url(path) for path in paths]}")
    watch.crawls()
    before = watch.store.findings.find()
    assert len(before) == 3
    for path in paths:
        site.says(path, WRONG + " It is so.")
    caplog.set_level(logging.DEBUG, "drift.model.faults")
    with monkeypatch.context() as patch:
        breaks(patch)
        counts = watch.crawls()
        assert (counts["pages"], counts["changed"], counts["failed"]) == (3, 2, 1)
        assert watch.crawls() == {"pages": 3, "unchanged": 2, "failed": 1}
    state = watch.state(site.url("/returns"))
    assert state.blind is BlindReason.FAULT
    assert state.detail == "OursError, a fault of drift (DRIFT_DEBUG=1 shows where)"
    assert [one.state for one in watch.store.findings.find()] == ["open"] * 3
    assert any("the words of the page" in (record.exc_text or "") for record in caplog.records)
    assert watch.crawls() == {"pages": 3, "unchanged": 2, "changed": 1}
    assert watch.state(site.url("/returns")).blind is None


def test_a_source_that_we_fail_on_is_told_and_its_pages_are_visited(
    site: Any, watching: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.says("/a", RIGHT)
    site.lists("/a")
    watch = watching(f"kind: sitemap, at: '{site.url('/sitemap.xml')}'")
    watch.crawls()
    monkeypatch.setattr(Sitemap, "_entries", raising(Sitemap._entries, lambda _: True))
    (run,) = watch.watch.crawl("help")
    assert run.failure == "fault of drift: OursError, a fault of drift (DRIFT_DEBUG=1 shows where)"
    assert run.counts == {"pages": 1, "unchanged": 1}


@pytest.mark.parametrize("kept", [KeyboardInterrupt, MemoryError])
def test_what_is_about_no_page_keeps_its_meaning(
    site: Any, watching: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, kept: type[BaseException]
) -> None:
    site.says("/returns", RIGHT)
    watch = watching(f"kind: urls, at: '{site.url('/returns')}'")

    def ends(*_: Any) -> Article:
        raise kept

    monkeypatch.setattr(pipeline, "read", ends)
    with pytest.raises(kept):
        watch.crawls()


def test_a_file_that_check_fails_on_is_blind_by_our_fault(policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"a": WRONG, "returns": WRONG, "b": RIGHT}.items():
        Path(f"{name}.md").write_text(text, encoding="utf-8")
    broken = raising(pipeline.judge, lambda article, *_, **__: "returns" in article.page.address)
    monkeypatch.setattr(pipeline, "judge", broken)
    report = checked(CheckOptions(("a.md", "returns.md", "b.md"), policies), lambda: NOW)
    assert [(one.page.address, one.blind) for one in report.examined] == [
        ("a.md", None),
        ("returns.md", BlindReason.FAULT),
        ("b.md", None),
    ]
    assert [len(one.verdicts) for one in report.examined] == [1, 0, 1]
