"""The quality gate on labelled real documents, where a folder of them is at hand.

They are other people's texts and no part of this project. DRIFT_EVAL_DIR names a folder with a `score.py`, which is
handed one of its sets and the command to run, and prints the figures as JSON.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = os.environ.get("DRIFT_EVAL_DIR", "")
FLOORS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8"))["sets"]
RAISE_BY = 0.02  # a figure this far above its floor deserves a higher floor

pytestmark = [
    pytest.mark.eval,
    pytest.mark.skipif(not FOLDER, reason="DRIFT_EVAL_DIR names no folder of labelled documents"),
]


@cache
def scored(name: str) -> tuple[int, dict[str, Any], str]:
    """The exit status of the scorer, its figures, and what it complained about."""
    drift = shlex.join([sys.executable, "-m", "drift"])
    command = [sys.executable, "score.py", name, "--drift", drift]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.mark.parametrize("name", FLOORS)
def test_no_case_fails(name: str) -> None:
    status, figures, complaints = scored(name)
    assert (status, figures["failed"]) == (0, 0), complaints


@pytest.mark.parametrize(
    ("name", "figure", "floor"),
    [(name, figure, floor) for name, entry in FLOORS.items() for figure, floor in entry["floors"].items()],
)
def test_no_figure_falls_below_its_floor(name: str, figure: str, floor: float) -> None:
    measured = scored(name)[1]
    if measured[figure] > floor + RAISE_BY:
        print(f"{name}, {figure}: {measured[figure]} is above its floor of {floor}; raise the floor")
    assert measured[figure] >= floor, json.dumps(measured, indent=1)
