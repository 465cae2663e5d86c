"""A mail server on loopback: takes mail, asks for TLS and a login where it is told to, and fails as it is told to."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import struct
import threading
from dataclasses import dataclass

from waiting import PATIENCE


@dataclass(frozen=True, slots=True)
class Mail:
    sender: str
    to: tuple[str, ...]
    body: bytes


class SmtpStandIn:
    """`says` gives another answer to a command ('RCPT': '550 no such user'); 'RESET' and 'SILENCE' are no answer."""

    def __init__(self, tls: ssl.SSLContext | None = None, *, wrapped: bool = False, login: str | None = None) -> None:
        self.mails: list[Mail] = []
        self.says: dict[str, str] = {}
        self.secure: list[bool] = []  # of each mail, whether it came through TLS
        self._tls = tls
        self._wrapped = wrapped
        self._login = login  # 'user:password'
        self._stop = threading.Event()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.01)
        self.port = int(self._listener.getsockname()[1])
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

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
            thread = threading.Thread(target=self._talk, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(PATIENCE)
            self._open.append(connection)
            if self._wrapped and self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            with _Session(self, connection) as session:
                session.run()

    def answer(self, command: str, usual: str) -> str:
        return self.says.get(command, usual)

    def knows(self, given: str) -> bool:
        return self._login is None or given == self._login

    @property
    def tls(self) -> ssl.SSLContext | None:
        return self._tls

    @property
    def stopped(self) -> threading.Event:
        return self._stop


class _Session:
    """One connection, from greeting to goodbye."""

    def __init__(self, server: SmtpStandIn, connection: socket.socket) -> None:
        self._server = server
        self._connection = connection
        self._file = connection.makefile("rb")
        self._sender = ""
        self._to: list[str] = []

    def __enter__(self) -> _Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._connection.close()

    def run(self) -> None:
        if not self._say("GREETING", "220 mail.larkspur.example"):
            return
        while line := self._file.readline().decode().strip():
            command, _, rest = line.partition(" ")
            if not self._obey(command.upper(), rest):
                return

    def _obey(self, command: str, rest: str) -> bool:
        match command:
            case "EHLO":
                offers = ["250-mail.larkspur.example", "250-AUTH PLAIN"]
                if self._server.tls and not isinstance(self._connection, ssl.SSLSocket):
                    offers.append("250-STARTTLS")
                return self._say(command, "\r\n".join([*offers, "250 8BITMIME"]))
            case "STARTTLS" if self._server.tls:
                goes_on = self._say(command, "220 go ahead")
                self._file.close()
                self._connection = self._server.tls.wrap_socket(self._connection, server_side=True)
                self._file = self._connection.makefile("rb")
                return goes_on
            case "AUTH":
                _, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
                known = self._server.knows(f"{user}:{password}")
                return self._say(command, "235 welcome" if known else f"535 {password} is not the password")
            case "MAIL":
                self._sender = _address(rest)
            case "RCPT":
                self._to.append(_address(rest))
                return self._say(f"RCPT {self._to[-1]}", self._server.answer("RCPT", "250 ok"))
            case "DATA":
                return self._say(command, "354 go on") and self._data()
            case "QUIT":
                self._say(command, "221 bye")
                return False
        return self._say(command, "250 ok")

    def _data(self) -> bool:
        lines: list[bytes] = []
        while (line := self._file.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        answer = self._server.answer("MESSAGE", "250 queued")
        if answer.startswith("250"):
            self._server.mails.append(Mail(self._sender, tuple(self._to), b"".join(lines)))
            self._server.secure.append(isinstance(self._connection, ssl.SSLSocket))
        return self._say("MESSAGE", answer)

    def _say(self, command: str, usual: str) -> bool:
        answer = self._server.answer(command, usual)
        if answer == "SILENCE":
            self._server.stopped.wait()
            return False
        if answer == "RESET":
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._file.close()
            self._connection.close()
            return False
        self._connection.sendall(answer.encode() + b"\r\n")
        return True


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]
