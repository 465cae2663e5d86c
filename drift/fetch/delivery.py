"""Pages fetched ahead by a few threads, while the one that asked reads those that have come.

Requests wait for a server, reading does not: with some pages on their way a host's answers cost no time of their own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from drift.model.errors import FetchError

WORKERS = 4  # as many as a client holds connections
ON_THEIR_WAY = 2 * WORKERS  # answers that may wait to be read: at 20 MB each they bound memory

Wanted = TypeVar("Wanted")
Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class Fetched(Generic[Wanted, Got]):
    """What came of one errand: what was fetched, or why it could not be."""

    wanted: Wanted
    got: Got | None
    failure: FetchError | None = None


def ahead(
    following: Callable[[], Wanted | None],
    fetch: Callable[[Wanted], Got],
    *,
    workers: int = WORKERS,
    on_their_way: int = ON_THEIR_WAY,
) -> Generator[Fetched[Wanted, Got], None, None]:
    """Fetch everything that is wanted, and deliver it in the order it was wanted in, whatever comes first.

    `following` gives what is wanted next, None if nothing is for now. It is asked again after every delivery, and
    the run ends when it has nothing while nothing is on its way: so a crawl goes on as its articles are seen. It is
    called on this thread only, `fetch` on others. Errors other than FetchError are raised here. Closing the iterator
    waits for what is on its way and asks for nothing else.
    """
    waiting: deque[tuple[Wanted, Future[Got]]] = deque()
    threads = ThreadPoolExecutor(workers, "fetch")
    try:
        while True:
            while len(waiting) < on_their_way and (wanted := following()) is not None:
                waiting.append((wanted, threads.submit(fetch, wanted)))
            if not waiting:
                return
            page, future = waiting.popleft()
            yield _delivery(page, future)
    finally:
        threads.shutdown(cancel_futures=True)


def _delivery(wanted: Wanted, future: Future[Got]) -> Fetched[Wanted, Got]:
    try:
        return Fetched(wanted, future.result())
    except FetchError as error:
        return Fetched(wanted, None, error)
