"""Work that is done anywhere gives what it gives here, in order, whatever becomes of those who do it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from drift.workers.backlog import Backlog
from drift.workers.in_process import InProcess
from drift.workers.pool import pool
from drift.workers.recovering import Recovering
from drift.workers.shared import Shared

Begin = Callable[[Shared[int]], Executor]


def prepared(value: int) -> int:
    return value


def add(shared: Shared[int], number: int) -> int:
    return shared.value + number


def end_worker(number: int) -> int:
    """End the process, unless it is the one of the tests."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return number


def fail(number: int) -> int:
    raise ValueError(number)


def spawning() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))


@pytest.fixture(
    params=[
        lambda _: InProcess(),
        lambda _: ThreadPoolExecutor(2),
        lambda _: spawning(),
        lambda _: Recovering(spawning, 1, first=1),
        lambda shared: pool(shared, prepared, 2, (), first=0),
    ],
    ids=["in process", "threads", "processes that know nothing", "recovering", "pool"],
)
def made(request: pytest.FixtureRequest) -> Iterator[tuple[Executor, Shared[int]]]:
    begin: Begin = request.param
    shared = Shared(40)
    with begin(shared) as executor:
        yield executor, shared


def test_any_executor_gives_the_same(made: tuple[Executor, Shared[int]]) -> None:
    executor, shared = made
    asked = [executor.submit(add, shared, number) for number in range(50)]
    assert [one.result() for one in asked] == list(range(40, 90))


def test_what_a_task_raises_is_raised_where_its_result_is_asked_for(made: tuple[Executor, Shared[int]]) -> None:
    executor, _ = made
    asked = executor.submit(fail, 3)
    assert isinstance(asked.exception(), ValueError)
    with pytest.raises(ValueError, match="3"):
        asked.result()


def test_a_worker_that_ends_leaves_its_tasks_to_this_process() -> None:
    inner = spawning()
    with Recovering(lambda: inner, 1, first=0) as executor:
        begun(executor)
        asked = [executor.submit(end_worker, number) for number in range(5)]
        assert [one.result() for one in asked] == list(range(5))
        assert executor.in_hand == 0
        assert executor.submit(end_worker, 5).result() == 5
    with pytest.raises(BrokenExecutor):
        inner.submit(end_worker, 6).result()


def test_what_cannot_be_begun_is_done_here() -> None:
    def begin() -> Executor:
        raise OSError("no more processes")

    with Recovering(begin, 2, first=0) as executor:
        assert [executor.submit(end_worker, number).result() for number in range(3)] == [0, 1, 2]
        assert executor.in_hand == 0


def test_a_backlog_for_an_executor_that_says_nothing_of_itself() -> None:
    with ThreadPoolExecutor(1) as executor:
        waiting: Backlog[int] = Backlog(executor)
        for number in range(20):
            waiting.add(number, 1)
        assert list(waiting.due()) == [0, 1, 2, 3]
        assert list(waiting.rest()) == list(range(4, 20))


def begun(executor: Recovering) -> None:
    """Tasks are done here until the inner executor is begun."""
    for number in range(1_000_000):
        executor.submit(abs, number).result()
        if executor.in_hand:
            return
    pytest.fail("nothing was begun")
