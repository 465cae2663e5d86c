"""`drift crawl` that is asked to stop, wherever it waits."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from site_of_shops import Site, laid_out, served
from waiting import PATIENCE, wait_for, wait_until_asleep

from drift.assembly.watch import Watch
from drift.model.errors import StoppedError
from drift.store import check, open_store
from drift.watch.watched import KIND

# What it waits for comes after 1,000 s and more. How quickly it stops is for the trials, on a quiet machine.
MOST_TO_STOP = 300.0  # seconds


@pytest.fixture
def shops() -> Iterator[Site]:
    with served(Site(pages=4)) as site:
        yield site


@contextmanager
def crawling(settings: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "drift", "crawl", "--file", str(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def stopped(process: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> float:
    """Ask it to stop. Gives the seconds it took, from an end that says that it was stopped."""
    asked = time.monotonic()
    process.send_signal(number)
    assert process.wait(PATIENCE) == 130
    return time.monotonic() - asked


def store_of(settings: Path) -> str:
    return f"sqlite:///{settings.parent / '.drift' / 'drift.db'}"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_while_it_waits_for_its_turn(shops: Site, tmp_path: Path, number: int) -> None:
    settings = laid_out(tmp_path, shops, rate="0.001")
    with crawling(settings) as process:
        wait_for(lambda: shops.answered > 1)  # robots.txt and the sitemap: a page comes 1,000 s later
        wait_until_asleep(process.pid)
        assert stopped(process, number) < MOST_TO_STOP
        assert b"run 'drift crawl' again to go on" in process.stderr.read()  # type: ignore[union-attr]
    assert not check(store_of(settings)).problems
    with open_store(store_of(settings)) as store:
        assert store.runs.unfinished("help", KIND)


def test_while_it_waits_to_try_again(site: Any, policies: Path) -> None:
    site.answers("/returns", 503, Retry_After="59")
    settings = policies.parent / "drift.yaml"
    settings.write_text(
        f"sources:\n  - {{name: help, kind: urls, at: [{site.url('/returns')}]}}\n"
        "fetching: {rate: unlimited, allow_private: [127.0.0.0/8]}\n",
        encoding="utf-8",
    )
    with crawling(settings) as process:
        wait_for(lambda: any(path == "/returns" for path, _, _ in site.asked))
        wait_until_asleep(process.pid)
        assert stopped(process) < 50  # seconds: it tries again after 59, about the longest it waits within a pass


def test_beside_a_site_that_hangs(shops: Site, tmp_path: Path) -> None:
    settings = laid_out(tmp_path, shops)
    settings.write_text(
        settings.read_text("utf-8").replace("rate:", "timeouts: {read: 1000 seconds, whole: 1000 seconds}, rate:"),
        encoding="utf-8",
    )
    shops.stuck = True
    with crawling(settings) as process:
        wait_for(lambda: shops.requests)
        assert stopped(process) < MOST_TO_STOP
    assert not check(store_of(settings)).problems


def test_a_second_signal_ends_it_at_once(shops: Site, tmp_path: Path) -> None:
    settings = laid_out(tmp_path, shops)
    shops.stuck = True
    with crawling(settings) as process:
        wait_for(lambda: shops.requests)
        while process.poll() is None:  # two that come at once are one to the system
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        assert process.returncode == 130


def test_what_was_read_before_is_kept(watching: Any, site: Any) -> None:
    paths = [f"/{number}" for number in range(9)]
    for path in paths:
        site.says(path, "Unused goods can be returned within 30 days of delivery.")
    made = watching(f"{{kind: urls, at: [{', '.join(map(site.url, paths))}]}}")
    settings = made.settings.model_copy(update={"fetching": made.settings.fetching.model_copy(update={"rate": 1.0})})
    turns: list[float] = []

    def sleep(seconds: float) -> None:
        turns.append(seconds)
        if len(turns) > 5:
            raise StoppedError

    watch = Watch(settings, made.store, lambda: made.now, timer=lambda: 0.0, sleep=sleep, workers=0)
    (run,) = watch.crawl("help")
    watch.close()
    assert run.ended is None
    assert 0 < run.counts["pages"] == len(made.store.pages.states("help"))
    assert made.crawls()["done before"] == run.counts["pages"]
