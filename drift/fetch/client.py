"""http(s) addresses in, snapshots out.

Redirects are followed by hand, so that every hop passes the gate again. A redirect from https to http is followed,
as the customer's browser would: an http address may be named in the first place, and nothing secret is ever sent.
Requests go to the transport itself and not through an httpx client, which would add cookies of earlier pages,
credentials of addresses and proxies of the environment.
"""

from __future__ import annotations

import ssl
import time
from contextlib import closing

import httpcore
import httpx

from drift import __version__
from drift.errors import BlindReason, FetchError, InputError
from drift.fetch import bounded, failures, media
from drift.fetch.gate import Gate
from drift.fetch.limits import Limits
from drift.fetch.pinned import PinnedTransport, TimeLeft, Timer
from drift.model import Page, Snapshot
from drift.ports import Clock

ACCEPT = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8"
CODINGS = "gzip, deflate"  # what `bounded` can unfold within bounds
HIGHEST_PORT = 65535


class Client:
    """A Fetcher for http(s). Holds a few connections open until `close()`.

    May be shared by as many threads as it holds connections (`pinned.CONNECTIONS`); more would wait for one another
    within the time of their own page.
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
    ) -> None:
        """`contact` is where a site's owner learns who reads it: an address, sent in the User-Agent.

        `tls` is the context that certificates are verified with; by default they may lead to an authority of the
        Mozilla list or of this machine's own store, where companies keep theirs.
        """
        self._clock = clock
        self._limits = limits or Limits()
        self._time_left = TimeLeft(timer)
        self._transport = PinnedTransport(gate or Gate(), self._time_left, tls or _trusted())
        self._headers = {"User-Agent": user_agent(contact), "Accept": ACCEPT, "Accept-Encoding": CODINGS}
        timeout = httpx.Timeout(self._limits.read, connect=self._limits.connect)
        self._extensions = {"timeout": timeout.as_dict()}

    def fetch(self, page: Page) -> Snapshot:
        """The page as it is now, wherever redirects lead. Raises FetchError with the class of failure.

        A body that is shorter than announced, or broken off, is a failure and never half a page.
        """
        with self._time_left.within(self._limits.whole):
            try:
                return self._follow(page)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise failures.of_connection(error) from error

    def close(self) -> None:
        self._transport.close()

    def _follow(self, page: Page) -> Snapshot:
        url = _reachable(page.address)
        visited = [url]
        while True:
            with closing(self._ask(url)) as answer:
                self._check_header(answer)
                if not 300 <= answer.status_code < 400:
                    return self._snapshot(page, url, answer)
                if "location" not in answer.headers:
                    raise FetchError(BlindReason.REDIRECTS, f"HTTP {answer.status_code} without an address to go to")
                url = _reachable(answer.headers["location"], url)
            if url in visited:
                raise FetchError(BlindReason.REDIRECTS, f"redirected back to {url}")
            if len(visited) > self._limits.redirects:
                raise FetchError(BlindReason.REDIRECTS, f"redirected more than {self._limits.redirects} times")
            visited.append(url)

    def _ask(self, url: httpx.URL) -> httpx.Response:
        return self._transport.handle_request(
            httpx.Request("GET", url, headers=self._headers, extensions=self._extensions)
        )

    def _check_header(self, answer: httpx.Response) -> None:
        if sum(len(name) + len(value) for name, value in answer.headers.raw) > self._limits.headers:
            raise FetchError(BlindReason.TOO_LARGE, f"a header of more than {self._limits.headers:,} bytes")

    def _snapshot(self, page: Page, url: httpx.URL, answer: httpx.Response) -> Snapshot:
        if failure := failures.of_status(answer.status_code):
            raise failure
        told = _media(answer, url)
        announced = int(answer.headers.get("content-length", "0"))  # h11 lets nothing but digits through
        if announced > self._limits.raw:
            raise FetchError(BlindReason.TOO_LARGE, f"{announced:,} bytes announced")
        body = bounded.body(answer.iter_raw(), answer.headers.get("content-encoding", ""), self._limits)
        if not body:
            raise FetchError(BlindReason.EMPTY, "no bytes")
        told = told or media.of_content(body)
        if told is None:
            raise FetchError(BlindReason.NOT_TEXT, "binary, and the answer does not say what")
        return Snapshot(page, body, told, answer.charset_encoding, answer.status_code, str(url), self._clock())


def user_agent(contact: str | None) -> str:
    """How drift names itself: 'drift/0.1.0 (+https://larkspur.example/bots)', or without the bracket.

    Raises InputError where the contact cannot stand in a header.
    """
    name = f"drift/{__version__}"
    if contact and not (contact.isascii() and contact.isprintable()):
        raise InputError(f"the contact {contact!r} cannot be sent; expected an address in printable ASCII")
    return f"{name} (+{contact})" if contact else name


def _trusted() -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _reachable(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """An address as it is asked for: no fragment, no user name or password, no trailing dot on its host.

    `base` is what a relative one is relative to. Raises FetchError (SCHEME) where it is no http(s) address.
    """
    try:
        url = base.join(text) if base else httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(BlindReason.SCHEME, f"not an address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise FetchError(BlindReason.SCHEME, f"only http and https are read, not {url.scheme or 'a bare name'}")
    host = url.host.rstrip(".")
    if not host or "%" in host or (url.port is not None and not 0 < url.port <= HIGHEST_PORT):
        raise FetchError(BlindReason.SCHEME, "an address without a possible host and port")
    return url.copy_with(userinfo=b"", fragment=None, host=host)


def _media(answer: httpx.Response, url: httpx.URL) -> str | None:
    """The media type of an answer, or None where it does not say. Raises FetchError (NOT_TEXT) if it is no text.

    Markdown that a server calls plain text is told by the suffix of its address.
    """
    named = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not named:
        return None
    told = media.TEXT_MEDIA.get(named)
    if told is None:
        raise FetchError(BlindReason.NOT_TEXT, named[:80])
    return media.of_suffix(url.path) or told if told == media.PLAIN else told
