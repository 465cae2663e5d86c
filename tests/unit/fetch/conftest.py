"""Real servers on loopback that send exactly the bytes a test gives them."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from drift.fetch import Client, Gate, Limits

HOST = "help.larkspur.example"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
Send = Callable[[bytes], None]
Answer = bytes | Callable[[Send, threading.Event], None]  # bytes, or what sends them piece by piece until told to stop


class Server:
    """Answers each path as told, any path as `'*'`; keeps every request, and closes after an unsized answer."""

    def __init__(self, answers: dict[str, Answer], tls: ssl.SSLContext | None) -> None:
        self.requests: list[str] = []
        self.connections = 0
        self._answers = answers
        self._tls = tls
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.01)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{HOST}:{self.port}{path}"

    def close(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            thread = threading.Thread(target=self._talk, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(2)
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                while self._answer_one(connection):
                    pass

    def _answer_one(self, connection: socket.socket) -> bool:
        request = b""
        while b"\r\n\r\n" not in request:
            received = connection.recv(4096)
            if not received:
                return False
            request += received
        self.requests.append(request.decode("latin-1"))
        path = self.requests[-1].split(" ")[1]
        reply = self._answers.get(path) or self._answers["*"]
        if callable(reply):
            reply(connection.sendall, self._stop)
            return False
        connection.sendall(reply)
        return b"content-length" in reply.lower()


Serve = Callable[..., Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """serve(answer or {path: answer}, tls=None) -> Server, closed when the test ends."""
    servers: list[Server] = []

    def start(answers: Answer | dict[str, Answer], tls: ssl.SSLContext | None = None) -> Server:
        servers.append(Server(answers if isinstance(answers, dict) else {"*": answers}, tls))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def client() -> Iterator[Callable[..., Client]]:
    """client(**options) -> Client that finds every host on loopback and may go there, with short times."""
    clients: list[Client] = []

    def make(**options: object) -> Client:
        gate = Gate(allow=(ip_network("127.0.0.0/8"),), resolve=lambda _host, _port: ["127.0.0.1"])
        limits = Limits(raw=100_000, decoded=200_000, connect=0.5, read=0.3, whole=0.5)
        no_authority = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # quicker to make than one that trusts somebody
        given: dict[str, object] = {"gate": gate, "limits": limits, "tls": no_authority, **options}
        clients.append(Client(lambda: NOON, **given))  # type: ignore[arg-type]
        return clients[-1]

    yield make
    for made in clients:
        made.close()
