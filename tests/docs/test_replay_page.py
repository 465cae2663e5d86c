"""docs/replay.md shows what a replay prints, and names options that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drift.__main__ import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "replay.md").read_text(encoding="utf-8")


def test_the_sample_is_what_a_replay_prints() -> None:
    sample = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert sample
    assert sample[1] == (ROOT / "fixtures" / "replay" / "expected.txt").read_text(encoding="utf-8")


def test_its_options_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--help"]) == 0
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    lines = [line.partition("#")[0] for line in PAGE.splitlines() if line.startswith("drift replay")]
    assert {option for line in lines for option in re.findall(r"--[a-z-]+", line)} <= offered
    assert {"--as-of", "--published-as"} <= offered
