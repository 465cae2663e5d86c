"""Passes over a help centre that a server of its own gives out on loopback, and what they cost."""

from __future__ import annotations

import os
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import lxml.html
from bench_fetch import courier, served
from make_pages import make_pages, make_registry
from serve_pages import SWITCH

from drift import policies as registry_room
from drift.assembly.watch import Watch
from drift.cli.lasting import lasting
from drift.engine import languages, reading
from drift.engine.pipeline import Standard, examine
from drift.fetch.delivery import ahead
from drift.model import Outcome, Page, Snapshot
from drift.settings import Settings, load
from drift.store import open_store
from drift.workers.pool import cores

FILES = 200  # of which those are taken that are right: all pages are made of them
WRONG = 25  # one of so many pages has something that diverges
TOLD = (Outcome.DIVERGES, Outcome.SUSPECT)  # what makes a finding: such a page is fetched twice
BARE = 400  # pages of the bare loop, of which there is no need for more


def measure(count: int, rounds: int, terms: int) -> dict[str, float]:
    lasting()  # as `drift crawl` does
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make_registry(folder / "policies", terms)
        files = _mostly_right(make_pages(folder / "pages", FILES), folder / "policies")
        result = {"pages": float(count), "workers": float(cores())}
        every: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, figure in _round(folder, files, count).items():
                every.setdefault(name, []).append(figure)
        for name, figures in every.items():
            best = max if name.endswith("pages/s") or name == "speed" else min
            result[name] = best(figures)
        with served(folder / "pages") as address:
            _settings(folder, _addresses(address, files, count))
            result["memory"] = _memory(folder)
    return result


def _mostly_right(files: list[Path], policies: Path) -> list[Path]:
    """The pages on which nothing diverges or may, and one of WRONG on which something does.

    The pages are put together from articles of several products, so that most of them contradict the policies.
    """
    held = registry_room.load(policies, language=languages.load)
    standard = Standard(held, datetime.now(UTC).date(), languages.load)
    right: list[Path] = []
    wrong: list[Path] = []
    for file in files:
        examined = examine(Snapshot(Page(file.name), file.read_bytes(), "text/html"), standard)
        (wrong if any(verdict.outcome in TOLD for verdict in examined.verdicts) else right).append(file)
    return [*right, *wrong[: round(len(right) / (WRONG - 1))]]


def _round(folder: Path, files: list[Path], count: int) -> dict[str, float]:
    """The figures of one round: each ratio is against a yardstick that was measured before and after."""
    few = min(count, BARE)
    with served(folder / "pages") as address:
        addresses = _addresses(address, files, count)

        def bare() -> tuple[float, float]:
            return _cost(lambda: _bare(addresses[:few]), few)

        with _watched(_settings(folder, addresses)) as crawl:
            before = bare()
            first = _cost(lambda: crawl("changed"), count)
            between = bare()
            parses = [_parsing(files)]
            same = _cost(lambda: crawl("unchanged"), count)
            parses.append(_parsing(files))
            httpx.get(f"{address}/{SWITCH.decode()}", trust_env=False)
            other = _cost(lambda: crawl("unchanged"), count)
            after = bare()
    return {
        "parse": min(parses),
        "bare": min(before[0], between[0], after[0]),
        "bare pages/s": 2000 / (before[1] + between[1]),
        "first": first[0],
        "first pages/s": 1000 / first[1],
        "speed": (before[1] + between[1]) / 2 / first[1],
        "same": same[0],
        "same of a parse": same[0] * 2 / sum(parses),
        "other bytes": other[0],
        "other bytes of the loop": other[0] * 2 / (between[0] + after[0]),
    }


def _parsing(files: list[Path]) -> float:
    """Milliseconds that a page takes to parse."""
    bodies = [file.read_bytes() for file in files]

    def parse() -> None:
        for body in bodies:
            lxml.html.document_fromstring(body)

    parse()  # it is slower when it was not done for a while
    return _cost(parse, len(bodies))[0]


def _bare(addresses: list[str]) -> None:
    with closing(courier()) as polite:
        left = map(Page, addresses)
        for delivery in ahead(lambda: next(left, None), polite.fetch):
            assert isinstance(delivery.got, Snapshot)
            reading.read(delivery.got)


def _addresses(address: str, files: list[Path], count: int) -> list[str]:
    return [f"{address}/{files[number % len(files)].name}?{_word(number)}" for number in range(count)]


def _word(number: int) -> str:
    """A number in letters: a page's own word must not state a value."""
    digits = []
    for _ in range(4):
        number, digit = divmod(number, 26)
        digits.append(string.ascii_lowercase[digit])
    return "".join(digits)


def _settings(folder: Path, addresses: list[str]) -> Settings:
    listed = "".join(f"\n      - {address}" for address in addresses)
    (folder / "drift.yaml").write_text(
        f"sources:\n  - name: help\n    kind: urls\n    at:{listed}\n"
        "fetching: {rate: unlimited, concurrency: 4, allow_private: [127.0.0.0/8]}\n",
        encoding="utf-8",
    )
    return load(folder / "drift.yaml", {})


@contextmanager
def _watched(settings: Settings) -> Iterator[Callable[[str], None]]:
    """A pass over the pages, of which all must be as is said ('changed', 'unchanged'), with a new store."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/drift.db") as store:
        watch = Watch(settings, store, lambda: datetime.now(UTC))

        def crawl(kind: str) -> None:
            (run,) = watch.crawl("help")
            assert run.counts["pages"] == run.counts[kind], run.counts

        with closing(watch):
            yield crawl


def _cost(work: Callable[[], object], pages: int) -> tuple[float, float]:
    """Milliseconds that some work takes a page: of CPU, here and in the processes that read for it; by the clock."""
    used, start = _used(), time.perf_counter()
    work()
    spent, passed = _used() - used, time.perf_counter() - start
    return spent * 1000 / pages, passed * 1000 / pages


def _used() -> float:
    """Seconds of CPU of this process, of those that multiprocessing began for it, and of those they waited for.

    The processes that read are those of a server of multiprocessing, which goes on when they have ended.
    """
    tick = os.sysconf("SC_CLK_TCK")
    theirs = 0
    for pid in _family(os.getpid())[1:]:
        if "multiprocessing" in _told(pid, "cmdline"):
            theirs += sum(map(int, _told(pid, "stat").rpartition(")")[2].split()[11:15]))
    return time.process_time() + theirs / tick


def _memory(folder: Path) -> float:
    """Megabytes that `drift crawl` takes at most in its first pass, with the processes that read for it.

    Their proportional share of it, as Linux counts it, seen five times a second.
    """
    with tempfile.TemporaryDirectory() as beside:
        command = [sys.executable, "-m", "drift", "crawl", "--store", f"sqlite:///{beside}/drift.db"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
            most = 0.0
            while process.poll() is None:
                most = max(most, sum(map(_share, _family(process.pid))))
                time.sleep(0.2)
    assert process.returncode == 1, "some pages diverge"
    return most


def _family(pid: int) -> list[int]:
    """A process and those it began, as Linux knows them."""
    return [pid, *(other for child in _told(pid, f"task/{pid}/children").split() for other in _family(int(child)))]


def _share(pid: int) -> float:
    lines = _told(pid, "smaps_rollup").splitlines()
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


def _told(pid: int, name: str) -> str:
    """What Linux tells of a process; nothing of one that has ended."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
