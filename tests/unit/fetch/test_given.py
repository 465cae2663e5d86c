"""Headers a source was given go to its own hosts and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drift.fetch.client import Client
from drift.fetch.origin_headers import OriginHeaders
from drift.model import Page
from drift.model.errors import InputError

MakeClient = Callable[..., Client]
Serve = Callable[..., Any]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"


def to(location: str) -> bytes:
    return f"HTTP/1.1 302 Moved\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n".encode()


def test_they_follow_a_redirect_within_the_host(serve: Serve, client: MakeClient) -> None:
    server = serve({"/a": to("/b"), "/b": OK})
    client().ask(Page(server.url("/a")), given=OriginHeaders.of({"X-Key": "sesame"}, [server.url()]))
    assert all("X-Key: sesame\r\n" in request for request in server.requests)


@pytest.mark.parametrize("where", ["http://www.larkspur.example:{port}/", "http://help.larkspur.example:{port}/"])
def test_they_are_not_sent_on_to_another_host_nor_port(serve: Serve, client: MakeClient, where: str) -> None:
    other = serve(OK)
    first = serve(to(where.format(port=other.port)))
    client().ask(Page(first.url()), given=OriginHeaders.of({"Authorization": "Basic c2VzYW1l"}, [first.url()]))
    assert "Authorization" in first.requests[0]
    assert "Authorization" not in other.requests[0]


def test_they_are_for_one_scheme_only() -> None:
    given = OriginHeaders.of({"Cookie": "a=b"}, ["https://help.larkspur.example/hc"])
    assert given.for_origin("https://help.larkspur.example")
    assert not given.for_origin("http://help.larkspur.example")


def test_they_are_never_shown() -> None:
    assert "sesame" not in repr(OriginHeaders.of({"X-Key": "sesame"}, ["https://help.larkspur.example/"]))


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"X-Key": "open\r\nCookie: a"}, "'X-Key' cannot be sent"),
        ({"X Key": "sesame"}, "'X Key' cannot be sent"),
        ({"X-Key": "ouvre-toi sésame"}, "'X-Key' cannot be sent"),
        ({"User-Agent": "Mozilla/5.0"}, "'User-Agent' is set by drift itself"),
        ({"if-none-match": "sesame"}, "'if-none-match' is set by drift itself"),
    ],
)
def test_headers_that_are_refused(headers: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        OriginHeaders.of(headers, ["https://help.larkspur.example/"])
    assert said in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_an_address_that_is_none() -> None:
    with pytest.raises(InputError):
        OriginHeaders.of({"X-Key": "sesame"}, ["help.larkspur.example"])
