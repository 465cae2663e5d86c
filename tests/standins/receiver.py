"""A real HTTP server on loopback that takes messages, and fails as it is told to."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request: a status with a body, `after` seconds; or it breaks the connection.

    An `endless` body begins with `body` and goes on for as long as anybody reads it.
    """

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0
    reset: bool = False
    endless: bool = False


@dataclass(slots=True)
class Request:
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes


Answer = Callable[[Request], Reply]


class Receiver(ThreadingHTTPServer):
    """Answers every request with what `answer` says, or with the next of `replies` where there is one."""

    daemon_threads = True

    def __init__(self, answer: Answer = lambda _: Reply(), port: int = 0) -> None:
        """Without a `port` it takes a free one."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer = answer
        self.replies: list[Reply] = []
        self.requests: list[Request] = []
        self.released = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def close(self) -> None:
        self.released.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Whoever asks may have gone already."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Receiver

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, self.rfile.read(length))
        self.server.requests.append(request)
        reply = self.server.replies.pop(0) if self.server.replies else self.server.answer(request)
        self.server.released.wait(reply.after)
        if reply.reset:
            self._reset()
            return
        self.send_response(reply.status)
        lengths = {} if reply.endless else {"Content-Length": str(len(reply.body))}
        for name, value in {**lengths, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        while reply.endless and not self.server.released.is_set():
            self.wfile.write(b" " * 1_000)

    def _reset(self) -> None:
        """Break the connection so that the other side sees a reset, not an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
