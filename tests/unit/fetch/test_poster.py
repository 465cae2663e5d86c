"""Messages out, through the gate: each sent once, and no address in any error."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

import pytest
import trustme
from waiting import PATIENCE

from drift.fetch.gate import Gate
from drift.fetch.poster import Poster
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.responses import Body

HOST = "hooks.larkspur.example"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECRET = "t0ken-of-the-address"
Serve = Callable[..., Any]


def ok(body: bytes = b"ok", head: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body


@pytest.fixture
def poster() -> Iterator[Callable[..., Poster]]:
    made: list[Poster] = []

    def make(**options: Any) -> Poster:
        gate = Gate(allow=(ip_network("127.0.0.0/8"),), resolve=lambda _host, _port: ["127.0.0.1"])
        given = {"gate": gate, "tls": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **options}
        made.append(Poster(lambda: NOON, **given))
        return made[-1]

    yield make
    for each in made:
        each.close()


def address(port: int, scheme: str = "http") -> str:
    return f"{scheme}://{HOST}:{port}/in/{SECRET}"


def failure(poster: Poster, url: str, timeout: float = PATIENCE) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        poster.post(url, b"{}", {}, timeout)
    assert SECRET not in str(caught.value)
    assert HOST not in str(caught.value)
    assert caught.value.__suppress_context__
    return caught.value


def test_a_message_arrives_with_its_headers(serve: Serve, poster: Callable[..., Poster]) -> None:
    server = serve(ok(b"taken", "X-Thing: 1\r\n"))
    response = poster(contact="ops@larkspur.example").post(address(server.port), b"{}", {"X-Key": "k"}, PATIENCE)
    assert (response.status, response.body, response.headers["x-thing"]) == (200, b"taken", "1")
    (request,) = server.requests
    assert request.startswith(f"POST /in/{SECRET} HTTP/1.1\r\n")
    for header in (f"Host: {HOST}:{server.port}", "Content-Length: 2", "X-Key: k", "User-Agent: drift/"):
        assert header in request


def test_a_header_may_hold_what_a_secret_of_the_settings_may(serve: Serve, poster: Callable[..., Poster]) -> None:
    server = serve(ok())
    poster().post(address(server.port), b"{}", {"X-Key": "cl\xe9"}, PATIENCE)
    assert "X-Key: cl\xe9" in server.requests[0]


@pytest.mark.parametrize(("header", "wait"), [("7", 7.0), ("Sat, 21 Nov 2026 12:01:00 GMT", 60.0), ("soon", None)])
def test_when_to_try_again(serve: Serve, poster: Callable[..., Poster], header: str, wait: float | None) -> None:
    answer = f"HTTP/1.1 429 Slow\r\nRetry-After: {header}\r\nContent-Length: 0\r\n\r\n".encode()
    response = poster().post(address(serve(answer).port), b"{}", {}, PATIENCE)
    assert (response.status, response.retry_after) == (429, wait)


def test_a_redirect_is_an_answer(serve: Serve, poster: Callable[..., Poster]) -> None:
    server = serve(b"HTTP/1.1 307 Go\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
    assert poster().post(address(server.port), b"{}", {}, PATIENCE).status == 307
    assert len(server.requests) == 1


def test_a_long_body_is_read_from_its_start_only(serve: Serve, poster: Callable[..., Poster]) -> None:
    response = poster().post(address(serve(ok(b"x" * 1_000_000)).port), b"{}", {}, PATIENCE)
    assert (len(response.body), response.read) == (4_096, Body.LONGER)


@pytest.mark.parametrize(("most", "read"), [(7, Body.LONGER), (8, Body.WHOLE), (9, Body.WHOLE)])
def test_who_wants_more_of_a_body_learns_whether_it_has_all(
    serve: Serve, poster: Callable[..., Poster], most: int, read: Body
) -> None:
    response = poster().post(address(serve(ok(b"x" * 8)).port), b"{}", {}, PATIENCE, most=most)
    assert (len(response.body), response.read) == (min(most, 8), read)


def test_a_body_without_end_ends_where_nothing_more_of_it_is_wanted(
    serve: Serve, poster: Callable[..., Poster]
) -> None:
    def stream(send: Callable[[bytes], None], stop: threading.Event) -> None:
        send(b"HTTP/1.1 200 OK\r\n\r\n")
        while not stop.wait(0.001):
            send(b"x" * 1_000)

    response = poster().post(address(serve(stream).port), b"{}", {}, PATIENCE, most=20_000)
    assert (len(response.body), response.read) == (20_000, Body.LONGER)


def test_a_body_that_drips_without_end_ends_with_its_time(serve: Serve, poster: Callable[..., Poster]) -> None:
    def drip(send: Callable[[bytes], None], stop: threading.Event) -> None:
        send(b"HTTP/1.1 200 OK\r\n\r\n")
        while not stop.wait(0.05):
            send(b"x")

    response = poster().post(address(serve(drip).port), b"{}", {}, 0.5, most=20_000)
    assert (response.status, response.body, response.read) == (200, b"", Body.BROKEN_OFF)


def test_a_body_that_breaks_off_takes_nothing_back(serve: Serve, poster: Callable[..., Poster]) -> None:
    """The status says that the message arrived: to send it again would say it twice."""
    server = serve(lambda send, _stop: send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok"))
    response = poster().post(address(server.port), b"{}", {}, PATIENCE)
    assert (response.status, response.read) == (200, Body.BROKEN_OFF)


def test_a_connection_that_breaks_is_not_sent_into_again(serve: Serve, poster: Callable[..., Poster]) -> None:
    replies: list[Any] = [ok(), lambda _send, _stop: None]
    server = serve(lambda send, stop: replies.pop(0)(send, stop) if callable(replies[0]) else send(replies.pop(0)))
    sender = poster()
    sender.post(address(server.port), b"{}", {}, PATIENCE)
    error = failure(sender, address(server.port))
    assert (error.failure, error.transient) == (DeliveryFailure.UNREACHABLE, True)
    assert len(server.requests) == 2


def test_an_answer_that_does_not_come(serve: Serve, poster: Callable[..., Poster]) -> None:
    def wait(_send: object, stop: threading.Event) -> None:
        stop.wait()

    error = failure(poster(), address(serve(wait).port), 0.3)
    assert (error.failure, error.transient) == (DeliveryFailure.TIMEOUT, True)


def test_an_answer_that_drips(serve: Serve, poster: Callable[..., Poster]) -> None:
    def drip(send: Callable[[bytes], None], stop: threading.Event) -> None:
        send(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        while not stop.wait(0.05):
            send(b"x")

    assert failure(poster(), address(serve(drip).port), 0.3).failure is DeliveryFailure.TIMEOUT


def test_nobody_there(serve: Serve, poster: Callable[..., Poster]) -> None:
    server = serve(ok())
    server.close()
    error = failure(poster(), address(server.port))
    assert (error.failure, error.transient) == (DeliveryFailure.UNREACHABLE, True)


def test_a_certificate_nobody_vouches_for(serve: Serve, poster: Callable[..., Poster]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(HOST).configure_cert(context)
    error = failure(poster(), address(serve(ok(), tls=context).port, "https"))
    assert (error.failure, error.transient) == (DeliveryFailure.TLS, True)


def test_a_private_network_is_closed_unless_it_is_named(serve: Serve, poster: Callable[..., Poster]) -> None:
    server = serve(ok())
    error = failure(poster(gate=Gate(resolve=lambda _host, _port: ["127.0.0.1"])), address(server.port))
    assert (error.failure, error.transient) == (DeliveryFailure.PRIVATE, False)
    assert server.requests == []


def test_a_name_that_does_not_resolve(poster: Callable[..., Poster]) -> None:
    error = failure(poster(gate=Gate(resolve=lambda _host, _port: [])), address(80))
    assert (error.failure, error.transient) == (DeliveryFailure.UNREACHABLE, True)


@pytest.mark.parametrize("url", [f"ftp://{HOST}/{SECRET}", f"{HOST}/{SECRET}", f"http://[{SECRET}", "https://"])
def test_an_address_that_is_none(poster: Callable[..., Poster], url: str) -> None:
    error = failure(poster(), url)
    assert (error.failure, error.transient) == (DeliveryFailure.ADDRESS, False)
