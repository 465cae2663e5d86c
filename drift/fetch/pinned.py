"""Connections to checked addresses only, and never for longer than a fetch may last.

    Client -> Connections -> httpcore pool -> PinnedBackend -> socket

The backend asks the gate for addresses and connects to one of them; the request keeps the host's name for its Host
header and for the server name of TLS, and the certificate is checked against that name.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import httpcore

from drift.fetch.gate import Gate

CONNECTIONS = 4  # a pool looks through its connections at every request, so it stays small
KEEP_ALIVE = 5.0  # seconds a connection waits for the next page of its host

Timer = Callable[[], float]  # seconds, from any start, never backwards
SocketOptions = Iterable[httpcore.SOCKET_OPTION]


class TimeLeft(threading.local):
    """What is left of the time of the fetch that runs on this thread; unbounded outside a fetch."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._ends: float | None = None

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        outer = self._ends
        self._ends = self._timer() + seconds
        try:
            yield
        finally:
            self._ends = outer

    def cap(self, timeout: float | None) -> float | None:
        """The shorter of a timeout and the time left. Raises httpcore.ReadTimeout where nothing is left."""
        if self._ends is None:
            return timeout
        left = self._ends - self._timer()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for one page is up")
        return left if timeout is None else min(left, timeout)


class PinnedStream(httpcore.NetworkStream):
    """A connection whose every wait is capped by the time left: a body or a header that drips comes to an end."""

    def __init__(self, inner: httpcore.NetworkStream, time_left: TimeLeft) -> None:
        self._inner = inner
        self._time_left = time_left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._time_left.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._time_left.cap(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._time_left.cap(timeout))
        return PinnedStream(secured, self._time_left)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class _Count(threading.local):
    """A number that each thread counts for itself."""

    number = 0


class PinnedBackend(httpcore.NetworkBackend):
    """Opens connections through the gate."""

    def __init__(self, gate: Gate, time_left: TimeLeft) -> None:
        self._gate = gate
        self._time_left = time_left
        self._sockets = httpcore.SyncBackend()
        self.opened = _Count()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address that answers. Raises FetchError from the gate."""
        failure: Exception | None = None
        for address in self._gate.addresses(host, port):
            wait = self._time_left.cap(timeout)
            try:
                stream = self._sockets.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                self.opened.number += 1
                return PinnedStream(stream, self._time_left)
        raise failure or httpcore.ConnectError(f"{host} has no address")


class Connections:
    """A small pool of pinned connections. Errors are those of httpcore, and FetchError.

    Safe to share between threads: httpcore runs a request on the thread that asked for it.
    """

    def __init__(self, gate: Gate, time_left: TimeLeft, tls: ssl.SSLContext, most: int = CONNECTIONS) -> None:
        self._backend = PinnedBackend(gate, time_left)
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=most,
            max_keepalive_connections=most,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=self._backend,
        )

    def ask(self, request: httpcore.Request) -> httpcore.Response:
        """The answer, from a new connection where the server had closed the idle one that was taken.

        Every failure takes a connection out of the pool, so this comes to an end. Only for requests that may be
        sent twice.
        """
        while True:
            opened = self._backend.opened.number
            try:
                return self._pool.handle_request(request)
            except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError):
                if self._backend.opened.number != opened:
                    raise

    def close(self) -> None:
        self._pool.close()
