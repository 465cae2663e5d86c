"""Certificates are verified, against the name that was asked for and not the address connected to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any

import pytest
import trustme

from drift.fetch.client import Client, trusted
from drift.model import Page
from drift.model.errors import BlindReason, FetchError

HOST = "help.larkspur.example"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
MakeClient = Callable[..., Client]
Serve = Callable[..., Any]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def certified(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def failure(client: Client, address: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.fetch(Page(address))
    return caught.value


@pytest.mark.parametrize("host", [HOST, f"{HOST}."])
def test_a_good_certificate(
    serve: Serve, client: MakeClient, authority: trustme.CA, trusting: ssl.SSLContext, host: str
) -> None:
    context = certified(authority, HOST)
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    server = serve(OK, tls=context)
    assert client(tls=trusting).fetch(Page(f"https://{host}:{server.port}/")).body == b"ok"
    assert names == [HOST]


def test_a_certificate_for_another_name(
    serve: Serve, client: MakeClient, authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    server = serve(OK, tls=certified(authority, "127.0.0.1", "www.larkspur.example"))
    error = failure(client(tls=trusting), server.url(scheme="https"))
    assert (error.reason, error.transient) == (BlindReason.TLS, False)
    assert HOST in error.detail
    assert not server.requests


def test_a_certificate_nobody_vouches_for(serve: Serve, client: MakeClient, authority: trustme.CA) -> None:
    server = serve(OK, tls=certified(authority, HOST))
    error = failure(client(tls=trusted()), server.url(scheme="https"))
    assert (error.reason, error.transient) == (BlindReason.TLS, False)


def test_http_where_tls_is_expected(
    serve: Serve, client: MakeClient, authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    server = serve(OK, tls=certified(authority, HOST))
    assert failure(client(tls=trusting), server.url()).reason is BlindReason.REFUSED


def test_tls_where_http_is_spoken(client: MakeClient, trusting: ssl.SSLContext) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_greet_in_plain_text, args=(listener,))
        thread.start()
        error = failure(client(tls=trusting), f"https://{HOST}:{listener.getsockname()[1]}/")
        thread.join()
    assert error.reason is BlindReason.TLS


def _greet_in_plain_text(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(4096)
        connection.sendall(OK)


def test_by_default_the_mozilla_list_or_the_machine_vouches() -> None:
    context = trusted()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert len(context.get_ca_certs()) > 50
