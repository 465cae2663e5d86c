"""The README does what it says: its commands exist, its policy lints, its sample is what the demo prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from drift.__main__ import main
from drift.cli import status

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = sorted(
    {
        part.strip()
        for language, block in BLOCKS
        if language == "sh"
        for line in block.splitlines()
        for part in re.split(r"&&", line.partition(" #")[0])
        if part.strip().startswith("drift ")
    }
)


def test_one_command_sets_up_and_shows_the_main_job() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt . && .venv/bin/drift demo\n" in README


def test_one_command_runs_the_tests() -> None:
    assert (
        "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[dev]' && .venv/bin/pytest\n"
        in README
    )


def test_there_are_commands_to_check() -> None:
    assert len(COMMANDS) > 5


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_exists(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(command)[1:]
    name = words[:2] if words[0] in ("policies", "config", "alerts", "findings") else words[:1]
    assert main([*name, "--help"]) == 0
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert {word for word in words if word.startswith("--")} <= offered


def test_the_policy_lints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    snippet = re.search(r"<!-- policy -->\n```yaml\n(.*?)```", README, re.DOTALL)
    assert snippet
    (tmp_path / "policy.yaml").write_text(snippet[1], encoding="utf-8")
    assert main(["policies", "lint", "--policies", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "1 term of 1 policy: 0 problems, 0 warnings" in said.out


def test_the_settings_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    snippet = re.search(r"<!-- settings -->\n```yaml\n(.*?)```", README, re.DOTALL)
    assert snippet
    monkeypatch.setenv("HELP_TOKEN", "Bearer x")
    monkeypatch.setenv("SLACK_CONTENT", "https://hooks.slack.example/x")
    (tmp_path / "policies").mkdir()
    (tmp_path / "drift.yaml").write_text(snippet[1], encoding="utf-8")
    assert main(["config", "check", "--file", str(tmp_path / "drift.yaml")]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "0 problems, 0 warnings" in said.out


def test_the_sample_is_what_the_demo_prints(capsys: pytest.CaptureFixture[str]) -> None:
    sample = re.search(r"<!-- from: drift demo -->\n```text\n(.*?)```", README, re.DOTALL)
    assert sample
    assert main(["demo"]) == 0
    assert sample[1] in capsys.readouterr().out


def test_the_message_is_the_one_that_arrives() -> None:
    """`fixtures/alerts/slack/opened.txt` is what the contract of notifiers finds in the channel."""
    (picture,) = re.findall(r"<!-- from: (fixtures/\S+) -->\n```text\n(.*?)```", README, re.DOTALL)
    assert (ROOT / picture[0]).read_text(encoding="utf-8") == picture[1]


def test_the_exit_statuses_are_those_of_the_code() -> None:
    rows = dict(re.findall(r"^\| (\d+) \| (.*?) \|$", README, re.MULTILINE))
    assert rows[str(status.NOTHING_DIVERGES)] == "nothing diverges"
    assert rows[str(status.DIVERGES)] == "something diverges"
    assert rows[str(status.WRONG_INPUT)].startswith("wrong input")
    assert "--allow-blind" in rows[str(status.BLIND)]
    assert rows[str(status.INTERRUPTED)] == "it was stopped before its end"
    assert len(rows) == 5
