"""An executor of processes beside this one, each of which prepares what is shared once."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from drift.workers.recovering import FIRST, Recovering
from drift.workers.shared import Shared, hold

T = TypeVar("T")


def cores() -> int:
    """How many processes work beside this one: as many as there are cores, none where there is but one."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return there if there > 1 else 0


def pool(
    shared: Shared[T], prepare: Callable[[T], object], workers: int, preload: tuple[str, ...], *, first: int = FIRST
) -> Recovering:
    """An executor of so many processes, which do what this one would do should they end before they should.

    `prepare` is called in each with the shared value; `preload` are modules that tasks need.
    """
    return Recovering(lambda: _processes(shared, prepare, workers, preload), workers, first=first)


def _processes(
    shared: Shared[T], prepare: Callable[[T], object], workers: int, preload: tuple[str, ...]
) -> ProcessPoolExecutor:
    """Processes that are ready. Where the system lets them, all come of one that has imported what they need.

    Raises BrokenExecutor or OSError where they cannot be begun.
    """
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload([__name__, *preload])
    begin = (shared.key, shared.value, prepare, gc.get_threshold())
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=begin)
    try:
        # All of them now: one begun while another ends would be waited for without end.
        for asked in [executor.submit(_ready) for _ in range(workers)]:
            asked.result()
    except BaseException:
        executor.shutdown(cancel_futures=True)
        raise
    shared.held = True
    return executor


def _ready() -> None:
    return


def _begin(key: str, value: T, prepare: Callable[[T], object], collecting: tuple[int, int, int]) -> None:
    """Prepare a process: what every task needs, once.

    It ends with the one that began it, however that ends: a key that interrupts a terminal's programs is for that one.
    """
    gc.set_threshold(*collecting)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare(hold(key, value).value)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
