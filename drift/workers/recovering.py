"""A wrapper around an executor that takes time to begin, and whose workers may end before they should."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from drift.workers.backlog import IN_HAND
from drift.workers.in_process import InProcess

P = ParamSpec("P")
T = TypeVar("T")

# Processes take half a second until they work; a pass over a quiet help centre reads a few pages and needs none.
FIRST = 20  # tasks that are done here before processes are begun: about as long as they take


class Recovering(Executor):
    """Does its first tasks in this process, and all that come while the inner executor is begun.

    Where a worker of that ends before it should, what it was asked is done here, and all after.
    """

    def __init__(self, begin: Callable[[], Executor], workers: int, *, first: int = FIRST) -> None:
        self._begin = begin
        self._workers = workers
        self._first = first
        self._here = InProcess()
        self._beginning: Future[Executor] | None = None
        self._broken = False

    @property
    def in_hand(self) -> int:
        """How many tasks may wait: none as long as they are done here."""
        return IN_HAND * self._workers if self._begun() else 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        inner = self._inner()
        if inner is not None:
            try:
                asked = inner.submit(fn, *args, **kwargs)
            except BrokenExecutor:
                self._broken = True
            else:
                return _Recovered(asked, partial(self._again, fn, *args, **kwargs))
        return self._here.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """End the workers; what nobody has asked for by now is not done."""
        self._broken = True
        if self._beginning is not None and self._beginning.exception() is None:
            self._beginning.result().shutdown(wait, cancel_futures=cancel_futures)

    def _again(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self._broken = True
        return self._here.submit(fn, *args, **kwargs)

    def _inner(self) -> Executor | None:
        """Who does the next task, None for this process."""
        if self._first > 0:
            self._first -= 1
            return None
        if self._beginning is None:
            self._beginning = _aside(self._begin)
        return self._begun()

    def _begun(self) -> Executor | None:
        """The inner executor once it works, None before and where it does not any more."""
        if self._broken or self._beginning is None or not self._beginning.done():
            return None
        if self._beginning.exception() is not None:
            self._broken = True
            return None
        return self._beginning.result()


class _Recovered(Future[T]):
    """A task given away. Whoever asks for its result does it where its worker ended before it could."""

    def __init__(self, asked: Future[T], again: Callable[[], Future[T]]) -> None:
        super().__init__()
        self._asked = asked
        self._redo = again

    def result(self, timeout: float | None = None) -> T:
        return self._ended(timeout).result()

    def exception(self, timeout: float | None = None) -> BaseException | None:
        return self._ended(timeout).exception()

    def _ended(self, timeout: float | None) -> Future[T]:
        """What came of it, here or there."""
        if isinstance(self._asked.exception(timeout), BrokenExecutor):
            self._asked = self._redo()
        return self._asked

    def cancel(self) -> bool:
        return self._asked.cancel()

    def cancelled(self) -> bool:
        return self._asked.cancelled()

    def running(self) -> bool:
        return self._asked.running()

    def done(self) -> bool:
        return self._asked.done()

    def add_done_callback(self, fn: Callable[[Future[T]], object]) -> None:
        self._asked.add_done_callback(lambda _: fn(self))


def _aside(begin: Callable[[], Executor]) -> Future[Executor]:
    """What is begun on a thread of its own, so that nobody waits for it."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="begin")
    beginning = thread.submit(begin)
    thread.shutdown(wait=False)
    return beginning
