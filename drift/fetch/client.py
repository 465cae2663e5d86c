"""http(s) addresses in, snapshots out.

Redirects are followed by hand, so that every hop passes the gate again. A redirect from https to http is followed,
as the customer's browser would: an http address may be named in the first place, and what was given for one origin
is never sent to another. Requests go to the transport itself and not through an httpx client, which would add
cookies of earlier pages, credentials of addresses and proxies of the environment.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import httpcore
import httpx

from drift import __version__
from drift.fetch import bounded, failures, media
from drift.fetch.answer import NOT_MODIFIED, HttpAnswer
from drift.fetch.gate import Gate
from drift.fetch.limits import Limits
from drift.fetch.origin_headers import NOTHING, OriginHeaders
from drift.fetch.pinned import CONNECTIONS, Connections, TimeLeft, Timer
from drift.fetch.target import Target, target
from drift.model import NotModified, Page, Snapshot, Validators, bot_challenges
from drift.model.errors import BlindReason, FetchError, InputError
from drift.model.ports import Clock

ACCEPT = b"text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8"
GZIP = b"\x1f\x8b"  # how a gzip file begins
CODINGS = b"gzip, deflate"  # what `bounded` can unfold within bounds

OnHop = Callable[[Target], None]  # may raise FetchError where a redirect is not to be followed
Headers = list[tuple[bytes, bytes]]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Download:
    """Bytes that are no article: a sitemap, a robots.txt."""

    body: bytes
    media: str  # '' where the answer names none
    url: str  # where redirects led


class Client:
    """A Fetcher for http(s). Holds a few connections open until `close()`.

    May be shared by as many threads as it holds connections; more would wait for one another within the time of
    their own page.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        gate: Gate | None = None,
        limits: Limits | None = None,
        contact: str | None = None,
        tls: ssl.SSLContext | None = None,
        timer: Timer = time.monotonic,
        connections: int = CONNECTIONS,
    ) -> None:
        """`contact` is where a site's owner learns who reads it: an address, sent in the User-Agent.

        `tls` is the context that certificates are verified with; by default they may lead to an authority of the
        Mozilla list or of this machine's own store, where companies keep theirs.
        """
        self._clock = clock
        self._limits = limits or Limits()
        self._time_left = TimeLeft(timer)
        self._connections = Connections(gate or Gate(), self._time_left, tls or trusted(), connections)
        self._agent = (b"User-Agent", user_agent(contact).encode("ascii"))
        timeout = httpx.Timeout(self._limits.read, connect=self._limits.connect)
        self._extensions = {"timeout": timeout.as_dict()}

    def fetch(self, page: Page) -> Snapshot:
        """The page as it is now, wherever redirects lead. Raises FetchError with the class of failure.

        A body that is shorter than announced, or broken off, is a failure and never half a page.
        """
        snapshot = self.ask(page)
        assert isinstance(snapshot, Snapshot)  # NotModified answers validators only
        return snapshot

    def ask(
        self,
        page: Page,
        validators: Validators | None = None,
        *,
        fresh: bool = False,
        given: OriginHeaders = NOTHING,
        on_hop: OnHop | None = None,
    ) -> Snapshot | NotModified:
        """The page, or that it is what `validators` name.

        `fresh` asks every cache on the way for the page itself, and ignores `validators`. `on_hop` is shown where a
        redirect leads, before it is followed. Raises FetchError.
        """
        headers: Headers = [self._agent, (b"Accept", ACCEPT), (b"Accept-Encoding", CODINGS)]
        if fresh:
            headers += [(b"Cache-Control", b"no-cache"), (b"Pragma", b"no-cache")]
            validators = None
        elif validators:
            headers += _conditions(validators)

        def read(answer: HttpAnswer, at: Target) -> Snapshot | NotModified:
            if validators and answer.status == NOT_MODIFIED:
                return NotModified(page, _validators(answer, validators), at.text, self._clock())
            return self._snapshot(page, at, answer)

        return self._follow(page.address, headers, given, read, on_hop)

    def document(self, address: str, *, most: int | None = None, given: OriginHeaders = NOTHING) -> Download:
        """The bytes at an address, whatever their media; those of a gzip file unpacked.

        With `most` the first so many, and as they are. Raises FetchError.
        """

        def read(answer: HttpAnswer, at: Target) -> Download:
            self._refuse(answer)
            if most is None:
                self._check_announced(answer)
                body = bounded.body(answer.chunks(), answer.coding, self._limits)
                if body.startswith(GZIP):
                    body = bounded.body([body], "gzip", self._limits)
                return Download(body, answer.media, at.text)
            return Download(bounded.start(answer.chunks(), answer.coding, most), answer.media, at.text)

        headers = [self._agent, (b"Accept", b"*/*"), (b"Accept-Encoding", CODINGS)]
        return self._follow(address, headers, given, read)

    def close(self) -> None:
        self._connections.close()

    def _follow(
        self,
        address: str,
        headers: Headers,
        given: OriginHeaders,
        read: Callable[[HttpAnswer, Target], Read],
        on_hop: OnHop | None = None,
    ) -> Read:
        with self._time_left.within(self._limits.whole):
            try:
                return self._hops(target(address), headers, given, read, on_hop)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise failures.of_connection(error) from error

    def _hops(
        self,
        at: Target,
        headers: Headers,
        given: OriginHeaders,
        read: Callable[[HttpAnswer, Target], Read],
        on_hop: OnHop | None,
    ) -> Read:
        visited = [at.text]
        while True:
            with closing(self._send(at, headers, given)) as answer:
                if not 300 <= answer.status < 400:
                    return read(answer, at)
                answer.pass_over()
                if answer.status == NOT_MODIFIED:
                    return read(answer, at)
                location = answer.location
                if location is None:
                    raise FetchError(BlindReason.REDIRECTS, f"HTTP {answer.status} without an address to go to")
                at = target(location, at)
            if at.text in visited:
                raise FetchError(BlindReason.REDIRECTS, f"redirected back to {at.text}")
            if len(visited) > self._limits.redirects:
                raise FetchError(BlindReason.REDIRECTS, f"redirected more than {self._limits.redirects} times")
            visited.append(at.text)
            if on_hop:
                on_hop(at)

    def _send(self, at: Target, headers: Sequence[tuple[bytes, bytes]], given: OriginHeaders) -> HttpAnswer:
        sent = [(b"Host", at.host_header), *headers, *given.for_origin(at.origin)]
        request = httpcore.Request(b"GET", at.for_core(), headers=sent, extensions=self._extensions)
        return HttpAnswer(self._connections.ask(request), self._limits)

    def _snapshot(self, page: Page, at: Target, answer: HttpAnswer) -> Snapshot:
        self._refuse(answer)
        told = _media(answer, at)
        self._check_announced(answer)
        body = bounded.body(answer.chunks(), answer.coding, self._limits)
        if not body:
            raise FetchError(BlindReason.EMPTY, "no bytes")
        told = told or media.of_content(body)
        if told is None:
            raise FetchError(BlindReason.NOT_TEXT, "binary, and the answer does not say what")
        kept = _validators(answer, Validators())
        return Snapshot(
            page, body, told, answer.charset, answer.status, at.text, self._clock(), kept.etag, kept.last_modified
        )

    def _refuse(self, answer: HttpAnswer) -> None:
        """Raises FetchError where the answer is a failure, with its class."""
        if owner := bot_challenges.of_header(answer.headers):
            raise FetchError(BlindReason.BOT_WALL, f"a challenge of {owner}, HTTP {answer.status}")
        if failure := failures.of_answer(answer, self._clock):
            raise failure

    def _check_announced(self, answer: HttpAnswer) -> None:
        if answer.announced > self._limits.raw:
            raise FetchError(BlindReason.TOO_LARGE, f"{answer.announced:,} bytes announced")


def user_agent(contact: str | None) -> str:
    """How drift names itself: 'drift/0.1.0 (+https://larkspur.example/bots)', or without the bracket.

    Raises InputError where the contact cannot stand in a header.
    """
    name = f"drift/{__version__}"
    if contact and not (contact.isascii() and contact.isprintable()):
        raise InputError(f"the contact {contact!r} cannot be sent; expected an address in printable ASCII")
    return f"{name} (+{contact})" if contact else name


@cache
def trusted() -> ssl.SSLContext:
    """What certificates are verified with: authorities of the Mozilla list, and of this machine's own store.

    One for all clients of a process: reading the authorities takes a tenth of a second.
    """
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _conditions(validators: Validators) -> Headers:
    """What asks for another version than this. A validator that cannot stand in a header asks nothing."""
    asked = ((b"If-None-Match", validators.etag), (b"If-Modified-Since", validators.last_modified))
    return [(name, value.encode("latin-1")) for name, value in asked if value and _sendable(value)]


def _sendable(value: str) -> bool:
    return value.isprintable() and all(ord(character) < 256 for character in value)


def _validators(answer: HttpAnswer, before: Validators) -> Validators:
    """Those an answer carries; where it carries none, those of before still hold."""
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    return Validators(etag, modified) if etag or modified else before


def _media(answer: HttpAnswer, at: Target) -> str | None:
    """The media type of an answer, or None if it does not say. Raises FetchError (NOT_TEXT) if it is no text.

    Markdown that a server calls plain text is told by the suffix of its address.
    """
    named = answer.media
    if not named:
        return None
    told = media.TEXT_MEDIA.get(named)
    if told is None:
        raise FetchError(BlindReason.NOT_TEXT, named[:80])
    return media.of_suffix(at.path) or told if told == media.PLAIN else told
