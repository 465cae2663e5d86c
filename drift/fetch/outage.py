"""One host that is down is one event, not a thousand: after so many failures in a row it is not asked any more."""

from __future__ import annotations

import threading

from drift.model.errors import BlindReason, FetchError

IN_A_ROW = 5  # times no answer at all, each after its retries: 15 attempts
TROUBLED_IN_A_ROW = 50  # answers that tell of trouble: a few pages may be broken one after another, not so many

_NO_ANSWER = frozenset(
    {BlindReason.DNS, BlindReason.REFUSED, BlindReason.TLS, BlindReason.TIMEOUT, BlindReason.ROBOTS_UNREACHABLE}
)
_TROUBLE = frozenset({BlindReason.SERVER_ERROR, BlindReason.THROTTLED})


class Outages:
    """Which hosts are down in this run. May be shared by threads."""

    def __init__(self, in_a_row: int = IN_A_ROW, troubled_in_a_row: int = TROUBLED_IN_A_ROW) -> None:
        self._in_a_row = in_a_row
        self._most = dict.fromkeys(_NO_ANSWER, in_a_row) | dict.fromkeys(_TROUBLE, troubled_in_a_row)
        self._counts: dict[str, int] = {}
        self._down: dict[str, FetchError] = {}
        self._lock = threading.Lock()

    def check(self, host: str) -> None:
        """Raises FetchError, of the class that its pages failed with, for a host that is down."""
        with self._lock:
            failure = self._down.get(host)
        if failure:
            raise FetchError(failure.reason, f"host {host} was given up: {failure.detail}", transient=True)

    def answered(self, host: str) -> None:
        with self._lock:
            self._counts.pop(host, None)
            self._down.pop(host, None)

    def failed(self, host: str, failure: FetchError) -> None:
        """Count a page's failure. One that is about the page alone shows that the host is there."""
        most = self._most.get(failure.reason)
        if most is None:
            self.answered(host)
            return
        self._count(host, failure, most)

    def put_off(self, host: str, failure: FetchError) -> None:
        """Count a page that is to be asked for later than this run waits: so many in a row, and the host says so.

        One alone says it of itself: a page that names next year would otherwise keep all others of its host unread.
        """
        self._count(host, failure, self._in_a_row)

    def _count(self, host: str, failure: FetchError, most: int) -> None:
        with self._lock:
            self._counts[host] = self._counts.get(host, 0) + 1
            if self._counts[host] >= most:
                self._down[host] = failure

    def down(self) -> tuple[str, ...]:
        """The origins that are down, in order of name."""
        with self._lock:
            return tuple(sorted(self._down))

    def forgive(self) -> None:
        """Let the hosts that are down be asked once more: they still stand one failure from being down again."""
        with self._lock:
            self._down.clear()

    def forget(self) -> None:
        """A new run begins, which knows nothing of any host."""
        with self._lock:
            self._down.clear()
            self._counts.clear()
