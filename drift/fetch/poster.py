"""Bodies out, answers in: how notifiers and annotators reach the addresses they were given, through the one gate.

An address may be a secret, so no error names it or any part of it. A redirect is not followed: what was meant for
one receiver goes to no other.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from contextlib import closing

import httpcore
import httpx

from drift.fetch import after, bounded, failures
from drift.fetch.answer import HttpAnswer
from drift.fetch.client import trusted, user_agent
from drift.fetch.gate import Gate
from drift.fetch.limits import Limits
from drift.fetch.pinned import CONNECTIONS, Connections, TimeLeft, Timer
from drift.fetch.target import Target, target
from drift.model.errors import BlindReason, DeliveryError, DeliveryFailure, FetchError
from drift.model.ports import Clock
from drift.model.responses import START, Body, Response

_BROKEN = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)

_FAILURES = {
    BlindReason.DNS: (DeliveryFailure.UNREACHABLE, "its host name does not resolve"),
    BlindReason.PRIVATE: (DeliveryFailure.PRIVATE, "its host is on a private network, which `allow_private` opens"),
    BlindReason.SCHEME: (DeliveryFailure.ADDRESS, "its address is none that http or https could reach"),
    BlindReason.TIMEOUT: (DeliveryFailure.TIMEOUT, "it did not answer in time"),
    BlindReason.TLS: (DeliveryFailure.TLS, "its certificate or TLS handshake is not valid"),
    BlindReason.REFUSED: (DeliveryFailure.UNREACHABLE, "nobody answers there, or the connection broke"),
}
# What only a change of settings mends. A name that does not resolve, or a certificate that ran out, may be mended by
# somebody else within the day in which a delivery is tried again.
_LASTING = frozenset({DeliveryFailure.PRIVATE, DeliveryFailure.ADDRESS})


class Poster:
    """An Http. Each request has a connection of its own, so that none is ever sent twice by itself.

    May be shared by threads; of more than `at_once` requests the others wait, within their time.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        gate: Gate | None = None,
        contact: str | None = None,
        tls: ssl.SSLContext | None = None,
        timer: Timer = time.monotonic,
        at_once: int = CONNECTIONS,
    ) -> None:
        """`contact` and `tls` are those of a Client. Raises InputError where the contact cannot stand in a header."""
        self._clock = clock
        self._time_left = TimeLeft(timer)
        self._connections = Connections(gate or Gate(), self._time_left, tls or trusted(), at_once)
        self._agent = user_agent(contact)
        self._limits = Limits()

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float, *, most: int = START) -> Response:
        """The answer, whatever its status, with at most so many bytes of its body.

        `timeout` is for all of it, in seconds.

        Raises DeliveryError where there was no answer.
        """
        with self._time_left.within(timeout):
            try:
                return self._ask(target(url), body, headers, timeout, most)
            except _BROKEN as error:
                raise _told(failures.of_connection(error)) from None  # its words may name the host
            except FetchError as error:
                raise _told(error) from None

    def close(self) -> None:
        self._connections.close()

    def _ask(self, at: Target, body: bytes, headers: Mapping[str, str], timeout: float, most: int) -> Response:
        sent = [
            (b"Host", at.host_header),
            (b"User-Agent", self._agent.encode("ascii")),
            (b"Connection", b"close"),
            (b"Content-Length", str(len(body)).encode("ascii")),
            *((name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()),
        ]
        waits = {"timeout": httpx.Timeout(timeout).as_dict()}
        request = httpcore.Request(b"POST", at.for_core(), headers=sent, content=body, extensions=waits)
        with closing(HttpAnswer(self._connections.ask(request), self._limits)) as answer:
            wait = after.seconds(answer.headers.get("retry-after"), self._clock())
            start, read = _start(answer, most)
            return Response(answer.status, start, answer.headers, wait, read)


def _start(answer: HttpAnswer, most: int) -> tuple[bytes, Body]:
    """The start of a body. The status says what became of the request, so a body that breaks off is no error."""
    try:
        begun = bounded.start(answer.chunks(), answer.coding, most + 1)
    except (FetchError, *_BROKEN):
        return b"", Body.BROKEN_OFF
    return begun[:most], Body.LONGER if len(begun) > most else Body.WHOLE


def _told(error: FetchError) -> DeliveryError:
    failure, words = _FAILURES.get(error.reason, (DeliveryFailure.UNREACHABLE, "its answer cannot be read"))
    return DeliveryError(failure, words, transient=failure not in _LASTING)
