"""A watch with an annotator from the door: what it affirms is a finding that says so, what it denies nobody is asked,
and without its answers all is as if there were none.

The sentence is a question by its words alone: the same amount for another time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import block_kit
import pytest
from parcels import LETTERS
from receiver import Receiver
from slack_standin import PATH, SlackStandIn

from drift.__main__ import main

QUIET = "# Parcels\n\nWe keep your parcel at the depot until you come for it.\n"
DOUBTFUL = f"{QUIET}\nStoring a parcel at the depot costs USD 5 per day.\n"
MODEL = "reader-of-ana/1"
ANNOTATOR = f"annotator: {{kind: command, program: ['{sys.executable}', annotate.py], model: {MODEL}}}\n"
SETTINGS = """\
sources: [{name: help, kind: files, at: help/}]
fetching: {allow_private: [127.0.0.0/8]}
alerts:
  notifiers:
    content: {kind: slack, webhook: {env: SLACK}}
    desk: {kind: webhook, url: {env: HOOK}, key: {env: HOOK_KEY}}
  routes: [{name: all, to: [content, desk]}]
  default: all
"""
PROGRAM = """\
import json, sys

for line in sys.stdin:
    question = json.loads(line)
    names = [rule["name"] for rule in question["rules"]]
    rule = %r if %r in names else None
    answer = {"rule": rule, "p": 0.93, "why": "it speaks of \\x1b[31mparcels", "tokens": 640}
    print(json.dumps({"id": question["id"], **answer}))
"""
UNCONFIRMED = f"Annotated by {MODEL}, not confirmed by a person: one answer settles it: drift review."
Said = pytest.CaptureFixture[str]


@dataclass
class Watched:
    """A folder with one page, its policies and settings, and who is told of it."""

    folder: Path
    slack: SlackStandIn
    desk: Receiver
    capsys: Said

    def annotates(self, program: str | None, *, rule: str | None = None) -> None:
        """Name an annotator in the settings; None for none. One without a program of its own answers with a rule."""
        text = SETTINGS + (ANNOTATOR if program is not None else "")
        (self.folder / "drift.yaml").write_text(text, encoding="utf-8")
        (self.folder / "annotate.py").write_text(program or PROGRAM % (rule, rule), encoding="utf-8")

    def says(self, text: str) -> None:
        (self.folder / "help" / "parcels.md").write_text(text, encoding="utf-8")

    def drift(self, *arguments: str, status: int = 0) -> str:
        """What a command says, on both its outputs."""
        self.capsys.readouterr()
        assert main(list(arguments)) == status
        said = self.capsys.readouterr()
        return said.out + said.err

    def findings(self) -> list[dict[str, Any]]:
        document = json.loads(self.drift("findings", "export", "--format", "json"))
        return list(document["findings"])

    def heard(self) -> list[str]:
        """What a reader of the channel sees."""
        return [block_kit.shown(payload).replace("\u2060", "") for payload in self.slack.messages]

    def alerts(self) -> list[dict[str, Any]]:
        return [alert for request in self.desk.requests for alert in json.loads(request.body)["alerts"]]


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> Iterator[Watched]:
    monkeypatch.chdir(tmp_path)
    for name in ("policies", "help"):
        (tmp_path / name).mkdir()
    (tmp_path / "policies" / "parcels.yaml").write_text(LETTERS, encoding="utf-8")
    made = Watched(tmp_path, SlackStandIn(), Receiver(), capsys)
    monkeypatch.setenv("SLACK", f"http://127.0.0.1:{made.slack.receiver.port}{PATH}")
    monkeypatch.setenv("HOOK", f"http://127.0.0.1:{made.desk.port}/desk")
    monkeypatch.setenv("HOOK_KEY", "k3y")
    made.says(QUIET)
    yield made
    made.slack.close()
    made.desk.close()


def test_what_is_affirmed_says_so_everywhere_until_a_person_answers(watched: Watched) -> None:
    watched.annotates("", rule="parcels/storage")
    watched.drift("crawl")
    watched.says(DOUBTFUL)
    said = watched.drift("crawl", status=1)
    assert "1 open" in said
    assert "help: 1 question for the annotator, 1 answered" in said
    (heard,), (alert,) = watched.heard(), watched.alerts()
    assert UNCONFIRMED in heard
    assert (alert["reason"], alert["annotated"], alert["annotated_agreed"]) == ("opened", MODEL, None)
    assert alert["unconfirmed"] == UNCONFIRMED.removesuffix(".")

    (found,) = watched.findings()
    assert (found["state"], found["grounds"]) == ("open", "annotated")
    assert found["annotated"] == {
        "model": MODEL,
        "term": "parcels/storage",
        "probability": 0.93,
        "why": "it speaks of \\x1b[31mparcels",
        "agreed": None,
    }
    assert found["history"][-1]["note"] == f"annotated by {MODEL}, not confirmed by a person"
    assert "open ~" in watched.drift("findings", "list", "--grounds", "annotated")
    assert "0 findings" in watched.drift("findings", "list", "--grounds", "plain")
    shown = watched.drift("findings", "show", found["id"])
    says = f"{MODEL} says that it states parcels/storage (p .93): “it speaks of \\x1b[31mparcels”"
    assert UNCONFIRMED in shown
    assert says in shown
    assert f"annotated by {MODEL}, not confirmed by a person" in watched.drift("history", "help/parcels.md")
    assert f"annotator {MODEL}: 1 of 1000 questions and 640 tokens in 24 hours" in watched.drift("status", status=1)

    assert says in watched.drift("review", "--list")
    (question,) = json.loads(watched.drift("review", "--list", "--format", "json"))["questions"]
    assert question["annotated"] == found["annotated"]
    answers = {"answers": [{"id": question["id"], "term": "parcels/insurance"}]}
    Path("answers.json").write_text(json.dumps(answers), encoding="utf-8")
    watched.drift("review", "--answers", "answers.json")
    watched.drift("crawl", status=1)  # the sentence is another rule's now, which it contradicts
    states = {one["term"]: (one["state"], one["grounds"]) for one in watched.findings()}
    assert states == {"storage": ("dismissed", "annotated"), "insurance": ("open", "reviewed")}
    reasons = {alert["term"]: alert["reason"] for alert in watched.alerts()[1:]}
    assert reasons == {"storage": "resolved", "insurance": "opened"}
    assert "A review says that this is not the rule" in watched.drift("findings", "show", found["id"])


def test_what_is_denied_is_dismissed_and_asked_only_of_those_who_want(watched: Watched) -> None:
    watched.annotates(None)
    watched.says(DOUBTFUL)
    watched.drift("crawl")
    (found,) = watched.findings()
    assert found["state"] == "suspected"
    assert "1 question" in watched.drift("review", "--list")

    watched.annotates("")
    watched.drift("crawl")
    (found,) = watched.findings()
    assert (found["state"], found["annotated"]) == ("dismissed", None)
    shown = watched.drift("findings", "show", found["id"])
    assert "An annotator says that this is not the rule that says USD 5 per week" in shown
    assert "dismissed: an annotator says that the sentence states another rule, or none" in shown
    assert watched.drift("review", "--list") == "0 questions\n"
    asked = watched.drift("review", "--all", "--list")
    assert f"{MODEL} says that it states none of the rules it was shown (p .93)" in asked
    assert "1 question\n" in asked
    assert {alert["reason"] for alert in watched.alerts()} == {"questions"}  # of the first pass


def test_an_annotator_that_is_down_changes_nothing_and_is_told_of(watched: Watched) -> None:
    watched.says(DOUBTFUL)
    watched.annotates(None)
    watched.drift("crawl", "--store", "sqlite:///without.db")
    watched.annotates("raise SystemExit(1)\n")
    said = watched.drift("crawl", "--store", "sqlite:///down.db")
    assert "help: 1 question for the annotator, 0 answered; 1 not: the program ended with status 1" in said
    assert "1 page with unanswered questions" in watched.drift("status", "--store", "sqlite:///down.db")

    def told(store: str) -> str:
        return watched.drift("findings", "list", "--store", f"sqlite:///{store}.db")

    assert "1 suspected" in told("down")
    assert told("down") == told("without")
    assert watched.drift("review", "--list", "--store", "sqlite:///down.db") == watched.drift(
        "review", "--list", "--store", "sqlite:///without.db"
    )
