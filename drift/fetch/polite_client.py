"""Pages, fetched politely: as robots.txt allows, at a host's pace, tried again where that may help.

robots -> outages -> pace -> client -> retries
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import TypeVar

from drift.fetch.client import Client
from drift.fetch.origin_headers import NOTHING, OriginHeaders
from drift.fetch.outage import Outages
from drift.fetch.pace import Dice, HostPace, Tempo, Timer
from drift.fetch.robots import LARGEST, Robots
from drift.fetch.target import Target, target
from drift.model import NotModified, Page, Snapshot, Validators
from drift.model.errors import BlindReason, FetchError
from drift.model.ports import Clock, Sleep

AGENT = "drift"  # the product token of the User-Agent, by which robots.txt names us

Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class Retries:
    """How a transient failure is met: `attempts` in all, waiting from one to the next, in seconds.

    A wait is drawn between half and all of `first`, twice as long each time, at most `longest`. A server that names
    a time itself (Retry-After) is taken at its word up to `patience`; beyond that the page is left for later.
    """

    attempts: int = 3
    first: float = 1.0
    longest: float = 30.0
    patience: float = 60.0

    def wait(self, failed: int, asked: float | None, dice: Dice) -> float | None:
        """How long to wait after that many failures; None if it is not to be tried again now."""
        if failed >= self.attempts or (asked is not None and asked > self.patience):
            return None
        own = min(self.longest, self.first * 2.0 ** (failed - 1)) * (1 + dice()) / 2
        return max(own, asked or 0.0)


class PoliteClient:
    """Fetches pages and documents for the sources of a watch. May be shared by as many threads as its client.

    What it learned of hosts that are down is forgotten by `begin`; what robots.txt said is kept for a day.
    """

    def __init__(
        self,
        client: Client,
        clock: Clock,
        *,
        timer: Timer,
        sleep: Sleep,
        dice: Dice,
        tempo: Tempo | None = None,
        retries: Retries | None = None,
        outages: Outages | None = None,
    ) -> None:
        """`sleep` may raise, to end all waiting where the run is to stop: what it raises reaches the caller."""
        self._client = client
        self._sleep = sleep
        self._dice = dice
        self._retries = retries or Retries()
        self._outages = outages or Outages()
        self._given = NOTHING
        self._pace = HostPace(tempo or Tempo(), timer, sleep, dice)
        self._robots = Robots(self._robots_txt, AGENT, clock)

    def bearing(self, given: OriginHeaders) -> PoliteClient:
        """The same courier for one source: it shows the request headers that the source was given to its hosts.

        Pace, rules and outages are shared: a host does not care which source asks.
        """
        other = copy(self)
        other._given = given
        return other

    def close(self) -> None:
        """Close the connections of its client."""
        self._client.close()

    def begin(self) -> None:
        """A new run: every host is asked again."""
        self._outages.forget()
        self._robots.forget_failures()

    def once_more(self) -> None:
        """The end of a run, when pages whose failure was transient are offered again: so are hosts that were down."""
        self._outages.forgive()
        self._robots.forget_failures()

    def down(self) -> tuple[str, ...]:
        """The origins that were given up in this run: each is one event, whatever it has of pages."""
        return self._outages.down()

    def fetch(self, page: Page, validators: Validators | None = None, *, fresh: bool = False) -> Snapshot | NotModified:
        """The page, or that it is still what `validators` name; without them, the page.

        `fresh` goes past every cache on the way. Raises FetchError with the class of failure, once retries were of
        no help.
        """
        at = target(page.address)
        return self._politely(
            at, lambda: self._client.ask(page, validators, fresh=fresh, given=self._given, on_hop=self._robots.check)
        )

    def document(self, address: str) -> bytes:
        """The bytes at an address, whatever their media; those of a gzip file unpacked. Raises FetchError."""
        return self._politely(target(address), lambda: self._client.document(address, given=self._given).body)

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of an address's host names. Raises FetchError."""
        return self._robots.sitemaps(target(address))

    def _politely(self, at: Target, get: Callable[[], Got]) -> Got:
        host = at.origin

        def paced() -> Got:
            with self._pace.turn(host, self._robots.delay(at)):
                return get()

        self._outages.check(host)
        try:
            self._robots.check(at)
            got = self._persistently(host, paced)
        except FetchError as error:
            if error.retry_after and error.retry_after > self._retries.patience:
                self._outages.put_off(host, error)
            elif error.reason is not BlindReason.ROBOTS:
                self._outages.failed(host, error)
            raise
        self._outages.answered(host)
        return got

    def _persistently(self, host: str, get: Callable[[], Got]) -> Got:
        failed = 0
        while True:
            try:
                return get()
            except FetchError as error:
                failed += 1
                wait = self._retries.wait(failed, error.retry_after, self._dice) if error.transient else None
                if wait is None:
                    raise
                if error.retry_after:
                    self._pace.hold(host, wait)  # it is the host that is busy, not this page
                self._sleep(wait)

    def _robots_txt(self, address: str) -> bytes:
        """One request a day, out of turn: the rules are also asked for by a page on its way, which has the turn."""
        return self._persistently(target(address).origin, lambda: self._client.document(address, most=LARGEST).body)
