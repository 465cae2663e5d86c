"""Pages fetched ahead by a few threads, while the one that asked reads those that have come.

Requests wait for a server, reading does not: with some pages on their way a host's answers cost no time of their own.
Threads wait for one another too: with four of them an answer of 304 from this machine costs twice what it costs with
one, 0.6 ms against 0.35. So one fetches, and others join it once a page has been waited for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from drift.model.errors import FetchError

WORKERS = 4  # as many as a client holds connections
ON_THEIR_WAY = 2 * WORKERS  # answers that may wait to be read: at 20 MB each they bound memory
LONG = 0.01  # seconds that a page is waited for before another thread is begun: less than a server on a network takes

Wanted = TypeVar("Wanted")
Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class Delivery(Generic[Wanted, Got]):
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
) -> Generator[Delivery[Wanted, Got], None, None]:
    """Fetch everything that is wanted, and deliver it in the order it was wanted in, whatever comes first.

    `following` gives what is wanted next, None where nothing is for now. It is asked again after every delivery, and
    the run ends when it has nothing while nothing is on its way: so a crawl goes on as its articles are seen. It is
    called on this thread only, `fetch` on others. Errors other than FetchError are raised here. Closing the iterator
    waits for what is on its way and asks for nothing else.
    """
    waiting: deque[tuple[Wanted, Future[Got]]] = deque()
    crew = _Crew(fetch, workers)
    try:
        while True:
            while len(waiting) < on_their_way and (wanted := following()) is not None:
                waiting.append((wanted, crew.send(wanted)))
            if not waiting:
                return
            page, future = waiting.popleft()
            crew.wait(future)
            yield _delivery(page, future)
    finally:
        crew.close()


class _Crew(Generic[Wanted, Got]):
    """Threads that run errands, first come, first served: one at first, `most` of them once waiting gets long."""

    def __init__(self, fetch: Callable[[Wanted], Got], most: int) -> None:
        self._fetch = fetch
        self._most = most
        self._errands: SimpleQueue[tuple[Wanted, Future[Got]] | None] = SimpleQueue()
        self._threads: list[Thread] = []

    def send(self, wanted: Wanted) -> Future[Got]:
        """Have something fetched."""
        future: Future[Got] = Future()
        self._errands.put((wanted, future))
        if not self._threads:
            self._begin()
        return future

    def wait(self, future: Future[Got]) -> None:
        """Wait until something came, or failed."""
        while not future.done() and len(self._threads) < self._most:
            try:
                future.exception(LONG)
            except TimeoutError:
                self._begin()
        future.exception()

    def close(self) -> None:
        """Wait for what is under way; what was not begun is not fetched."""
        try:
            while True:
                self._errands.get_nowait()
        except Empty:
            pass
        for _ in self._threads:
            self._errands.put(None)
        for thread in self._threads:
            thread.join()

    def _begin(self) -> None:
        thread = Thread(target=self._work, name=f"fetch-{len(self._threads)}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (errand := self._errands.get()) is not None:
            wanted, future = errand
            try:
                future.set_result(self._fetch(wanted))
            except BaseException as error:  # noqa: BLE001 (raised by the one who waits for it)
                future.set_exception(error)


def _delivery(wanted: Wanted, future: Future[Got]) -> Delivery[Wanted, Got]:
    try:
        return Delivery(wanted, future.result())
    except FetchError as error:
        return Delivery(wanted, None, error)
