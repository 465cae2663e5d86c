"""Every hop passes the gate again, and a name is asked for once a connection."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest

from drift.fetch.client import Client
from drift.fetch.gate import Gate
from drift.model import Page
from drift.model.errors import BlindReason, FetchError

MakeClient = Callable[..., Client]
Serve = Callable[..., Any]
LOOPBACK = (ip_network("127.0.0.0/8"),)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"


def to(location: str, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n".encode()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_lead_on(serve: Serve, client: MakeClient, status: int) -> None:
    server = serve({"/a/b": to("../c?d=e#f", status), "/c?d=e": OK})
    page = Page(server.url("/a/b"))
    snapshot = client().fetch(page)
    assert (snapshot.body, snapshot.final_url, snapshot.page) == (b"ok", server.url("/c?d=e"), page)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/d\u00e9bloquer?q=\u00fc".encode(), "/d%C3%A9bloquer?q=%C3%BC"),  # raw UTF-8, as many servers write it
        ("/d%C3%A9bloquer/\u00e9t\u00e9".encode(), "/d%C3%A9bloquer/%C3%A9t%C3%A9"),
        (b"/d%C3%A9bloquer", "/d%C3%A9bloquer"),
        ("/d\u00e9bloquer".encode("latin-1"), "/d%E9bloquer"),  # no UTF-8: the bytes as they came
    ],
)
def test_an_address_outside_of_ascii_is_percent_encoded_once(
    serve: Serve, client: MakeClient, written: bytes, asked: str
) -> None:
    moved = b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: %b\r\n\r\n" % written
    server = serve({"/unlock": moved, asked: OK})
    assert client().fetch(Page(server.url("/unlock"))).final_url == server.url(asked)


def test_five_redirects_are_followed_and_a_sixth_is_not(serve: Serve, client: MakeClient) -> None:
    server = serve({f"/{n}": to(f"/{n + 1}") for n in range(9)} | {"/9": OK})
    assert client().fetch(Page(server.url("/4"))).body == b"ok"
    with pytest.raises(FetchError) as caught:
        client().fetch(Page(server.url("/3")))
    assert (caught.value.reason, caught.value.detail) == (BlindReason.REDIRECTS, "redirected more than 5 times")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/", BlindReason.REDIRECTS),
        ("#top", BlindReason.REDIRECTS),
        ("http://10.0.0.1/", BlindReason.PRIVATE),
        ("http://169.254.169.254/latest/meta-data/", BlindReason.PRIVATE),
        ("http://[::1]/", BlindReason.PRIVATE),
        ("http://2852039166/", BlindReason.PRIVATE),
        ("//192.168.0.1/", BlindReason.PRIVATE),
        ("file:///etc/passwd", BlindReason.SCHEME),
        ("FTP://larkspur.example/", BlindReason.SCHEME),
        ("javascript:alert(1)", BlindReason.SCHEME),
        ("data:text/html,hello", BlindReason.SCHEME),
        ("http://larkspur.example:0/", BlindReason.SCHEME),
        ("http://larkspur.example:99999/", BlindReason.SCHEME),
        ("http://[", BlindReason.SCHEME),
        ("http://larkspur.example:port/", BlindReason.SCHEME),
    ],
)
def test_redirects_that_are_not_followed(serve: Serve, client: MakeClient, location: str, reason: BlindReason) -> None:
    def resolve(host: str, _port: int) -> list[str]:
        numeric = {"2852039166": "169.254.169.254", "help.larkspur.example": "127.0.0.1"}
        return [numeric.get(host, host)]

    server = serve(to(location))
    with pytest.raises(FetchError) as caught:
        client(gate=Gate((ip_network("127.0.0.1"),), resolve=resolve)).fetch(Page(server.url()))
    assert caught.value.reason is reason
    assert len(server.requests) == 1


def test_a_loop_of_two_is_told(serve: Serve, client: MakeClient) -> None:
    server = serve({"/a": to("/b"), "/b": to("/a")})
    with pytest.raises(FetchError) as caught:
        client().fetch(Page(server.url("/a")))
    assert caught.value.detail == f"redirected back to {server.url('/a')}"
    assert len(server.requests) == 2


def test_a_name_that_changes_its_address_is_connected_to_where_it_was_checked(serve: Serve, client: MakeClient) -> None:
    server = serve(OK)
    asked: list[str] = []

    def rebind(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    reader = client(gate=Gate(LOOPBACK, resolve=rebind))
    assert reader.fetch(Page(server.url())).body == b"ok"
    assert asked == ["help.larkspur.example"]


def test_every_hop_asks_for_its_name_anew(serve: Serve, client: MakeClient) -> None:
    server = serve(OK)
    first = serve(to(f"http://www.larkspur.example:{server.port}/next"))
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if host.startswith("help.") else ["10.0.0.1"]

    with pytest.raises(FetchError) as caught:
        client(gate=Gate(LOOPBACK, resolve=resolve)).fetch(Page(first.url()))
    assert caught.value.reason is BlindReason.PRIVATE
    assert asked == ["help.larkspur.example", "www.larkspur.example"]
    assert not server.requests


def test_the_next_address_is_tried_where_one_does_not_answer(serve: Serve, client: MakeClient) -> None:
    server = serve(OK)
    gate = Gate(LOOPBACK, resolve=lambda _host, _port: ["127.99.99.99", "127.0.0.1"])
    assert client(gate=gate).fetch(Page(server.url())).body == b"ok"


@pytest.mark.parametrize(
    ("spelled", "host"),
    [
        ("HTTP://HELP.Larkspur.Example:{port}/", "help.larkspur.example"),
        ("http://help.larkspur.example.:{port}/", "help.larkspur.example"),
        ("http://hilfe.lärkspur.example:{port}/", "hilfe.xn--lrkspur-5wa.example"),
        ("http://127.0.0.1:{port}/#top", "127.0.0.1"),
    ],
)
def test_spellings_of_an_address(serve: Serve, client: MakeClient, spelled: str, host: str) -> None:
    server = serve(OK)
    client().fetch(Page(spelled.format(port=server.port)))
    assert f"\r\nhost: {host}:{server.port}\r\n" in server.requests[0].lower()
    assert server.requests[0].startswith("GET / HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "location", ["http://ana:secret@help.larkspur.example:{port}/next", "//ana@help.larkspur.example:{port}/next"]
)
def test_user_names_and_passwords_are_never_sent_on_nor_kept(serve: Serve, client: MakeClient, location: str) -> None:
    server = serve(OK)
    first = serve(to(location.format(port=server.port)))
    snapshot = client().fetch(Page(first.url().replace("://", "://bo:hidden@")))
    assert snapshot.final_url == server.url("/next")
    assert "authorization" not in "".join(first.requests + server.requests).lower()


@pytest.mark.parametrize(
    "address",
    [
        "ftp://larkspur.example/",
        "file:///etc/passwd",
        "larkspur.example",
        "http://",
        "http:///a",
        "http://.",
        "http://[",
        "http://a:0/",
        "http://a:70000/",
        "http://a\nb/",
        "",
    ],
)
def test_what_is_no_web_address(client: MakeClient, address: str) -> None:
    with pytest.raises(FetchError) as caught:
        client().fetch(Page(address))
    assert caught.value.reason is BlindReason.SCHEME


def test_an_ipv6_literal_is_connected_to_as_such(client: MakeClient) -> None:
    with pytest.raises(FetchError) as caught:
        client(gate=Gate()).fetch(Page("http://[::1]:8080/"))
    assert caught.value.detail == "::1 (loopback); --allow-private ::1 would open it"
