"""`drift alerts`: what is on its way, what was given up, and who hears what."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift.__main__ import main
from drift.model.alert import DeliveryState
from drift.store import open_store

Said = pytest.CaptureFixture[str]

POLICY = """\
policy: device-unlock
title: Device unlock
owner: {team: Wireless policy}
severity: high
terms:
  - {term: wait, says: A phone can be unlocked after 60 days of service., value: 60 days, topics: [unlock your phone]}
"""
SETTINGS = """\
policies: unlock
store: {url: "sqlite:///watch.db"}
sources: [{name: help, kind: files, at: articles}]
alerts:
  notifiers:
    content: {kind: webhook, url: {env: HOOK}, key: {env: HOOK_KEY}}
    managers: {kind: webhook, url: {env: HOOK}, key: {env: HOOK_KEY}}
  routes:
    - {name: fees, to: [content], when: {policy: [fees]}}
    - {name: content, to: [content], when: {policy_owner: [Wireless*]}}
    - {name: managers, to: [managers]}
  default: managers
  escalation: {high: [{after: 4 hours, route: managers}]}
"""
STORE = "sqlite:///watch.db"


@pytest.fixture
def finding(place: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A watched page that went wrong; gives the id of its finding."""
    monkeypatch.setenv("HOOK", "https://127.0.0.1:9/s3cr3t")
    monkeypatch.setenv("HOOK_KEY", "k3y")
    for name in ("unlock", "articles"):
        (place / name).mkdir()
    (place / "unlock" / "unlock.yaml").write_text(POLICY)
    (place / "drift.yaml").write_text(SETTINGS)
    (place / "articles" / "unlock.md").write_text("# Unlock your phone\n\nYou can unlock your phone after 30 days.\n")
    assert main(["crawl"]) == 1  # the alert of it fails: its address is one that the gate does not open
    with open_store(STORE) as store:
        return store.findings.find()[0].id


def given_up(finding: str) -> None:
    """Let the alert of the finding be given up."""
    with open_store(STORE) as store:
        (waiting,) = store.outbox.find(finding=finding)
        store.outbox.failed([waiting], "nobody answers there", None)


def test_list_tells_each_alert_and_its_state(finding: str, capsys: Said) -> None:
    capsys.readouterr()
    assert main(["alerts", "list"]) == 0
    operators, line, total = capsys.readouterr().out.splitlines()
    assert operators.endswith("waiting failed    notifier content  managers > managers")
    assert f"waiting opened    {finding}  content > content  its host is on a private network" in line
    assert total == "2 waiting"
    given_up(finding)
    assert main(["alerts", "list", "--state", "dead", "--finding", finding]) == 0
    assert "dead    opened" in (said := capsys.readouterr().out)
    assert "nobody answers there" in said
    assert main(["alerts", "list", "--state", "sent"]) == 0
    assert capsys.readouterr().out == "Nothing was said yet.\n"


def test_show_tells_one_alert_whole(finding: str, capsys: Said) -> None:
    capsys.readouterr()
    assert main(["alerts", "show", "1"]) == 0
    said = capsys.readouterr().out
    assert said.startswith('A customer who reads "Unlock your phone" is told 30 days. The policy is 60 days.\n')
    assert f"event      {finding}/opened/1" in said
    assert "route      content" in said
    assert main(["alerts", "show", "3"]) == 2
    assert "there is no alert 3: see 'drift alerts list'" in capsys.readouterr().err


def test_retry_lets_what_was_given_up_be_tried_again(finding: str, capsys: Said) -> None:
    capsys.readouterr()
    assert main(["alerts", "retry", "1"]) == 2
    assert "alert 1 was not given up" in capsys.readouterr().err
    assert main(["alerts", "retry"]) == 2
    assert main(["alerts", "retry", "--all", "1"]) == 2
    given_up(finding)
    capsys.readouterr()
    assert main(["alerts", "retry", "--all"]) == 0
    assert capsys.readouterr().out == "1 alert to be tried again.\n"
    with open_store(STORE) as store:
        (again,) = store.outbox.find(state=DeliveryState.WAITING, finding=finding)
    assert (again.message or "").startswith("M-")
    assert again.attempts == 0


def test_routes_tells_who_hears_what(finding: str, capsys: Said) -> None:
    capsys.readouterr()
    assert main(["alerts", "routes"]) == 0
    assert finding
    said = capsys.readouterr().out
    assert "content  > content\n  takes      policy owner Wireless*\n" in said
    assert "takes      what no other route takes; what is wrong with drift itself; what nobody acknowledges" in said
    assert "high, unacknowledged for 4 hours: managers" in said


def test_routes_explains_who_would_hear_of_a_finding(finding: str, capsys: Said) -> None:
    capsys.readouterr()
    assert main(["alerts", "routes", "--explain", finding]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == [
        "  fees  it takes policy fees, and the policy is device-unlock",
        "  content  the policy owner is Wireless policy",
        "content hears it, by content.",
        "If nobody acknowledges it within 4 hours, managers hears it.",
    ]
    assert main(["alerts", "routes", "--explain", "F-00000000"]) == 2


def test_a_sample_that_does_not_arrive_is_told_without_its_address(finding: str, capsys: Said) -> None:
    capsys.readouterr()
    assert main(["alerts", "test", "--route", "content"]) == 2
    said = capsys.readouterr()
    assert finding not in said.err
    assert "the sample did not arrive by 'content'" in said.err
    assert "s3cr3t" not in said.out + said.err
    assert main(["alerts", "test", "--route", "nobody"]) == 2
    assert "there is no route 'nobody' in drift.yaml; there are: fees, content, managers" in capsys.readouterr().err


LOOKING = (
    ["findings", "list"],
    ["findings", "show", "{finding}"],
    ["findings", "silences"],
    ["findings", "ack", "{finding}", "--by", "ana"],
    ["findings", "export"],
    ["history", "articles/unlock.md"],
    ["status"],
    ["alerts", "list"],
    ["alerts", "show", "1"],
    ["alerts", "routes"],
    ["alerts", "routes", "--explain", "{finding}"],
    ["db", "check"],
    ["db", "prune"],
    ["backup", "copy.db"],
    ["policies", "lint", "--policies", "unlock"],
)


@pytest.mark.parametrize("arguments", LOOKING, ids=" ".join)
def test_what_only_looks_needs_no_secret(
    finding: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.delenv("HOOK")
    monkeypatch.delenv("HOOK_KEY")
    capsys.readouterr()
    status = main([each.format(finding=finding) for each in arguments])
    assert status == (1 if arguments == ["status"] else 0)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("arguments", [["crawl"], ["alerts", "test", "--route", "content"], ["config", "check"]])
def test_what_sends_needs_its_secrets(
    finding: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    del finding
    monkeypatch.delenv("HOOK")
    assert main(arguments) == 2
    assert "the environment variable HOOK is not set" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["list"], ["show", "1"], ["retry", "--all"], ["routes", "--explain", "F-1"]])
def test_looking_at_alerts_makes_no_store(place: Path, arguments: list[str], capsys: Said) -> None:
    (place / "drift.yaml").write_text(SETTINGS)
    assert main(["alerts", *arguments]) == 2
    assert "there is no store yet; 'drift crawl' or 'drift replay' makes one" in capsys.readouterr().err
    assert not (place / "watch.db").exists()
