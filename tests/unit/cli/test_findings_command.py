"""`drift findings`, `drift history` and `drift status` from the door: options, outputs and exit statuses."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drift.__main__ import main
from drift.cli import findings, overview
from drift.cli.findings import FindingStateName
from drift.model.finding import State

Said = pytest.CaptureFixture[str]
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SETTINGS = """\
sources:
  - name: help
    kind: sitemap
    at: https://help.larkspur.example/sitemap.xml
    schedule: {every: 6 hours}
    owners: {"https://help.larkspur.example/wireless/**": {team: Wireless content}}
"""
POLICY = """\
policy: device-unlock
owner: {team: Wireless policy}
terms:
  - term: postpaid-wait
    says: A postpaid phone can be unlocked after 60 days of service.
    value: 60 days
    guidance: Honour what the page said.
"""


@pytest.fixture
def place(own_store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a store, at noon of a day on which two findings stand."""
    for module in (findings, overview):
        monkeypatch.setattr(module, "now", lambda: NOW)
    monkeypatch.setenv("DRIFT_STORE", own_store.url)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: Said, *arguments: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == status
    return capsys.readouterr().out


def listed(capsys: Said, *arguments: str) -> list[dict[str, Any]]:
    document = json.loads(run(capsys, "findings", "list", "--format", "json", *arguments))
    assert document["format"] == "drift-findings/1"
    found: list[dict[str, Any]] = document["findings"]
    return found


def the(capsys: Said, state: str) -> str:
    found: str = listed(capsys, "--state", state)[0]["id"]
    return found


def test_the_states_are_those_of_the_model() -> None:
    assert [each.value for each in FindingStateName] == [*(each.value for each in State), "standing"]


@pytest.mark.usefixtures("place")
def test_the_list_holds_all_states_unless_some_are_asked_for(capsys: Said) -> None:
    assert [each["state"] for each in listed(capsys)] == ["open", "regressed", "gone", "resolved"]
    assert [each["state"] for each in listed(capsys, "--state", "gone", "--state", "open")] == ["open", "gone"]
    assert listed(capsys, "--source", "nobody") == []
    assert run(capsys, "findings", "list", "--source", "nobody") == "0 findings\n"


def test_what_is_at_hand_is_told_with_a_finding(place: Path, capsys: Said) -> None:
    bare = listed(capsys, "--state", "open")[0]
    assert (bare["owner"], bare["guidance"], bare["content_owner"]) == (None, None, None)
    (place / "policies").mkdir()
    (place / "policies" / "unlock.yaml").write_text(POLICY, encoding="utf-8")
    (place / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    told = listed(capsys, "--state", "open")[0]
    assert told["owner"] == {"team": "Wireless policy", "email": None, "slack": None}
    assert told["content_owner"]["team"] == "Wireless content"
    assert told["guidance"] == "Honour what the page said."


@pytest.mark.parametrize("file", ["drift.yaml", "policies/unlock.yaml"])
def test_what_lies_there_and_is_wrong_is_told_and_left_out(place: Path, capsys: Said, file: str) -> None:
    (place / file).parent.mkdir(exist_ok=True)
    (place / file).write_text("nonsense: [", encoding="utf-8")
    assert main(["findings", "list", "--format", "json"]) == 0
    assert "warning: " in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--policies", "--file"])
@pytest.mark.usefixtures("place")
def test_what_is_named_must_be_right(capsys: Said, option: str) -> None:
    assert main(["findings", "list", "--format", "json", option, "missing"]) == 2
    assert "missing" in capsys.readouterr().err


def test_the_store_of_the_settings_is_looked_into(place: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRIFT_STORE")
    (place / "drift.yaml").write_text(f"{SETTINGS}store: {{url: 'sqlite:///drift.db'}}\n", encoding="utf-8")
    assert len(listed(capsys)) == 4
    (place / "drift.yaml").write_text("nonsense: [", encoding="utf-8")
    assert main(["findings", "list"]) == 2


@pytest.mark.parametrize(
    "command",
    [["findings", "list"], ["findings", "show", "F-1"], ["findings", "export"], ["history", "a"], ["status"]],
)
def test_where_nothing_is_remembered(place: Path, capsys: Said, command: list[str]) -> None:
    assert main([*command, "--store", f"sqlite:///{place / 'none.db'}"]) == 2
    assert "there is no store yet; 'drift crawl' or 'drift replay' makes one" in capsys.readouterr().err
    assert not (place / "none.db").exists()


@pytest.mark.usefixtures("place")
def test_acknowledge_show_and_list(capsys: Said) -> None:
    name = the(capsys, "open")
    said = run(capsys, "findings", "ack", name, "--by", "ana@larkspur.example", "--note", "Today.")
    assert said == f"{name} is acknowledged by ana@larkspur.example.\n"
    shown = run(capsys, "findings", "show", name)
    assert f"{name}  ACKNOWLEDGED  device-unlock/postpaid-wait" in shown
    assert "taken by   ana@larkspur.example, 10 March 2026 12:00 UTC" in shown
    assert "acknowledged: by ana@larkspur.example; Today." in shown
    document = json.loads(run(capsys, "findings", "show", name, "--format", "json"))["findings"][0]
    assert (document["acknowledged_by"], document["acknowledged_at"]) == (
        "ana@larkspur.example",
        "2026-03-10T12:00:00Z",
    )
    assert [each["after"] for each in document["history"]] == ["open", "acknowledged"]
    assert main(["findings", "ack", name, "--by", "ben"]) == 2


def test_who_acts_is_whom_git_knows(place: Path, capsys: Said) -> None:
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    subprocess.run(["git", "config", "user.email", "eva@larkspur.example"], cwd=place, check=True)
    assert "acknowledged by eva@larkspur.example" in run(capsys, "findings", "ack", the(capsys, "open"))


@pytest.mark.usefixtures("place")
def test_a_life_of_a_silence(capsys: Said) -> None:
    said = run(
        capsys,
        "findings",
        "silence",
        "--policy",
        "returns",
        "--reason",
        "moves",
        "--until",
        "2026-03-31",
        "--by",
        "ana",
    )
    name = said.split()[0]
    assert "until      the end of 31 March 2026\n" in said
    assert "hides      1 standing finding" in said
    assert [each["silenced_by"] for each in listed(capsys, "--policy", "returns")] == [name] * 3
    document = json.loads(run(capsys, "findings", "silences", "--format", "json"))
    assert document["format"] == "drift-silences/1"
    assert [(each["id"], each["until"]) for each in document["silences"]] == [(name, "2026-04-01T00:00:00Z")]
    assert "nothing any more" in run(capsys, "findings", "unsilence", name)
    assert run(capsys, "findings", "silences") == "0 silences in force\n"
    assert name in run(capsys, "findings", "silences", "--all")
    assert main(["findings", "unsilence", name]) == 2


@pytest.mark.parametrize("until", ["tomorrow", "2026-13-01", "2026-03-09", "9999-12-31", "", "2026-03-10T12:00"])
@pytest.mark.usefixtures("place")
def test_a_silence_ends_on_a_day_to_come(capsys: Said, until: str) -> None:
    arguments = ["findings", "silence", "--policy", "returns", "--reason", "r", "--until", until, "--by", "ana"]
    assert main(arguments) == 2
    assert run(capsys, "findings", "silences", "--all") == "0 silences in force\n"


@pytest.mark.usefixtures("place")
def test_the_last_day_of_a_silence_may_be_today(capsys: Said) -> None:
    arguments = ["--article", "*", "--reason", "r", "--until", "2026-03-10", "--by", "ana"]
    assert "the end of 10 March 2026" in run(capsys, "findings", "silence", *arguments)


def test_exports_hold_everything_and_no_formula(place: Path, capsys: Said) -> None:
    run(capsys, "findings", "ack", the(capsys, "open"), "--by", "ana", "--note", "=HYPERLINK(1)")
    assert run(capsys, "findings", "export", "--output", "out.csv") == ""
    rows = list(csv.DictReader(io.StringIO((place / "out.csv").read_text(encoding="utf-8"), newline="")))
    assert [row["id"] for row in rows] == [each["id"] for each in listed(capsys)]
    assert rows[0]["history"].endswith("acknowledged: by ana; =HYPERLINK(1)")
    document = json.loads(run(capsys, "findings", "export", "--format", "json"))
    assert document["findings"][0]["history"][-1]["note"] == "=HYPERLINK(1)"


@pytest.mark.usefixtures("place")
def test_the_history_of_a_page(capsys: Said) -> None:
    page = "https://help.larkspur.example/shop/returns"
    assert "~ Goods come back within [-14-]{+30+} days.\n" in run(capsys, "history", page)
    late = run(capsys, "history", page, "--since", "2026-03-06")
    assert len(re.findall(r"^from ", late, re.MULTILINE)) == 1
    document = json.loads(run(capsys, "history", page, "--format", "json"))
    assert document["format"] == "drift-history/1"
    assert [len(each["findings"]) for each in document["versions"]] == [0, 1, 1, 1]
    assert main(["history", page, "--since", "March"]) == 2
    assert main(["history", "nothing"]) == 2


def test_the_status_says_what_stands_and_what_is_next(place: Path, capsys: Said) -> None:
    assert "2 findings stand" in run(capsys, "status", status=1)
    (place / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    said = run(capsys, "status", status=1)
    assert "WARNING  help: it was not read in time: its last run began 5 days ago" in said
    document = json.loads(run(capsys, "status", "--format", "json", status=1))
    assert [(each["source"], each["next"], each["late"]) for each in document["sources"]] == [
        ("help", "2026-03-10T18:00:00Z", True),
        ("shop", None, False),
    ]
