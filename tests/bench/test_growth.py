"""Cost is linear: no stage takes more than twice as much for twice as much, with room for noise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.bench


def test_no_stage_grows_faster_than_its_input() -> None:
    """CPU time is measured, so that two processes may share the cases."""
    command = [sys.executable, str(Path(__file__).parent / "bench_growth.py"), "--json", "--half"]
    halves = [subprocess.Popen([*command, half], stdout=subprocess.PIPE) for half in ("0", "1")]
    said = [half.communicate()[0] for half in halves]
    assert [half.returncode for half in halves] == [0, 0]
    too_fast = []
    for measured in map(json.loads, said):
        print("", measured["table"], sep="\n")
        grown = [one for one in measured["grown"] if one["by"] > measured["most"]]
        too_fast += [f"{one['stage']}, {one['pattern']}: x {one['by']:.2f}" for one in grown]
    assert not too_fast, too_fast
