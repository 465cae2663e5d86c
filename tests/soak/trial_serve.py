"""`drift serve` beside a help centre that changes at random, stopped and started again all the while.

    python tests/soak/trial_serve.py                   # 10 minutes
    python tests/soak/trial_serve.py --seconds 20

An article changes again only once its last change was found, so that every change must be in the history of its
finding: once, in order, with its value. Prints figures, and with `--json` one line for programs.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from site_of_shops import Site, expected, laid_out, served, told

from drift.store import SqlStore, open_store
from drift.store.checking import check

SETTLING = 60.0  # seconds that the last changes get to be found


@dataclass
class Trial:
    """A site, the store of what watches it, and what is still to be found of it."""

    site: Site
    store: SqlStore
    dice: random.Random
    changed: dict[int, float] = field(default_factory=dict)  # article -> when it changed, until that is found
    found_after: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)

    def change(self) -> None:
        """Change an article whose last change was found, if there is one."""
        settled = [number for number in range(self.site.pages) if number not in self.changed]
        if settled:
            number = self.dice.choice(settled)
            self.site.change(number, self.dice)
            self.changed[number] = time.monotonic()

    def look(self) -> None:
        """Which of the changes are in the store by now."""
        for number, at in list(self.changed.items()):
            if self.history(number) == expected(self.site.values[number]):
                self.found_after.append(time.monotonic() - at)
                del self.changed[number]

    def history(self, number: int) -> list[tuple[object, str]]:
        found = self.store.findings.find(article=self.site.public(number))
        lines = [line for finding in found for line in told(self.store.findings.history(finding.id))]
        return [*lines, *[(None, "a finding too many")] * (len(found) - 1)]


def start(settings: Path, log: Path) -> subprocess.Popen[bytes]:
    """A `drift serve` in a process of its own, which adds to a log; it has written its first line."""
    with log.open("ab") as to:
        size = log.stat().st_size
        process = subprocess.Popen(
            [sys.executable, "-m", "drift", "serve", "--file", str(settings)], stderr=to, cwd=settings.parent
        )
    while log.stat().st_size == size and process.poll() is None:
        time.sleep(0.02)
    return process


def stop(process: subprocess.Popen[bytes]) -> float:
    """End it as systemd does. Gives the seconds it took."""
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status = process.wait(60)
    if status:
        raise SystemExit(f"drift serve ended with status {status}")
    return time.monotonic() - asked


def run(seconds: float, pages: int, serving: float, seed: int) -> dict[str, object]:
    """The trial; `serving` is the mean time in seconds from a start to the next stop."""
    with tempfile.TemporaryDirectory() as name, served(Site(pages)) as site:
        folder = Path(name)
        settings, log = laid_out(folder, site), folder / "log"
        url = f"sqlite:///{folder / '.drift' / 'drift.db'}"
        with open_store(url) as store:
            trial = Trial(site, store, random.Random(seed))
            _go_on(trial, settings, log, seconds, serving)
            wrong = [number for number in range(pages) if trial.history(number) != expected(site.values[number])]
            runs = store.runs.last(1_000_000, "help")
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        return {
            "seconds": seconds,
            "changes": sum(len(values) - 1 for values in site.values),
            "articles": pages,
            "not as it should be": wrong,
            "found after, median s": round(statistics.median(trial.found_after), 2),
            "found after, longest s": round(max(trial.found_after), 2),
            "stops": len(trial.stops),
            "longest stop, s": round(max(trial.stops), 2),
            "runs": len(runs),
            "errors in the log": [line for line in lines if line["level"] == "error"],
            "problems of the store": list(check(url).problems),
        }


def _go_on(trial: Trial, settings: Path, log: Path, seconds: float, serving: float) -> None:
    process = start(settings, log)
    began = time.monotonic()
    next_stop = began + trial.dice.random() * 2 * serving
    try:
        while (now := time.monotonic()) < began + seconds + SETTLING:
            changing = now < began + seconds
            if changing:
                trial.change()
            elif not trial.changed:
                break
            trial.look()
            if changing and now > next_stop:
                trial.stops.append(stop(process))
                time.sleep(trial.dice.random() * 2)  # changes that nobody watches are found all the same
                trial.change()
                process = start(settings, log)
                next_stop = time.monotonic() + trial.dice.random() * 2 * serving
            time.sleep(trial.dice.random() * 0.5)
    finally:
        trial.stops.append(stop(process))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--serving", type=float, default=10, help="mean seconds from a start to a stop")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = {"seed": asked.seed, **run(asked.seconds, asked.pages, asked.serving, asked.seed)}
    print(json.dumps(figures) if asked.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
