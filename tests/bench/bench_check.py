"""What `drift check` costs, against parsing the same bytes with lxml.html alone.

    python tests/bench/bench_check.py [--pages 200] [--json]

One process, CPU time, the garbage collector as the command sets it. The whole is what a check does page by page (read
the file, read the article, find claims, match, judge) and its JSON report; start-up is measured by bench_start.py,
loading the registry is reported apart.

A busy machine runs at four fifths of its speed for seconds on end, and a check suffers more from it than the yardstick
does. So the yardstick is measured beside every page, all in ROUNDS rounds, and of each page and of its yardstick the
quickest time counts: a figure goes wrong only where the same few milliseconds were disturbed in every round.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import lxml.html
from make_pages import make_pages, make_registry

from drift.__main__ import OBJECTS_BETWEEN_COLLECTIONS
from drift.assembly import registry as registry_room
from drift.assembly.fetching import Fetching
from drift.check.check import check
from drift.engine import languages, reading
from drift.engine.pipeline import Standard
from drift.model import Examined, Page, Snapshot
from drift.reports import json_report

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TERMS = (50, 500, 5000)
YARDSTICK_TERMS = 500
ROUNDS = 5

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds, and what was measured: a later run can be held against it only if these are the same."""

    pages: int
    megabytes: float
    claims: int
    fewest_claims: int  # of any page
    most_claims: int
    parsing: float  # lxml.html alone, with the files read, beside the checks of YARDSTICK_TERMS terms
    reading: float  # bytes to article, with the files read
    loading: dict[int, float]  # by number of terms: the registry, ready to judge
    checking: dict[int, float]  # by number of terms: all pages, and the report

    @property
    def ratio(self) -> float:
        """How many times the yardstick a check of YARDSTICK_TERMS terms costs."""
        return self.checking[YARDSTICK_TERMS] / self.parsing

    @property
    def growth(self) -> float:
        """How many times more the largest registry costs than the smallest."""
        return self.checking[max(self.checking)] / self.checking[min(self.checking)]


def measure(folder: Path, count: int) -> Measured:
    """Make pages and registries in a folder and measure."""
    paths = make_pages(folder / "pages", count)
    loading, standards = {}, {}
    for terms in TERMS:
        make_registry(folder / f"policies-{terms}", terms)
        loading[terms], standards[terms] = _timed(partial(_standard, folder / f"policies-{terms}"))
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    rounds: dict[int, list[Round]] = {terms: [] for terms in TERMS}
    reads = []
    for _ in range(ROUNDS):
        reads.append([_timed(partial(_read, path))[0] for path in paths])
        for terms, standard in standards.items():
            rounds[terms].append(_round(paths, standard))
    examined = rounds[YARDSTICK_TERMS][0].examined
    assert not any(one.blind for one in examined)
    return Measured(
        pages=count,
        megabytes=round(sum(path.stat().st_size for path in paths) / 1e6, 1),
        claims=sum(one.claims for one in examined),
        fewest_claims=min(one.claims for one in examined),
        most_claims=max(one.claims for one in examined),
        parsing=_quickest(one.parsing for one in rounds[YARDSTICK_TERMS]),
        reading=_quickest(reads),
        loading=loading,
        checking={terms: _quickest(one.checking for one in made) for terms, made in rounds.items()},
    )


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _standard(policies: Path) -> Standard:
    standard = Standard(registry_room.registry(policies), date(2026, 11, 21), languages.load)
    standard.matcher(standard.registry.language)
    return standard


def _parse(path: Path) -> None:
    lxml.html.document_fromstring(path.read_bytes())


def _read(path: Path) -> None:
    reading.read(Snapshot(Page(str(path)), path.read_bytes(), "text/html"))


@dataclass(frozen=True, slots=True)
class Round:
    """One check of all pages, in CPU seconds page by page, the report last; and the yardstick beside each page."""

    examined: tuple[Examined, ...]
    checking: list[float]
    parsing: list[float]


def _round(paths: list[Path], standard: Standard) -> Round:
    checking: list[float] = []
    parsing: list[float] = []
    start = time.process_time()

    def on_examined(_: Examined, done: int, __: int | None) -> None:
        nonlocal start
        checking.append(time.process_time() - start)
        # Twice: the first finds the memory near the processor full of what the check left there.
        parsing.append(min(_timed(partial(_parse, paths[done - 1]))[0] for _ in range(2)))
        start = time.process_time()

    with Fetching(lambda: NOW) as fetcher:
        report = check((Page(str(path)) for path in paths), fetcher, standard, lambda: NOW, on_examined)
    json_report.render(report)
    checking.append(time.process_time() - start)
    return Round(report.examined, checking, parsing)


def _quickest(rounds: Iterable[list[float]]) -> float:
    """The quickest time of each part over all rounds, added up."""
    parts: Iterable[tuple[float, ...]] = zip(*rounds, strict=True)
    return sum(map(min, parts))


def table(measured: Measured) -> str:
    """The figures as lines for people."""
    rows = [
        ("lxml.html alone", measured.parsing),
        ("reading", measured.reading),
        (f"the rest, {YARDSTICK_TERMS} terms", measured.checking[YARDSTICK_TERMS] - measured.reading),
        *((f"check, {terms} terms", seconds) for terms, seconds in measured.checking.items()),
    ]
    lines = [
        f"{measured.pages} pages, {measured.megabytes} MB, {measured.claims} claims, "
        f"{measured.fewest_claims} to {measured.most_claims} a page",
        f"{'':22}{'CPU s':>9}{'ms a page':>11}{'x lxml':>9}",
    ]
    lines += [
        f"{name:22}{seconds:9.2f}{1000 * seconds / measured.pages:11.2f}{seconds / measured.parsing:9.1f}"
        for name, seconds in rows
    ]
    lines += [f"{f'loading {terms} terms':22}{seconds:9.2f}" for terms, seconds in measured.loading.items()]
    lines.append(f"{min(TERMS)} to {max(TERMS)} terms: x {measured.growth:.2f}")
    return "\n".join(lines)


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pages", type=int, default=200)
    ask.add_argument("--json", action="store_true")
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), args.pages)
    figures = asdict(measured) | {"ratio": measured.ratio, "growth": measured.growth, "table": table(measured)}
    print(json.dumps(figures) if args.json else figures["table"])


if __name__ == "__main__":
    main()
