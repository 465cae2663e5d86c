"""The quality gate on labelled real documents, where a folder of them is at hand.

They are other people's texts and no part of this project. DRIFT_EVAL_DIR names a folder with two scorers, `score.py`
(cold) and `taught.py` (after one review), which are handed one of its sets and the command to run. `--json FILE` has
them write their figures, and a row for each mistake: case, version, 'MISSED' or 'FALSE', 'diverges' or 'agrees', term,
value. The rows are counted here by the kind of the term, and never shown: half of the set is not to be read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))  # the scripts beside this test find their own

FOLDER = os.environ.get("DRIFT_EVAL_DIR", "")
SETS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8"))["sets"]
SCORERS = {"cold": "score.py", "taught": "taught.py"}
RAISE_BY = 0.02  # a figure this far above its floor deserves a higher floor

pytestmark = [
    pytest.mark.eval,
    pytest.mark.skipif(not FOLDER, reason="DRIFT_EVAL_DIR names no folder of labelled documents"),
]


@cache
def scored(name: str, how: str) -> tuple[int, dict[str, Any], str]:
    """The exit status of a scorer, what it wrote, and what it complained about."""
    import warm

    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "figures.json")
        command = [sys.executable, SCORERS[how], name, "--drift", warm.command(), "--json", str(written)]
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
        assert written.exists(), done.stderr
        return done.returncode, json.loads(written.read_text(encoding="utf-8")), done.stderr


def figures(name: str, how: str) -> dict[str, Any]:
    found: dict[str, Any] = scored(name, how)[1]["figures"]
    return found


def pinned(what: str) -> list[tuple[str, str, str, float]]:
    return [
        (name, how, figure, limit)
        for name, entry in SETS.items()
        for how in SCORERS
        if how in entry
        for figure, limit in entry[how][what].items()
    ]


@pytest.mark.parametrize(
    ("name", "how"), [(name, how) for name, entry in SETS.items() for how in SCORERS if how in entry]
)
def test_no_case_fails(name: str, how: str) -> None:
    status, written, complaints = scored(name, how)
    assert (status, written["failed"]) == (0, []), complaints


@pytest.mark.parametrize(("name", "how", "figure", "floor"), pinned("floors"))
def test_no_figure_falls_below_its_floor(name: str, how: str, figure: str, floor: float) -> None:
    measured = figures(name, how)
    if measured[figure] > floor + RAISE_BY:
        print(f"{name}, {how}, {figure}: {measured[figure]} is above its floor of {floor}; raise the floor")
    assert measured[figure] >= floor, json.dumps(measured, indent=1)


@pytest.mark.parametrize(("name", "how", "figure", "ceiling"), pinned("ceilings"))
def test_no_figure_rises_above_its_ceiling(name: str, how: str, figure: str, ceiling: float) -> None:
    measured = figures(name, how)
    assert measured[figure] <= ceiling, json.dumps(measured, indent=1)


@cache
def mistakes(name: str) -> dict[str, Counter[str]]:
    """By kind of value: 'missed drift', 'false drift', 'missed agreement' and 'false agreement', cold."""
    from labelled import policies_of

    counted: dict[str, Counter[str]] = {}
    kinds: dict[tuple[str, str], str] = {}
    for path in sorted(Path(FOLDER, name).glob("*.yaml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        kinds |= {(case["case"], term.name): str(term.kind) for term in policies_of(case).terms}
    for case, _, mistake, outcome, term, _ in scored(name, "cold")[1]["rows"]:
        word = {"diverges": "drift", "agrees": "agreement"}[outcome]
        counted.setdefault(kinds[case, term], Counter())[f"{mistake.lower()} {word}"] += 1
    return counted


@pytest.mark.parametrize("name", [name for name, entry in SETS.items() if "mistakes by kind" in entry["cold"]])
def test_mistakes_on_no_kind_of_value_become_more(name: str) -> None:
    pinned = SETS[name]["cold"]["mistakes by kind"]
    more = {
        kind: dict(counts)
        for kind, counts in mistakes(name).items()
        if any(count > pinned.get(kind, {}).get(what, 0) for what, count in counts.items())
    }
    assert more == {}
