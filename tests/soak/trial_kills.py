"""`drift crawl` killed (SIGKILL) at random moments, over and over, while the articles change.

    python tests/soak/trial_kills.py                   # 50 kills
    python tests/soak/trial_kills.py --kills 6

The moment is drawn from as long as a pass took that was not killed, counted from its first request; now and then from
the start of the process. After every kill the store is checked; after the last, two passes that complete must leave
exactly the findings that the articles call for, each with a history that could have been. Prints figures, and with
`--json` one line for programs.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from site_of_shops import RIGHT, Site, laid_out, served

from drift.model.finding import Finding, Transition
from drift.store import SqlStore, open_store
from drift.store.checking import check
from drift.watch.watched import KIND

SHORTEST = 0.05  # seconds until a kill
CHANGED = 20  # articles between two kills


def crawl(settings: Path) -> subprocess.Popen[bytes]:
    """A `drift crawl` in a process of its own."""
    command = [sys.executable, "-m", "drift", "crawl", "--file", str(settings)]
    return subprocess.Popen(command, cwd=settings.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def kill_one(site: Site, settings: Path, dice: random.Random, longest: float) -> bool:
    """Start a pass and kill it. Gives whether it still ran."""
    process = crawl(settings)
    asked = site.requests
    if dice.random() < 0.8:
        while site.requests == asked and process.poll() is None:
            time.sleep(0.005)
    time.sleep(dice.uniform(SHORTEST, longest))
    ran = process.poll() is None
    process.kill()
    process.communicate()
    return ran


def complete(site: Site, settings: Path) -> float:
    """A pass to its end. Gives the seconds from its first request on."""
    process = crawl(settings)
    asked = site.requests
    while site.requests == asked and process.poll() is None:
        time.sleep(0.005)
    began = time.monotonic()
    _, said = process.communicate(timeout=300)
    if process.returncode not in (0, 1) or said:
        raise SystemExit(f"drift crawl ended with status {process.returncode}: {said.decode()}")
    return time.monotonic() - began


def wrongs(site: Site, store: SqlStore) -> list[str]:
    """Everything that is not as the articles are."""
    found: dict[str, list[Finding]] = {}
    for finding in store.findings.find():
        found.setdefault(finding.article, []).append(finding)
    said = []
    for number, values in enumerate(site.values):
        ours = found.pop(site.public(number), [])
        standing = [finding.statement.published for finding in ours if finding.state.stands]
        if standing != ([] if values[-1] == RIGHT else [f"{values[-1]} days"]):
            said.append(f"article {number} says {values}, and stands: {standing}")
        said += [f"article {number}: {len(ours)} findings"] * (len(ours) > 1)
        said += [fault for one in ours for fault in _faults(store.findings.history(one.id), values)]
    return [*said, *[f"a finding on {article}, which nobody published" for article in found]]


def _faults(history: tuple[Transition, ...], values: list[int]) -> list[str]:
    """What cannot have been: a step that does not follow the one before, is there twice, or was never published."""
    said = [
        f"{one.finding}: {one.before} -> {one.after} after {last.after}"
        for last, one in pairwise(history)
        if one.before is not last.after or one.published == last.published
    ]
    left = (f"{value} days" for value in values)  # what was seen is a part of what was published, in its order
    if not all(str(one.published) in left for one in history):
        said.append(f"{history[0].finding}: {[one.published for one in history]} of {values}")
    return said


def run(kills: int, pages: int, seed: int) -> dict[str, object]:
    """The trial."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, served(Site(pages, wait=0.04)) as site:
        settings = laid_out(Path(name), site)
        url = f"sqlite:///{Path(name) / '.drift' / 'drift.db'}"
        running = begun = written = 0
        longest = complete(site, settings)
        problems: list[str] = []
        with open_store(url) as store:
            for _ in range(kills):
                for number in dice.sample(range(pages), CHANGED):
                    site.change(number, dice)
                running += kill_one(site, settings, dice, longest)
                if left := store.runs.unfinished("help", KIND):
                    begun += 1
                    written += bool(store.runs.done(left))
                problems += check(url).problems
            complete(site, settings)  # the pass that was cut off last
            complete(site, settings)
            problems += check(url).problems
            runs = store.runs.last(1_000_000, "help")
            return {
                "kills": kills,
                "of a running process": running,
                "seconds of a pass that was not killed": round(longest, 2),
                "that left a pass to resume": begun,
                "some of it written": written,
                "articles": pages,
                "changes": sum(len(values) - 1 for values in site.values),
                "findings": len(store.findings.find()),
                "steps of findings": sum(len(store.findings.history(one.id)) for one in store.findings.find()),
                "passes": len(runs),
                "passes never ended": sum(run.ended is None for run in runs),
                "problems of the store": problems,
                "not as it should be": wrongs(site, store),
            }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = {"seed": asked.seed, **run(asked.kills, asked.pages, asked.seed)}
    print(json.dumps(figures) if asked.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
