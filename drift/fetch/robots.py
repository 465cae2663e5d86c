"""robots.txt, as RFC 9309 says: who may read what, how quickly, and where the sitemaps are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from drift.fetch.target import Target
from drift.model.errors import BlindReason, FetchError
from drift.model.ports import Clock

LARGEST = 500 * 1024  # bytes that are read; the RFC asks for at least as many (2.5)
GOOD_FOR = timedelta(hours=24)  # the RFC's longest (2.4)
TRIED_AGAIN_AFTER = timedelta(minutes=10)  # a file that could not be had: not at every page, and soon

Get = Callable[[str], bytes]  # the start of what stands at an address; raises FetchError

# 'Unavailable' (2.3.1.3): there is no such file for us, so nothing is forbidden. Neither is there one that
# redirects without end. A server that asks us to slow down has not answered, and counts as unreachable.
_NO_FILE = frozenset(
    {
        BlindReason.UNAUTHORIZED,
        BlindReason.FORBIDDEN,
        BlindReason.NOT_FOUND,
        BlindReason.GONE,
        BlindReason.CLIENT_ERROR,
        BlindReason.REDIRECTS,
    }
)
# What is wrong with the host and not with the file: the page would fail alike, and is told so.
_OF_THE_HOST = frozenset(
    {BlindReason.DNS, BlindReason.REFUSED, BlindReason.TLS, BlindReason.PRIVATE, BlindReason.SCHEME}
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us, or why it could not be asked for."""

    parsed: Protego | None
    unreachable: FetchError | None
    until: datetime  # good for so long

    def delay(self, agent: str) -> float | None:
        """Seconds from one request to the next, where it names them."""
        delay = self.parsed.crawl_delay(agent) if self.parsed else None
        return float(delay) if delay is not None else None


class Robots:
    """The rules of every host that was asked for, kept for a day. May be shared by threads."""

    def __init__(self, get: Get, agent: str, clock: Clock) -> None:
        """`agent` is the product token that rules are looked up by ('drift')."""
        self._get = get
        self._agent = agent
        self._clock = clock
        self._kept: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def check(self, at: Target) -> None:
        """Raises FetchError: ROBOTS where the page is forbidden, and where the rules could not be asked for."""
        rules = self._reachable(at)
        if rules.parsed and not rules.parsed.can_fetch(at.text, self._agent):
            raise FetchError(BlindReason.ROBOTS, f"{at.origin}/robots.txt forbids it to {self._agent}")

    def delay(self, at: Target) -> float | None:
        """The Crawl-delay of the host, in seconds; None if there is none."""
        return self._rules(at.origin).delay(self._agent)

    def sitemaps(self, at: Target) -> tuple[str, ...]:
        """The addresses of the host's `Sitemap:` lines. Raises FetchError where its rules could not be asked for."""
        rules = self._reachable(at)
        return tuple(rules.parsed.sitemaps) if rules.parsed else ()

    def forget_failures(self) -> None:
        """Ask anew for what could not be asked for."""
        with self._lock:
            self._kept = {origin: rules for origin, rules in self._kept.items() if not rules.unreachable}

    def _reachable(self, at: Target) -> Rules:
        rules = self._rules(at.origin)
        if error := rules.unreachable:  # kept for all pages of the host, and raised anew for each
            raise FetchError(error.reason, error.detail, transient=error.transient, retry_after=error.retry_after)
        return rules

    def _rules(self, origin: str) -> Rules:
        """The rules of an origin, asked for by one thread while the others that want them wait."""
        with self._lock:
            kept = self._kept.get(origin)
            lock = self._locks.setdefault(origin, threading.Lock())
        if kept and self._clock() < kept.until:
            return kept
        with lock:
            kept = self._kept.get(origin)
            if kept is None or self._clock() >= kept.until:
                kept = self._kept[origin] = self._ask(origin)
        return kept

    def _ask(self, origin: str) -> Rules:
        now = self._clock()
        try:
            body = self._get(f"{origin}/robots.txt")
        except FetchError as error:
            if error.reason in _NO_FILE and not error.transient:
                return Rules(None, None, now + GOOD_FOR)
            return Rules(None, _unreachable(error), now + TRIED_AGAIN_AFTER)
        return Rules(Protego.parse(body.decode("utf-8-sig", errors="replace")), None, now + GOOD_FOR)


def _unreachable(error: FetchError) -> FetchError:
    if error.reason in _OF_THE_HOST:
        detail = f"{error.detail} (asking for robots.txt)"
        return FetchError(error.reason, detail, transient=error.transient)
    return FetchError(BlindReason.ROBOTS_UNREACHABLE, str(error), transient=True, retry_after=error.retry_after)
