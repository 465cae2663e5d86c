"""The second fetch of a page in a pass: past every cache, and what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from drift.model import NotModified, Snapshot
from drift.model.errors import BlindReason, FetchError
from drift.model.ports import Clock
from drift.watch.looking import Besides, Look, unread, weigh
from drift.watch.reader import Reader
from drift.watch.replacing import Replacing
from drift.watch.visits import Visit
from drift.watch.watched import Watched


class Again:
    """Who fetches pages once more in a pass. It is counted in `counts`."""

    def __init__(
        self, watched: Watched, reader: Reader, replacing: Replacing, clock: Clock, counts: Counter[str]
    ) -> None:
        self._watched = watched
        self._reader = reader
        self._replacing = replacing
        self._clock = clock
        self._counts = counts

    def __call__(
        self,
        visit: Visit,
        first: Snapshot | None = None,
        seen: Look | None = None,
        besides: Besides | None = None,
    ) -> tuple[Snapshot | None, Look | None]:
        """What came, and what it says; (None, None) where there was nothing to be had.

        Where the first fetch gave the very same, `seen` is what it said. It is judged by the same `besides` as that.
        """
        self._counts["fetched twice"] += 1
        try:
            got = self._watched.carrier.fetch(visit.page, fresh=True)
        except FetchError as error:
            return None, unread(visit.page, self._watched.gauge, self._clock(), error)
        if isinstance(got, NotModified):  # nothing was asked of the version: a server that says so has not answered
            return None, None
        if first is not None and seen is not None and seen.reading is not None and _alike(first, got):
            return got, replace(seen, reading=replace(seen.reading, at=self._clock()))
        other = self._reader.look(got, visit.memory, self._clock(), anew=besides is not None)()
        if besides is not None and other.waiting is not None:
            other = weigh(other, self._watched.gauge, self._clock(), besides)
        if self._replacing.held(visit, got, other, self._clock()) is None:
            return got, other
        return None, unread(visit.page, self._watched.gauge, self._clock(), FetchError(BlindReason.REPLACED))


def _alike(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots of a page read alike without reading them."""
    kept = [(each.body, each.media, each.charset, each.status, each.final_url) for each in (one, other)]
    return kept[0] == kept[1]
