"""A site over real HTTP, found by its sitemap and by its links, and asked again for what is new."""

from __future__ import annotations

import gzip
import random
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from drift.engine import reading
from drift.fetch.client import Client
from drift.fetch.delivery import ahead
from drift.fetch.gate import Gate
from drift.fetch.pace import Tempo
from drift.fetch.polite_client import PoliteClient
from drift.model import Article, NotModified, Page, Snapshot, Validators
from drift.model.errors import BlindReason
from drift.model.ports import WatchedSource
from drift.sources.watched import Crawl, Sitemap

ARTICLES = ("unlock", "refunds", "fees", "hidden")
FORBIDDEN = "User-agent: *\nDisallow: /hc/hidden\nSitemap: {}/sitemap.xml.gz\n"


@pytest.fixture
def site(httpserver: HTTPServer) -> str:
    """A help centre of four articles, one of which robots are asked not to read."""
    address = httpserver.url_for("").rstrip("/")
    locations = "".join(f"<url><loc>{address}/hc/{name}</loc></url>" for name in ARTICLES)
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'
    links = " ".join(f'<a href="/hc/{name}">More about {name}</a>.' for name in ARTICLES)

    def answer(request: Request) -> Response:
        etag = f'"{request.path}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304, headers={"ETag": etag})
        text = f"<html lang=en><title>{request.path}</title><p>Within 14 days. {links}</p></html>"
        return Response(text, content_type="text/html", headers={"ETag": etag})

    httpserver.expect_request("/robots.txt").respond_with_data(FORBIDDEN.format(address), content_type="text/plain")
    packed = gzip.compress(sitemap.encode())
    httpserver.expect_request("/sitemap.xml.gz").respond_with_data(packed, content_type="application/x-gzip")
    for path in ("", *ARTICLES):
        httpserver.expect_request(f"/hc/{path}").respond_with_handler(answer)
    return address


@pytest.fixture
def courier() -> Iterator[PoliteClient]:
    def now() -> datetime:
        return datetime.now(UTC)

    gate = Gate(allow=(ip_network("127.0.0.0/8"), ip_network("::1/128")))
    client = Client(now, gate=gate, tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    tempo = Tempo(rate=None, together=4)
    yield PoliteClient(client, now, timer=time.monotonic, sleep=time.sleep, dice=random.random, tempo=tempo)
    client.close()


def one_pass(
    source: WatchedSource, courier: PoliteClient, known: dict[str, Validators], articles: dict[str, Article]
) -> dict[str, str]:
    """What came of every page: 'read', 'same', or the class of its failure. Keeps what names the versions read.

    `articles` are those read by now: one that did not change is shown as it was.
    """
    outcomes = {}

    def fetch(page: Page) -> Snapshot | NotModified:
        return courier.fetch(page, known.get(page.address))

    for delivery in ahead(lambda: next(source.pages(), None), fetch):
        name = delivery.wanted.address.rpartition("/")[2]
        if delivery.failure:
            outcomes[name] = delivery.failure.reason.value
        elif isinstance(delivery.got, Snapshot):
            articles[delivery.wanted.address] = reading.read(delivery.got)
            source.seen(articles[delivery.wanted.address])
            known[delivery.wanted.address] = Validators(delivery.got.etag, delivery.got.last_modified)
            outcomes[name] = "read"
        else:
            source.seen(articles[delivery.wanted.address])
            outcomes[name] = "same"
    return outcomes


def test_by_its_sitemap(site: str, courier: PoliteClient) -> None:
    known: dict[str, Validators] = {}
    articles: dict[str, Article] = {}
    first = one_pass(Sitemap(site, courier), courier, known, articles)
    assert first == {"unlock": "read", "refunds": "read", "fees": "read", "hidden": BlindReason.ROBOTS.value}
    second = one_pass(Sitemap(site, courier), courier, known, articles)
    assert second == {"unlock": "same", "refunds": "same", "fees": "same", "hidden": BlindReason.ROBOTS.value}


def test_by_its_links(site: str, courier: PoliteClient) -> None:
    known: dict[str, Validators] = {}
    articles: dict[str, Article] = {}
    first = one_pass(Crawl(f"{site}/hc/"), courier, known, articles)
    assert first == {"": "read", "unlock": "read", "refunds": "read", "fees": "read", "hidden": "robots"}
    second = one_pass(Crawl(f"{site}/hc/", known=known), courier, known, articles)
    assert second == {"": "same", "unlock": "same", "refunds": "same", "fees": "same", "hidden": "robots"}
