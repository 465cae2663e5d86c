"""Pages read in other processes say what they say here, also where a process ends before it should."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import pytest

from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.findings import Memory
from drift.model import Page, Registry, Snapshot
from drift.model.errors import BlindReason
from drift.watch.lookers import HEAVY, Elsewhere, Here, InHand
from drift.watch.looking import Gauge, look

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


@pytest.fixture
def elsewhere(gauge: Gauge) -> Iterator[Elsewhere]:
    with closing(Elsewhere(gauge, 2, first=1)) as looker:
        yield looker


def begun(looker: Elsewhere) -> None:
    """Pages are read here until there are processes that do."""
    for _ in range(50_000):
        looker.look(page(30), Memory(), AT)()
        if looker.in_hand != Here.in_hand:
            return
    pytest.fail("no process was begun")


def test_they_say_the_same(gauge: Gauge, elsewhere: Elsewhere) -> None:
    wanted = [look(page(days), gauge, Memory(), AT) for days in range(28, 33)]
    assert [elsewhere.look(page(days), Memory(), AT)() for days in range(28, 33)] == wanted
    begun(elsewhere)
    asked = [elsewhere.look(page(days), Memory(), AT) for days in range(28, 33)]
    assert [seen() for seen in asked] == wanted


def test_a_process_that_ends_leaves_its_pages_to_this_one(gauge: Gauge, elsewhere: Elsewhere) -> None:
    begun(elsewhere)
    pool = elsewhere._begun()
    assert pool is not None
    for process in list(pool._processes.values()):
        os.kill(process.pid or 0, signal.SIGKILL)
    asked = [elsewhere.look(page(days), Memory(), AT) for days in (29, 30, 31)]
    assert [seen() for seen in asked] == [look(page(days), gauge, Memory(), AT) for days in (29, 30, 31)]
    assert elsewhere.in_hand == Here.in_hand


def test_a_page_that_a_process_fails_on_is_blind_by_our_fault(
    gauge: Gauge, elsewhere: Elsewhere, caplog: pytest.LogCaptureFixture
) -> None:
    """Also the traceback of the other process is kept."""
    caplog.set_level(logging.DEBUG, "drift.model.faults")
    begun(elsewhere)
    nothing: Any = None  # a memory is never that
    for looker in (elsewhere, Here(gauge)):
        seen = looker.look(page(1), nothing, AT)()
        assert seen.reading is not None
        assert seen.reading.blind is BlindReason.FAULT
        assert seen.reading.detail.startswith("AttributeError, a fault of drift")
    assert ["in look" in (record.exc_text or "") for record in caplog.records] == [True, True]
    assert elsewhere.look(page(2), Memory(), AT)() == Here(gauge).look(page(2), Memory(), AT)()


def test_a_few_pages_need_no_process(gauge: Gauge) -> None:
    with closing(Elsewhere(gauge, 2)) as looker:
        assert looker.look(page(30), Memory(), AT)() == look(page(30), gauge, Memory(), AT)
        assert looker.in_hand == 0


def test_processes_that_are_begun_are_ended_too(elsewhere: Elsewhere) -> None:
    for days in (28, 29):
        elsewhere.look(page(days), Memory(), AT)
    elsewhere.close()
    assert elsewhere.in_hand == Here.in_hand


def test_what_waits_is_bounded_in_number_and_weight(gauge: Gauge, elsewhere: Elsewhere) -> None:
    here: InHand[str] = InHand(Here(gauge))
    here.add("read at once", 1)
    assert list(here.due()) == ["read at once"]
    begun(elsewhere)
    waiting: InHand[int] = InHand(elsewhere)
    for number in range(elsewhere.in_hand):
        waiting.add(number, 1)
    assert list(waiting.due()) == []
    waiting.add(elsewhere.in_hand, 1)
    assert list(waiting.due()) == [0]
    waiting.add(-1, HEAVY)
    assert list(waiting.due()) == list(range(1, elsewhere.in_hand + 1))
    assert list(waiting.rest()) == [-1]
