"""Pages come in the order they were wanted in, fetched ahead and bounded in number."""

from __future__ import annotations

import threading
from collections import deque

import pytest
from waiting import PATIENCE

from drift.fetch.delivery import ahead
from drift.model.errors import BlindReason, FetchError


def test_whatever_comes_first_the_order_is_kept() -> None:
    second_came = threading.Event()

    def fetch(number: int) -> int:
        if number == 1:
            assert second_came.wait(PATIENCE), "nobody else fetched meanwhile"
        elif number == 2:
            second_came.set()
        return number * 10

    wanted = iter([1, 2, 3])
    assert [each.got for each in ahead(lambda: next(wanted, None), fetch)] == [10, 20, 30]


def test_failures_are_delivered_in_their_place_and_bugs_are_raised() -> None:
    def fetch(number: int) -> int:
        if number == 2:
            raise FetchError(BlindReason.TIMEOUT)
        if number == 4:
            raise ZeroDivisionError
        return number

    wanted = iter([1, 2, 3, 4])
    run = ahead(lambda: next(wanted, None), fetch)
    first, second, third = next(run), next(run), next(run)
    assert (first.got, third.got) == (1, 3)
    assert (second.wanted, second.got) == (2, None)
    assert second.failure is not None
    assert second.failure.reason is BlindReason.TIMEOUT
    with pytest.raises(ZeroDivisionError):
        next(run)


def test_what_becomes_known_on_the_way_is_fetched_too() -> None:
    links = {1: [2, 3], 2: [4], 4: [5]}
    known = deque([1])
    met = []
    for each in ahead(lambda: known.popleft() if known else None, lambda number: number):
        met.append(each.wanted)
        known.extend(links.get(each.wanted, []))
    assert met == [1, 2, 3, 4, 5]


def test_no_more_than_so_many_are_on_their_way() -> None:
    asked = 0

    def following() -> int:
        nonlocal asked
        asked += 1
        return asked

    run = ahead(following, lambda number: number, workers=2, on_their_way=3)
    for _ in range(4):
        next(run)
    assert asked == 6
    run.close()  # it is a generator
    assert asked == 6
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fetch")]
