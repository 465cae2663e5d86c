"""Pages read in other processes say what they say here, also where a process ends before it should."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.findings import Memory
from drift.model import Page, Registry, Snapshot
from drift.model.errors import BlindReason
from drift.watch.looking import Gauge, look
from drift.watch.reader import Reader
from drift.workers.backlog import HEAVY, Backlog
from drift.workers.in_process import InProcess
from drift.workers.recovering import Recovering

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
TERMS = """\
- {term: window, says: Unused goods can be returned within 30 days of delivery., value: 30 days, bound: at most,
   topics: [return unused goods]}
"""


def page(days: int) -> Snapshot:
    text = f"# Goods\n\nYou can return unused goods within {days} days of delivery.\n"
    return Snapshot(Page(f"https://help.larkspur.example/{days}"), text.encode(), "text/markdown")


@pytest.fixture
def gauge(registry_of: Callable[..., Registry]) -> Gauge:
    return Gauge.of(Standard(registry_of(TERMS), date(2026, 11, 2), languages.load))


@contextmanager
def _ended(reader: Reader) -> Iterator[Reader]:
    with reader.executor:
        yield reader


def in_hand(reader: Reader) -> int:
    """How many pages may wait to be read."""
    assert isinstance(reader.executor, Recovering)
    return reader.executor.in_hand


@pytest.fixture
def apart(gauge: Gauge) -> Iterator[Reader]:
    with _ended(Reader(gauge, 2, first=1)) as reader:
        yield reader


def begun(reader: Reader) -> None:
    """Pages are read here until there are processes that do."""
    for _ in range(50_000):
        reader.look(page(30), Memory(), AT)()
        if in_hand(reader) != InProcess.in_hand:
            return
    pytest.fail("no process was begun")


def test_they_say_the_same(gauge: Gauge, apart: Reader) -> None:
    wanted = [look(page(days), gauge, Memory(), AT) for days in range(28, 33)]
    assert [apart.look(page(days), Memory(), AT)() for days in range(28, 33)] == wanted
    begun(apart)
    asked = [apart.look(page(days), Memory(), AT) for days in range(28, 33)]
    assert [seen() for seen in asked] == wanted


def test_a_process_that_ends_leaves_its_pages_to_this_one(gauge: Gauge, apart: Reader) -> None:
    begun(apart)
    executor = apart.executor
    assert isinstance(executor, Recovering)
    pool = executor._begun()
    assert isinstance(pool, ProcessPoolExecutor)
    for process in list(pool._processes.values()):
        os.kill(process.pid or 0, signal.SIGKILL)
    asked = [apart.look(page(days), Memory(), AT) for days in (29, 30, 31)]
    assert [seen() for seen in asked] == [look(page(days), gauge, Memory(), AT) for days in (29, 30, 31)]
    assert in_hand(apart) == InProcess.in_hand


def test_a_page_that_a_process_fails_on_is_blind_by_our_fault(
    gauge: Gauge, apart: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    """Also the traceback of the other process is kept."""
    caplog.set_level(logging.DEBUG, "drift.model.faults")
    begun(apart)
    nothing: Any = None  # a memory is never that
    for reader in (apart, Reader(gauge)):
        seen = reader.look(page(1), nothing, AT)()
        assert seen.reading is not None
        assert seen.reading.blind is BlindReason.FAULT
        assert seen.reading.detail.startswith("AttributeError, a fault of drift")
    assert ["in look" in (record.exc_text or "") for record in caplog.records] == [True, True]
    assert apart.look(page(2), Memory(), AT)() == Reader(gauge).look(page(2), Memory(), AT)()


def test_a_few_pages_need_no_process(gauge: Gauge) -> None:
    with _ended(Reader(gauge, 2)) as reader:
        assert reader.look(page(30), Memory(), AT)() == look(page(30), gauge, Memory(), AT)
        assert in_hand(reader) == 0


def test_processes_that_are_begun_are_ended_too(apart: Reader) -> None:
    for days in (28, 29):
        apart.look(page(days), Memory(), AT)
    apart.executor.shutdown()
    assert in_hand(apart) == InProcess.in_hand


def test_what_waits_is_bounded_in_number_and_weight(apart: Reader) -> None:
    here: Backlog[str] = Backlog(InProcess())
    here.add("read at once", 1)
    assert list(here.due()) == ["read at once"]
    begun(apart)
    waiting: Backlog[int] = Backlog(apart.executor)
    for number in range(in_hand(apart)):
        waiting.add(number, 1)
    assert list(waiting.due()) == []
    waiting.add(in_hand(apart), 1)
    assert list(waiting.due()) == [0]
    waiting.add(-1, HEAVY)
    assert list(waiting.due()) == list(range(1, in_hand(apart) + 1))
    assert list(waiting.rest()) == [-1]
