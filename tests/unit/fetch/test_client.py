"""What a fetch brings back and every way it can fail, against real servers on loopback."""

from __future__ import annotations

import gzip
import itertools
import threading
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from drift.fetch.client import Client, user_agent
from drift.fetch.limits import Limits
from drift.model import Page
from drift.model.errors import BlindReason, FetchError, InputError

HTML = b"<p>You can unlock your phone after 60 days.</p>"
MakeClient = Callable[..., Client]
Serve = Callable[..., Any]


def reply(body: bytes = HTML, status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer; `content_type='x'` is a header, an empty value leaves a default one out."""
    given = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value]
    return f"HTTP/1.1 {status}\r\n".encode() + "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def raw_deflate(body: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(body) + squeeze.flush()


GZIPPED = gzip.compress(HTML)

READ = {
    "plain": (reply(), HTML),
    "gzip": (reply(GZIPPED, content_encoding="gzip"), HTML),
    "x-gzip": (reply(GZIPPED, content_encoding="X-GZip"), HTML),
    "two gzip members": (reply(GZIPPED + GZIPPED, content_encoding="gzip"), HTML + HTML),
    "gzip with padding": (reply(GZIPPED + b"\0" * 8, content_encoding="gzip"), HTML),
    "deflate with header": (reply(zlib.compress(HTML), content_encoding="deflate"), HTML),
    "deflate without": (reply(raw_deflate(HTML), content_encoding="deflate"), HTML),
    "identity": (reply(content_encoding="identity"), HTML),
    "chunked": (
        reply(
            b"2d\r\n" + HTML[:45] + b"\r\n2\r\n" + HTML[45:] + b"\r\n0\r\n\r\n",
            transfer_encoding="chunked",
            content_length="",
        ),
        HTML,
    ),
    "until the connection closes": (reply(content_length=""), HTML),
    "length too short": (reply(content_length="16"), HTML[:16]),
    "early hints first": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + reply(), HTML),
}

FAILS = {
    "401": (reply(status="401 Unauthorized"), BlindReason.UNAUTHORIZED, False),
    "403": (reply(status="403 Forbidden"), BlindReason.FORBIDDEN, False),
    "404": (reply(status="404 Not Found"), BlindReason.NOT_FOUND, False),
    "408": (reply(status="408 Request Timeout"), BlindReason.CLIENT_ERROR, True),
    "410": (reply(status="410 Gone"), BlindReason.GONE, False),
    "418": (reply(status="418 Teapot"), BlindReason.CLIENT_ERROR, False),
    "429": (reply(status="429 Too Many Requests", retry_after="3"), BlindReason.THROTTLED, True),
    "500": (reply(status="500 Oops"), BlindReason.SERVER_ERROR, True),
    "503": (reply(status="503 Busy"), BlindReason.SERVER_ERROR, True),
    "999": (reply(status="999 Denied"), BlindReason.SERVER_ERROR, True),
    "a redirect to nowhere": (reply(status="302 Found"), BlindReason.REDIRECTS, False),
    "not modified, unasked": (reply(b"", status="304 Not Modified"), BlindReason.REDIRECTS, False),
    "a part, unasked": (reply(status="206 Partial Content"), BlindReason.REFUSED, True),
    "empty": (reply(b""), BlindReason.EMPTY, False),
    "no content": (reply(b"", status="204 No Content", content_length=""), BlindReason.EMPTY, False),
    "empty gzip": (reply(b"", content_encoding="gzip"), BlindReason.EMPTY, False),
    "gzip of nothing": (reply(gzip.compress(b""), content_encoding="gzip"), BlindReason.EMPTY, False),
    "a picture": (reply(content_type="image/png"), BlindReason.NOT_TEXT, False),
    "JSON": (reply(content_type="application/json; charset=utf-8"), BlindReason.NOT_TEXT, False),
    "unlabelled binary": (reply(b"\x89PNG\0\0\0", content_type=""), BlindReason.NOT_TEXT, False),
    "unlabelled PDF": (reply(b"%PDF-1.7", content_type=""), BlindReason.NOT_TEXT, False),
    "not the gzip it says": (reply(content_encoding="gzip"), BlindReason.NOT_TEXT, False),
    "not the deflate it says": (reply(b"\xff\xff\xff", content_encoding="deflate"), BlindReason.NOT_TEXT, False),
    "garbage after a gzip member": (reply(GZIPPED + b"xx", content_encoding="gzip"), BlindReason.NOT_TEXT, False),
    "a coding nobody asked for": (reply(content_encoding="br"), BlindReason.NOT_TEXT, False),
    "coded twice": (reply(gzip.compress(GZIPPED), content_encoding="gzip, gzip"), BlindReason.NOT_TEXT, False),
    "gzip that breaks off": (reply(GZIPPED[:-9], content_encoding="gzip"), BlindReason.REFUSED, True),
    "one byte of deflate": (reply(b"x", content_encoding="deflate"), BlindReason.REFUSED, True),
    "announced too large": (reply(content_length="100001"), BlindReason.TOO_LARGE, False),
    "too large": (reply(b"a" * 100_001, content_length=""), BlindReason.TOO_LARGE, False),
    "too large once decoded": (
        reply(gzip.compress(b"a" * 200_001), content_encoding="gzip"),
        BlindReason.TOO_LARGE,
        False,
    ),
    "a header too large": (reply(x_long="a" * 64_000), BlindReason.TOO_LARGE, False),
    "a header that never ends": (b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 200_000, BlindReason.TOO_LARGE, False),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", BlindReason.REFUSED, True),
    "two lengths": (
        reply(content_length="47\r\ncontent-length: 9"),
        BlindReason.REFUSED,
        True,
    ),
}


@pytest.mark.parametrize(("sent", "body"), READ.values(), ids=READ)
def test_reads(serve: Serve, client: MakeClient, sent: bytes, body: bytes) -> None:
    server = serve(sent)
    page = Page(server.url("/a?b=c#d"), "https://larkspur.example/a")

    snapshot = client().fetch(page)

    assert snapshot.body == body
    assert (snapshot.page, snapshot.media, snapshot.status) == (page, "text/html", 200)
    assert snapshot.final_url == server.url("/a?b=c")
    assert snapshot.fetched_at is not None


@pytest.mark.parametrize(("sent", "reason", "transient"), FAILS.values(), ids=FAILS)
def test_fails(serve: Serve, client: MakeClient, sent: bytes, reason: BlindReason, transient: bool) -> None:
    server = serve(sent)
    with pytest.raises(FetchError) as caught:
        client().fetch(Page(server.url()))
    assert (caught.value.reason, caught.value.transient) == (reason, transient)
    assert caught.value.detail


@pytest.mark.parametrize(
    ("path", "content_type", "body", "media", "charset"),
    [
        ("/", "text/html; charset=ISO-8859-1", HTML, "text/html", "iso-8859-1"),
        ("/", 'TEXT/HTML;charset="utf-8"', HTML, "text/html", "utf-8"),
        ("/", "application/xhtml+xml", HTML, "application/xhtml+xml", None),
        ("/", "text/markdown", b"# Refunds", "text/markdown", None),
        ("/", "text/x-markdown", b"# Refunds", "text/markdown", None),
        ("/", "text/plain", b"# Refunds", "text/plain", None),
        ("/refunds.md", "text/plain", b"# Refunds", "text/markdown", None),
        ("/refunds.md", "text/html", HTML, "text/html", None),
        ("/", "", HTML, "text/html", None),
        ("/", "", b"Refunds take 14 days.", "text/markdown", None),
    ],
)
def test_media(
    serve: Serve, client: MakeClient, path: str, content_type: str, body: bytes, media: str, charset: str | None
) -> None:
    server = serve(reply(body, content_type=content_type))
    snapshot = client().fetch(Page(server.url(path)))
    assert (snapshot.media, snapshot.charset) == (media, charset)


def test_a_shorter_body_than_announced_is_no_page(serve: Serve, client: MakeClient) -> None:
    def cut(send: Callable[[bytes], None], _stop: threading.Event) -> None:
        send(reply(content_length="900"))

    with pytest.raises(FetchError) as caught:
        client().fetch(Page(serve(cut).url()))
    assert (caught.value.reason, caught.value.transient) == (BlindReason.REFUSED, True)


def dripping(head: bytes, drop: bytes) -> Callable[[Callable[[bytes], None], threading.Event], None]:
    def send_slowly(send: Callable[[bytes], None], stop: threading.Event) -> None:
        send(head)
        while not stop.wait(0.02):
            send(drop)

    return send_slowly


SLOW = {
    "no answer": dripping(b"", b""),
    "a header that drips": dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
    "early hints without end": dripping(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "a body that stops": dripping(reply(content_length="900"), b""),
    "a body that drips": dripping(reply(content_length="900"), b"a"),
    "chunks that drip": dripping(reply(b"", transfer_encoding="chunked", content_length=""), b"1\r\na\r\n"),
    "a body without end": dripping(reply(content_length=""), b"a"),
}


@pytest.mark.parametrize("slowly", SLOW.values(), ids=SLOW)
def test_slow_servers_end_in_time(serve: Serve, client: MakeClient, slowly: Any) -> None:
    slow = Limits(connect=0.2, read=0.1, whole=0.2)
    with pytest.raises(FetchError) as caught:
        client(limits=slow).fetch(Page(serve(slowly).url()))
    assert (caught.value.reason, caught.value.transient) == (BlindReason.TIMEOUT, True)


def test_the_whole_time_is_counted_across_redirects(serve: Serve, client: MakeClient) -> None:
    server = serve({"/": reply(b"", "302 Found", location="/next"), "/next": reply()})
    looks = itertools.count()  # a timer that goes on by a second whenever it is looked at
    client(timer=lambda: float(next(looks)), limits=Limits(whole=1000)).fetch(Page(server.url("/next")))
    enough = float(next(looks))

    late = itertools.count()
    hurried = client(timer=lambda: float(next(late)), limits=Limits(whole=enough))
    with pytest.raises(FetchError) as caught:
        hurried.fetch(Page(server.url()))
    assert caught.value.reason is BlindReason.TIMEOUT
    assert server.requests[1].startswith("GET / ")


def test_says_who_asks_and_keeps_nothing_between_pages(serve: Serve, client: MakeClient) -> None:
    server = serve(reply(set_cookie="session=1"))
    reader = client(contact="https://larkspur.example/bots")
    for _ in range(2):
        reader.fetch(Page(server.url("/a")))

    first, second = (request.lower() for request in server.requests)
    assert first == second
    assert server.connections == 1
    assert f"host: help.larkspur.example:{server.port}\r\n" in first
    assert "accept-encoding: gzip, deflate\r\n" in first
    assert "(+https://larkspur.example/bots)" in first
    assert "cookie" not in first


def test_user_agent_without_contact() -> None:
    assert user_agent(None).startswith("drift/")
    assert "(" not in user_agent(None)


@pytest.mark.parametrize("contact", ["https://larkspur.example\r\nCookie: a=b", "büro@larkspur.example"])
def test_a_contact_that_cannot_be_sent(contact: str) -> None:
    with pytest.raises(InputError):
        user_agent(contact)


def test_nothing_is_taken_from_the_environment(
    serve: Serve, client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert client().fetch(Page(serve(reply()).url())).body == HTML


def test_nobody_listens(serve: Serve, client: MakeClient) -> None:
    server = serve(reply())
    server.close()
    with pytest.raises(FetchError) as caught:
        client().fetch(Page(server.url()))
    assert (caught.value.reason, caught.value.transient) == (BlindReason.REFUSED, True)


def test_an_idle_connection_that_the_server_closed_is_opened_anew(serve: Serve, client: MakeClient) -> None:
    calls = itertools.count()

    def close_first(send: Callable[[bytes], None], _stop: threading.Event) -> None:
        if next(calls):
            send(reply())

    server = serve({"/a": reply(), "/b": close_first})
    reader = client()
    reader.fetch(Page(server.url("/a")))
    assert reader.fetch(Page(server.url("/b"))).body == HTML
    assert server.connections == 2


def test_a_new_connection_that_is_closed_is_not_tried_again(serve: Serve, client: MakeClient) -> None:
    server = serve(lambda _send, _stop: None)
    with pytest.raises(FetchError) as caught:
        client().fetch(Page(server.url()))
    assert (caught.value.reason, caught.value.transient) == (BlindReason.REFUSED, True)
    assert server.connections == 1


def test_one_client_serves_several_threads(serve: Serve, client: MakeClient) -> None:
    server = serve({f"/{n}": reply(b"%d" % n, content_type="text/plain") for n in range(8)})
    reader = client()
    bodies: dict[int, bytes] = {}

    def get(number: int) -> None:
        bodies[number] = reader.fetch(Page(server.url(f"/{number}"))).body

    threads = [threading.Thread(target=get, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == {number: b"%d" % number for number in range(8)}
