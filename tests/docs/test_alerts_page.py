"""docs/alerts.md names every reason, its settings can be used, and its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drift.__main__ import main
from drift.model.alert import Reason

PAGE = (Path(__file__).parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^drift (alerts \w+)(.*?)\s+#", PAGE, re.MULTILINE)


def test_every_reason_is_named() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == [reason.value for reason in Reason]


def test_the_settings_say_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (snippet,) = re.findall(r"<!-- settings -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    for name in ("SLACK_CONTENT", "SLACK_WIRELESS"):
        monkeypatch.setenv(name, "https://hooks.slack.example/x")
    (tmp_path / "policies").mkdir()
    (tmp_path / "drift.yaml").write_text(snippet, encoding="utf-8")
    assert main(["config", "check", "--file", str(tmp_path / "drift.yaml")]) == 0
    assert "0 problems, 0 warnings" in capsys.readouterr().out
    assert main(["alerts", "routes", "--file", str(tmp_path / "drift.yaml")]) == 0
    told = capsys.readouterr().out
    assert "from 19:00 until 08:00 (Europe/Paris), but for what is critical" in told
    assert "mon, tue, wed, thu, fri at 09:00 (Europe/Paris)" in told
    assert "critical, unacknowledged for 4 hours: managers" in told


@pytest.mark.parametrize(("command", "rest"), COMMANDS)
def test_every_command_and_option_exists(command: str, rest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert set(re.findall(r"--[a-z-]+", rest)) <= offered
