"""Speed is kept: ratios against a yardstick of the same run, so that they hold on any machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TRIALS = 3
PAGES = 24  # the ratios are those of 200 pages, at an eighth of the time; run bench_check.py for all of them

MOST_OF_PARSING = 15.0  # times parsing the same bytes with lxml.html alone, with 500 terms
MOST_BY_GROWTH = 2.0  # times, from 50 terms to 5,000
MOST_OF_TYPER = 2.0  # `drift --version`, times importing typer
MOST_OF_NEEDED = 1.8  # `drift check` of one Markdown file, times importing what it needs: docs/decisions/0034
MOST_OF_DRIVER = 6.0  # a page touched in a store, times the bare driver doing the same
MOST_OF_A_PARSE = 0.45  # a page that is the same, answered 304, times parsing it with lxml.html: 0.28 when measured
LEAST_GAIN = 2.0  # pages fetched ahead from a distant server, times those fetched one after another: 3.9 when measured
# Of passes 0.6, 0.7, 1.1 and 300 are asked for, and met by most rounds where nothing else runs. The bare loop takes 4.7
# to 7.2 ms on one machine, so that these limits only tell that something broke: decisions/0017.
LEAST_OF_LOOP = 0.45  # pages a second of a first pass, times those of a bare loop: 0.53 to 0.69 when measured
MOST_OF_PARSES = 0.85  # a page of a pass answered 304, times parsing it: 0.46 to 0.76, once 0.9
MOST_OF_READING = 1.3  # a page with other bytes and the same text, times fetching and reading it: 0.96 to 1.2
MOST_MEMORY = 300  # megabytes of `drift crawl`: 192 to 270
MOST_OF_A_DESK_PAGE = 150.0  # CPU milliseconds at the median, of any page of the desk: decisions/0035
FEWEST_VALUES = 12  # on any page, or the pages are too easy

pytestmark = pytest.mark.bench


def figures(script: str, *arguments: str) -> dict[str, Any]:
    """The figures of a benchmark, run in a process of its own; its table is shown by `pytest -s`."""
    command = [sys.executable, str(HERE / script), "--json", *arguments]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    print("", result["table"], sep="\n")
    return result


def holds(kept: Callable[[dict[str, Any]], bool], script: str, *arguments: str) -> bool:
    """Whether the figures of a benchmark keep their limits in one of `TRIALS` runs.

    What else a machine does only ever takes time away from us, and not from us and the yardstick alike: the same code
    was measured between x 1.41 and x 1.55. What has become slower fails every time.
    """
    return any(kept(figures(script, *arguments)) for _ in range(TRIALS))


def test_checking_costs_little_more_than_parsing() -> None:
    def kept(measured: dict[str, Any]) -> bool:
        assert measured["fewest_claims"] >= FEWEST_VALUES
        return bool(measured["ratio"] <= MOST_OF_PARSING and measured["growth"] <= MOST_BY_GROWTH)

    assert holds(kept, "bench_check.py", "--pages", str(PAGES))


def test_starting_is_quick() -> None:
    def kept(measured: dict[str, Any]) -> bool:
        assert measured["loaded for nothing"] == []
        return bool(measured["version ratio"] <= MOST_OF_TYPER and measured["check ratio"] <= MOST_OF_NEEDED)

    assert holds(kept, "bench_start.py")


def test_remembering_an_unchanged_page_is_cheap() -> None:
    assert holds(lambda measured: measured["ratio"] <= MOST_OF_DRIVER, "bench_store.py", "--pages", "4000")


def test_pages_that_are_the_same_cost_little_and_distant_ones_are_fetched_ahead() -> None:
    def kept(measured: dict[str, Any]) -> bool:
        gained = measured["distant, fetched ahead"] >= LEAST_GAIN * measured["distant, one after another"]
        return gained and bool(measured["ratio"] <= MOST_OF_A_PARSE)

    assert holds(kept, "bench_fetch.py", "--pages", str(PAGES))


def test_passes_cost_little_more_than_reading() -> None:
    missed = {"speed", "same of a parse", "other bytes of the loop", "memory"}
    for _ in range(TRIALS):  # each by itself: a pass takes long enough for something else to come between
        measured = figures("bench_crawl.py", "--pages", "500", "--rounds", "1")
        kept = {
            "speed": measured["speed"] >= LEAST_OF_LOOP,
            "same of a parse": measured["same of a parse"] <= MOST_OF_PARSES,
            "other bytes of the loop": measured["other bytes of the loop"] <= MOST_OF_READING,
            "memory": measured["memory"] <= MOST_MEMORY,
        }
        missed -= {name for name, held in kept.items() if held}
        if not missed:
            return
    pytest.fail(f"in none of {TRIALS} runs: {', '.join(sorted(missed))}")


def test_a_page_of_the_desk_is_made_at_once() -> None:
    """Each page in one of the runs: of fourteen, another one is disturbed in each."""
    missed: set[str] | None = None
    for _ in range(TRIALS):
        taken = figures("bench_desk.py")["milliseconds"]
        slow = {page for page, milliseconds in taken.items() if milliseconds > MOST_OF_A_DESK_PAGE}
        missed = slow if missed is None else missed & slow
        if not missed:
            return
    pytest.fail(f"in none of {TRIALS} runs: {', '.join(sorted(missed or ()))}")
