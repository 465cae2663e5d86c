"""Asking whether a page is still the version we have, and asking past caches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drift.fetch.client import Client
from drift.model import NotModified, Page, Snapshot, Validators

MakeClient = Callable[..., Client]
Serve = Callable[..., Any]
FRIDAY = "Fri, 20 Nov 2026 08:00:00 GMT"
PAGE = (
    f'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\nETag: W/"a1"\r\nLast-Modified: {FRIDAY}\r\n'
    "\r\n<p>60</p>"
).encode()
SAME = b"HTTP/1.1 304 Not Modified\r\n\r\n"


def test_a_snapshot_keeps_what_names_its_version(serve: Serve, client: MakeClient) -> None:
    snapshot = client().fetch(Page(serve(PAGE).url()))
    assert (snapshot.etag, snapshot.last_modified) == ('W/"a1"', FRIDAY)


def test_a_page_that_is_the_same_is_no_failure(serve: Serve, client: MakeClient) -> None:
    server = serve(SAME)
    page = Page(server.url("/a"))
    answer = client().ask(page, Validators('W/"a1"', FRIDAY))
    assert isinstance(answer, NotModified)
    assert (answer.page, answer.validators, answer.final_url) == (page, Validators('W/"a1"', FRIDAY), page.address)
    assert answer.fetched_at is not None
    assert 'If-None-Match: W/"a1"\r\n' in server.requests[0]
    assert f"If-Modified-Since: {FRIDAY}\r\n" in server.requests[0]


def test_the_validators_of_the_last_answer_hold(serve: Serve, client: MakeClient) -> None:
    renewed = b'HTTP/1.1 304 Not Modified\r\nETag: "b2"\r\n\r\n'
    answer = client().ask(Page(serve(renewed).url()), Validators('"a1"'))
    assert isinstance(answer, NotModified)
    assert answer.validators == Validators('"b2"')


def test_a_page_that_changed_comes_whole(serve: Serve, client: MakeClient) -> None:
    answer = client().ask(Page(serve(PAGE).url()), Validators('"old"'))
    assert isinstance(answer, Snapshot)
    assert answer.body == b"<p>60</p>"


def test_many_unchanged_pages_come_over_one_connection(serve: Serve, client: MakeClient) -> None:
    server = serve(SAME)
    reader = client()
    for number in range(5):
        reader.ask(Page(server.url(f"/{number}")), Validators('"a1"'))
    assert (len(server.requests), server.connections) == (5, 1)


def test_a_redirect_leaves_its_connection_open(serve: Serve, client: MakeClient) -> None:
    moved = b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 5\r\n\r\nmoved"
    server = serve({"/a": moved, "/b": PAGE})
    reader = client()
    reader.fetch(Page(server.url("/a")))
    assert (server.asked(), server.connections) == (["/a", "/b"], 1)


def test_fresh_goes_past_caches_and_asks_for_the_whole_page(serve: Serve, client: MakeClient) -> None:
    server = serve(PAGE)
    answer = client().ask(Page(server.url()), Validators('"a1"', FRIDAY), fresh=True)
    assert isinstance(answer, Snapshot)
    assert "Cache-Control: no-cache\r\n" in server.requests[0]
    assert "If-" not in server.requests[0]


@pytest.mark.parametrize("etag", ['"a\r\nCookie: b"', '"ab\u2014c"', "", None])
def test_a_validator_that_cannot_be_sent_asks_nothing(serve: Serve, client: MakeClient, etag: str | None) -> None:
    server = serve(PAGE)
    client().ask(Page(server.url()), Validators(etag))
    assert "If-" not in server.requests[0]
    assert "Cookie" not in server.requests[0]
