"""The gate on real histories, where a folder of them is at hand: each change of value opens a finding, nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the scripts beside this test find their own

FOLDER = os.environ.get("DRIFT_EVAL_DIR", "")
MOST_FALSE = 1

pytestmark = [
    pytest.mark.eval,
    pytest.mark.skipif(not FOLDER, reason="DRIFT_EVAL_DIR names no folder of labelled documents"),
]


def test_each_change_of_value_opens_a_finding_and_nothing_else_does() -> None:
    import histories

    wanted, found, false = histories.figures(Path(FOLDER, "documents"))
    assert found >= wanted - 1
    assert false <= MOST_FALSE
