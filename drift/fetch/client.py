"""http(s) addresses in, snapshots out.

Redirects are followed by hand, so that every hop passes the gate again. A redirect from https to http is followed,
as the customer's browser would: an http address may be named in the first place, and nothing secret is ever sent.
No cookies, no credentials, no proxy and no other setting is taken from the environment or from an earlier page.
"""

from __future__ import annotations

import ssl
import time
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from drift import __version__
from drift.errors import BlindReason, FetchError
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
    """A Fetcher for http(s). Holds a few connections open until `close()`; may be shared between threads."""

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
        self._http = httpx.Client(
            transport=PinnedTransport(gate or Gate(), self._time_left, tls or _trusted()),
            headers={"User-Agent": user_agent(contact), "Accept": ACCEPT, "Accept-Encoding": CODINGS},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            follow_redirects=False,
            trust_env=False,
        )

    def fetch(self, page: Page) -> Snapshot:
        """The page as it is now, wherever redirects lead. Raises FetchError with the class of failure.

        A body that is shorter than announced, or broken off, is a failure and never half a page.
        """
        with self._time_left.within(self._limits.whole):
            try:
                return self._follow(page)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise failures.of_connection(error) from error
            except httpx.RemoteProtocolError as error:  # httpx reads the Location of a redirect before we do
                raise FetchError(BlindReason.REDIRECTS, "redirected to what is not an address") from error

    def close(self) -> None:
        self._http.close()

    def _follow(self, page: Page) -> Snapshot:
        try:
            url = _reachable(httpx.URL(page.address))
        except httpx.InvalidURL as error:
            raise FetchError(BlindReason.SCHEME, "not an http(s) address") from error
        visited = [url]
        while True:
            with self._http.stream("GET", url) as answer:
                self._check_header(answer)
                if not 300 <= answer.status_code < 400:
                    return self._snapshot(page, url, answer)
                url = _next(answer)
            if url in visited:
                raise FetchError(BlindReason.REDIRECTS, f"redirected back to {url}")
            if len(visited) > self._limits.redirects:
                raise FetchError(BlindReason.REDIRECTS, f"redirected more than {self._limits.redirects} times")
            visited.append(url)

    def _check_header(self, answer: httpx.Response) -> None:
        if sum(len(name) + len(value) for name, value in answer.headers.raw) > self._limits.headers:
            raise FetchError(BlindReason.TOO_LARGE, f"a header of more than {self._limits.headers:,} bytes")

    def _snapshot(self, page: Page, url: httpx.URL, answer: httpx.Response) -> Snapshot:
        if failure := failures.of_status(answer.status_code):
            raise failure
        told = _media(answer, url)
        announced = answer.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > self._limits.raw:
            raise FetchError(BlindReason.TOO_LARGE, f"{announced[:20]} bytes announced")
        body = bounded.body(answer.iter_raw(), answer.headers.get("content-encoding", ""), self._limits)
        if not body:
            raise FetchError(BlindReason.EMPTY, "no bytes")
        told = told or media.of_content(body)
        if told is None:
            raise FetchError(BlindReason.NOT_TEXT, "binary, and the answer does not say what")
        return Snapshot(page, body, told, answer.charset_encoding, answer.status_code, str(url), self._clock())


def user_agent(contact: str | None) -> str:
    """How drift names itself: 'drift/0.1.0 (+https://larkspur.example/bots)', or without the bracket."""
    name = f"drift/{__version__}"
    return f"{name} (+{contact})" if contact else name


def _trusted() -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _reachable(url: httpx.URL) -> httpx.URL:
    """The address as it is asked for: no fragment, no user name or password, no trailing dot on its host.

    Raises FetchError (SCHEME) where it is no http(s) address.
    """
    if url.scheme not in ("http", "https"):
        raise FetchError(BlindReason.SCHEME, f"only http and https are read, not {url.scheme or 'an address without'}")
    if not url.host.rstrip(".") or (url.port is not None and not 0 < url.port <= HIGHEST_PORT):
        raise FetchError(BlindReason.SCHEME, "an address without a host or with an impossible port")
    return url.copy_with(userinfo=b"", fragment=None, host=url.host.rstrip("."))


def _next(answer: httpx.Response) -> httpx.URL:
    if answer.next_request is None:
        raise FetchError(BlindReason.REDIRECTS, f"HTTP {answer.status_code} without an address to go to")
    return _reachable(answer.next_request.url)


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
