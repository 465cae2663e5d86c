"""What passes over a help centre cost, against fetching and reading the same pages in a bare loop.

    python tests/bench/bench_crawl.py [--pages 2000] [--rounds 3] [--json]

The server is a process of its own on loopback, rate limits are off, 500 terms are watched. In every round a bare loop
fetches and reads some pages, a first pass over all of them fills a new store, a second one is answered 304 throughout,
and a third one gets other bytes with the same text. The first pass is held against the loop by the clock, in pages a
second; the others by CPU time a page, of this process and of those it began: against parsing a page with lxml.html, and
against the loop. Each is the best of the rounds. Memory is the most that this process and its readers held together
(their proportional share of it), seen five times a second in a first pass of its own.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import resource
import string
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

from drift import languages, reading, registry
from drift.__main__ import OBJECTS_BETWEEN_COLLECTIONS
from drift.assembly.watch import Watch, workers
from drift.fetch import ahead
from drift.model import Outcome, Page, Snapshot
from drift.pipeline import Standard, examine
from drift.settings import Settings, load
from drift.store import open_store

FILES = 200  # of which those are taken that are right: all pages are made of them
TERMS = 500
BARE = 400  # pages of the bare loop, of which there is no need for more


def measure(count: int, rounds: int) -> dict[str, float]:
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make_registry(folder / "policies", TERMS)
        files = _mostly_right(make_pages(folder / "pages", FILES), folder / "policies")
        result = {"pages": float(count), "workers": float(workers()), "parse": _parsing(files)}
        every: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, figure in _round(folder, files, count).items():
                every.setdefault(name, []).append(figure)
        for name, figures in every.items():
            result[name] = max(figures) if name.endswith("pages/s") else min(figures)
        with served(folder / "pages") as address:
            result["memory"] = _memory(_settings(folder, _addresses(address, files, count)))
    result["speed"] = result["first pages/s"] / result["bare pages/s"]
    result["same of a parse"] = result["same"] / result["parse"]
    result["other bytes of the loop"] = result["other bytes"] / result["bare"]
    return result


def _mostly_right(files: list[Path], policies: Path) -> list[Path]:
    """The pages on which nothing diverges, and one of twenty on which something does.

    The pages are put together from articles of several products, so that most of them contradict the policies.
    """
    held = registry.load(policies, language=languages.load("en"))
    standard = Standard(held, datetime.now(UTC).date(), languages.load)
    right: list[Path] = []
    wrong: list[Path] = []
    for file in files:
        examined = examine(Snapshot(Page(file.name), file.read_bytes(), "text/html"), standard)
        diverges = any(verdict.outcome is Outcome.DIVERGES for verdict in examined.verdicts)
        (wrong if diverges else right).append(file)
    return [*right, *wrong[: len(right) // 19]]


def _parsing(files: list[Path]) -> float:
    """Milliseconds that a page takes to parse, in the quickest of three rounds."""
    bodies = [file.read_bytes() for file in files]

    def parse() -> None:
        for body in bodies:
            lxml.html.document_fromstring(body)

    return min(_cost(parse)[0] for _ in range(3)) * 1000 / len(bodies)


def _round(folder: Path, files: list[Path], count: int) -> dict[str, float]:
    with served(folder / "pages") as address:
        addresses = _addresses(address, files, count)
        bare, bare_time = _cost(lambda: _bare(addresses[:BARE]))
        few = min(count, BARE)
        with _watched(_settings(folder, addresses)) as crawl:
            first, first_time = _cost(lambda: crawl("changed"))
            same, _ = _cost(lambda: crawl("unchanged"))
            httpx.get(f"{address}/{SWITCH.decode()}", trust_env=False)
            other, _ = _cost(lambda: crawl("unchanged"))
    return {
        "bare": bare * 1000 / few,
        "bare pages/s": few / bare_time,
        "first": first * 1000 / count,
        "first pages/s": count / first_time,
        "same": same * 1000 / count,
        "other bytes": other * 1000 / count,
    }


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


def _cost(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of CPU that some work took here and in processes it began and ended, and seconds by the clock."""
    used, start = _used(), time.perf_counter()
    work()
    return _used() - used, time.perf_counter() - start


def _used() -> float:
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def _memory(settings: Settings) -> float:
    """Megabytes that a first pass takes at most, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_first_pass, args=(settings,))
    process.start()
    most = 0.0
    while process.is_alive():
        most = max(most, sum(map(_share, _family(process.pid or 0))))
        process.join(0.2)
    assert process.exitcode == 0
    return most


def _first_pass(settings: Settings) -> None:
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    with _watched(settings) as crawl:
        crawl("changed")


def _family(pid: int) -> list[int]:
    """A process and those it began, as Linux knows them."""
    try:
        begun = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except OSError:
        return []
    return [pid, *(other for child in begun for other in _family(int(child)))]


def _share(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0  # it ended meanwhile
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


def table(result: dict[str, float]) -> str:
    return "\n".join(
        (
            f"{result['pages']:.0f} pages, {result['workers']:.0f} processes that read",
            f"one lxml.html parse        {result['parse']:6.2f} ms",
            f"fetched and read, bare     {result['bare']:6.2f} ms {result['bare pages/s']:6.0f} pages/s",
            f"first pass                 {result['first']:6.2f} ms {result['first pages/s']:6.0f} pages/s"
            f"   {result['speed']:.2f} of the bare loop",
            f"second pass, answered 304  {result['same']:6.2f} ms   {result['same of a parse']:.2f} parses",
            f"other bytes, the same text {result['other bytes']:6.2f} ms"
            f"   {result['other bytes of the loop']:.2f} times fetching and reading",
            f"memory at most             {result['memory']:6.0f} MB",
        )
    )


def main() -> None:
    """Print the figures, as a table or as JSON."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pages", type=int, default=2000)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--json", action="store_true")
    args = ask.parse_args()
    result = measure(args.pages, args.rounds)
    print(json.dumps(result | {"table": table(result)}) if args.json else table(result))


if __name__ == "__main__":
    main()
