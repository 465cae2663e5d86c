"""`drift check` and `drift explain` from the door to the report."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from drift.__main__ import main
from drift.model import Article, Examined

Said = pytest.CaptureFixture[str]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["right.md"], 0),
        (["wrong.md"], 1),
        (["right.md", "wrong.md"], 1),
        (["right.md", "missing.md"], 2),
        (["right.md", "empty.md"], 3),
        (["right.md", "empty.md", "--allow-blind"], 0),
        (["wrong.md", "empty.md", "--allow-blind"], 1),
        (["right.md", "--policies", "nowhere"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_statuses(arguments: list[str], status: int, place: Path, capsys: Said) -> None:
    (place / "empty.md").write_text("", encoding="utf-8")
    assert main(["check", *arguments]) == status
    said = capsys.readouterr()
    assert (said.out == "") == (status == 2)
    assert (said.err == "") == (status != 2)


@pytest.mark.usefixtures("place")
def test_the_text_report(capsys: Said) -> None:
    assert main(["check", "wrong.md", "--as-of", "2026-11-21"]) == 1
    said = capsys.readouterr().out
    assert "  DIVERGES  returns/return-window  medium severity\n" in said
    assert "    reads      “You can return unused goods within **14 days** of delivery.”\n" in said
    assert "    harm       harsh. " in said
    assert "    place      wrong.md:3\n" in said
    assert "Found nowhere in these articles: 1 of 2 terms\n  returns  restocking-fee\n" in said
    assert said.endswith(
        "1 diverges, 0 agree, 0 unclear in 1 article; held against 2 terms of 1 policy as of 2026-11-21\n"
    )


@pytest.mark.usefixtures("place")
def test_the_json_report(capsys: Said) -> None:
    url = "https://help.larkspur.example/returns"
    assert main(["check", "wrong.md", "--format", "json", "--as-of", "2026-11-21", "--published-as", url]) == 1
    document = json.loads(capsys.readouterr().out)
    (statement,) = document["statements"]
    assert document["as_of"] == "2026-11-21"
    assert (statement["article"], statement["line"]) == ("wrong.md", 3)
    assert (statement["published"], statement["expected"]) == ("14 days", "30 days")
    assert statement["link"].startswith(f"{url}#")
    assert "text=You%20can%20return%20unused%20goods%20within%2014%20days%20of%20delivery." in statement["link"]


@pytest.mark.usefixtures("place")
def test_a_report_in_a_file(capsys: Said) -> None:
    assert main(["check", "wrong.md", "--format", "json", "--output", "report.json"]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["summary"]["diverges"] == 1


@pytest.mark.usefixtures("place")
def test_wrong_input_leaves_an_earlier_report_alone(place: Path) -> None:
    (place / "report.txt").write_text("before", encoding="utf-8")
    assert main(["check", "right.md", "--policies", "nowhere", "--output", "report.txt"]) == 2
    assert (place / "report.txt").read_text(encoding="utf-8") == "before"


def test_a_broken_policy_is_told_with_its_line_and_a_caret(place: Path, capsys: Said) -> None:
    path = place / "policies" / "returns.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 15%", "vlaue: 15%"), encoding="utf-8")
    assert main(["check", "right.md"]) == 2
    said = capsys.readouterr().err
    assert "policies/returns.yaml:12:5: " in said
    assert "    12 |     vlaue: 15%\n       |     ^\n" in said


@pytest.mark.usefixtures("place")
def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    body = io.TextIOWrapper(io.BytesIO(b"You can return unused goods within 14 days of delivery.\n"))
    monkeypatch.setattr(sys, "stdin", body)
    assert main(["check", "-", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["articles"][0]["article"] == "-"


@pytest.mark.usefixtures("place")
def test_explain_says_why(capsys: Said) -> None:
    assert main(["explain", "wrong.md", "--term", "return-window", "--line", "3"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("at most 14 days  duration, current  wrong.md:3\n")
    assert "  1. returns/return-window  " in said
    assert "  verdict    diverges, confidence " in said
    assert said.endswith("1 of 1 claim shown\n")


@pytest.mark.usefixtures("place")
def test_explain_for_programs(capsys: Said) -> None:
    assert main(["explain", "right.md", "--format", "json"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)["claims"]
    assert claim["statement"]["verdict"] == "agrees"
    assert claim["candidates"][0]["term"] == "return-window"


@pytest.mark.usefixtures("place")
def test_explain_knows_the_names_of_terms(capsys: Said) -> None:
    assert main(["explain", "right.md", "--term", "return-windw"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "return-window" in said.err


@pytest.mark.usefixtures("place")
def test_what_we_fail_on_ourselves_is_blind_and_shown_to_who_wants_to_see(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    from drift.engine import pipeline

    judge = pipeline.judge

    def broken(article: Article, *rest: Any, **more: Any) -> Examined:
        if article.page.address == "wrong.md":
            raise ZeroDivisionError("a mistake")
        return judge(article, *rest, **more)

    monkeypatch.setattr(pipeline, "judge", broken)
    assert main(["check", "right.md", "wrong.md", "--format", "json"]) == 3
    said = capsys.readouterr()
    assert [each["why"] for each in json.loads(said.out)["articles"]] == [None, "fault of drift"]
    assert said.err == ""
    monkeypatch.setenv("DRIFT_DEBUG", "1")
    assert main(["check", "right.md", "wrong.md"]) == 3
    said = capsys.readouterr()
    assert "ZeroDivisionError, a fault of drift (DRIFT_DEBUG=1 shows where)" in said.out
    assert "Traceback" in said.err
    assert "ZeroDivisionError: a mistake" in said.err
