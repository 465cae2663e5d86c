"""Real servers on loopback that send exactly the bytes a test gives them."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from waiting import PATIENCE

from drift.fetch.client import Client
from drift.fetch.gate import Gate
from drift.fetch.limits import Limits
from drift.fetch.outage import Outages
from drift.fetch.pace import Tempo
from drift.fetch.polite_client import PoliteClient, Retries

HOST = "help.larkspur.example"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
Send = Callable[[bytes], None]
# Bytes, a list of them sent one after another (the last again and again), or what sends them until told to stop.
Answer = bytes | list[bytes] | Callable[[Send, threading.Event], None]


class Server:
    """Answers each path as told, any path as `'*'`; keeps every request, and closes after an unsized answer."""

    def __init__(self, answers: dict[str, Answer], tls: ssl.SSLContext | None) -> None:
        self.requests: list[str] = []
        self.connections = 0
        self._answers = answers
        self._tls = tls
        self._stop = threading.Event()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.01)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{HOST}:{self.port}{path}"

    def close(self) -> None:
        self._stop.set()
        self._threads[0].join()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            thread = threading.Thread(target=self._talk, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(PATIENCE)
            self._open.append(connection)
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
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
        if isinstance(reply, list):
            reply = reply.pop(0) if len(reply) > 1 else reply[0]
        if callable(reply):
            reply(connection.sendall, self._stop)
            return False
        connection.sendall(reply)
        return b"content-length" in reply.lower() or reply.startswith(b"HTTP/1.1 304")

    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.split(" ")[1] for request in self.requests]


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
    """client(**options) -> Client that finds every host on loopback and may go there, with patience."""
    clients: list[Client] = []

    def make(**options: object) -> Client:
        gate = Gate(allow=(ip_network("127.0.0.0/8"),), resolve=lambda _host, _port: ["127.0.0.1"])
        limits = Limits(raw=100_000, decoded=200_000, connect=PATIENCE, read=PATIENCE, whole=PATIENCE)
        no_authority = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # quicker to make than one that trusts somebody
        given: dict[str, object] = {"gate": gate, "limits": limits, "tls": no_authority, **options}
        clients.append(Client(lambda: NOON, **given))  # type: ignore[arg-type]
        return clients[-1]

    yield make
    for made in clients:
        made.close()


class Time:
    """A timer and a clock that only sleeping moves on; keeps how long each sleep was."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def timer(self) -> float:
        return self.now

    def clock(self) -> datetime:
        return NOON + timedelta(seconds=self.now)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(round(seconds, 3))
            self.now += seconds


@pytest.fixture
def passing() -> Time:
    return Time()


@pytest.fixture
def courier(client: Callable[..., Client], passing: Time) -> Callable[..., PoliteClient]:
    """courier(client=None, **options) -> PoliteClient without a pace of its own, whose dice fall on the middle."""

    def make(own: Client | None = None, **options: object) -> PoliteClient:
        given: dict[str, object] = {
            "tempo": Tempo(rate=None),
            "retries": Retries(attempts=3, first=1.0, patience=60.0),
            "outages": Outages(3, 6),
            **options,
        }
        made = own or client()
        return PoliteClient(
            made,
            passing.clock,
            timer=passing.timer,
            sleep=passing.sleep,
            dice=lambda: 0.5,
            **given,  # type: ignore[arg-type]
        )

    return make
