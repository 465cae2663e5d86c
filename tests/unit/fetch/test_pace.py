"""One host is asked at its pace, others in the meantime."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from waiting import PATIENCE

from drift.fetch.pace import HostPace, Tempo


def paced(passing: Any, tempo: Tempo, dice: float = 0.5) -> HostPace:
    return HostPace(tempo, passing.timer, passing.sleep, lambda: dice)


def ask(pace: HostPace, *hosts: str, delay: float | None = None) -> None:
    for host in hosts:
        with pace.turn(host, delay):
            pass


@pytest.mark.parametrize(
    ("tempo", "dice", "slept"),
    [
        (Tempo(rate=2, jitter=0), 0.5, [0.5, 0.5]),
        (Tempo(rate=2, jitter=0.2), 0.0, [0.4, 0.4]),
        (Tempo(rate=2, jitter=0.2), 0.999999, [0.6, 0.6]),
        (Tempo(rate=None), 0.9, []),
    ],
)
def test_requests_are_apart(passing: Any, tempo: Tempo, dice: float, slept: list[float]) -> None:
    ask(paced(passing, tempo, dice), "a", "a", "a")
    assert passing.slept == slept


def test_a_host_does_not_wait_for_another(passing: Any) -> None:
    ask(paced(passing, Tempo(rate=1, jitter=0)), "a", "b", "c")
    assert passing.slept == []


def test_time_that_passed_otherwise_counts(passing: Any) -> None:
    pace = paced(passing, Tempo(rate=1, jitter=0))
    ask(pace, "a")
    passing.now += 0.75
    ask(pace, "a")
    assert passing.slept == [0.25]


def test_a_crawl_delay_only_slows_down(passing: Any) -> None:
    pace = paced(passing, Tempo(rate=0.5, jitter=0))
    ask(pace, "a", "a", delay=1)
    ask(pace, "b", "b", delay=5)
    assert passing.slept == [2, 5]


def test_a_host_is_left_alone_for_as_long_as_it_asked(passing: Any) -> None:
    pace = paced(passing, Tempo(rate=None))
    pace.hold("a", 30)
    ask(pace, "b", "a")
    assert passing.slept == [30]


def test_no_more_than_so_many_at_a_time(passing: Any) -> None:
    pace = paced(passing, Tempo(rate=None, together=2))
    inside, most = 0, 0
    lock, full = threading.Lock(), threading.Barrier(2, timeout=PATIENCE)

    def visit() -> None:
        nonlocal inside, most
        with pace.turn("a"):
            with lock:
                inside += 1
                most = max(most, inside)
            full.wait()
            with lock:
                inside -= 1

    threads = [threading.Thread(target=visit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2
