"""The short forms of the trials: random stops, kills and faults, for as long as a gate can wait.

They take what a machine has, and are no part of a plain `pytest`: `pytest -m soak`, with `-n 3` all at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MOST_TO_STOP = 10.0  # seconds

pytestmark = pytest.mark.soak


def figures(script: str, *arguments: str) -> dict[str, Any]:
    """The figures of the short form of a trial."""
    command = [sys.executable, str(HERE / script), "--json", *arguments]
    path = os.pathsep.join([str(HERE.parent / "standins"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path})
    result: dict[str, Any] = json.loads(done.stdout)
    print(result)
    return result


def test_every_change_is_seen_once_whenever_it_is_stopped() -> None:
    measured = figures("trial_serve.py", "--seconds", "12", "--serving", "3")
    assert measured["changes"] > 5
    assert measured["stops"] > 1
    assert measured["longest stop, s"] < MOST_TO_STOP
    assert measured["not as it should be"] == []
    assert measured["errors in the log"] == []
    assert measured["problems of the store"] == []


def test_whenever_it_is_killed_nothing_is_lost_or_doubled() -> None:
    measured = figures("trial_kills.py", "--kills", "6", "--pages", "100")
    assert measured["that left a pass to resume"] > 1
    assert measured["not as it should be"] == []
    assert measured["problems of the store"] == []
    assert measured["passes never ended"] == 0


def test_every_alert_arrives_through_faults_of_receivers_and_kills_of_serve() -> None:
    measured = figures("trial_alerts.py", "--kills", "3", "--pages", "6", "--longest", "3")
    assert measured["changes"] > 0
    assert measured["not heard as it was"] == {"channel": [], "faulty": [], "steady": []}
    assert measured["twice without a kill between"] == measured["twice with another body"] == 0
    assert measured["twice"] <= 2 * measured["kills"]  # once a receiver that knows keys
    assert (measured["refused by Slack"], measured["given up"], measured["left waiting"]) == ([], 0, [])
    assert measured["problems of the store"] == []
