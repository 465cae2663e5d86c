"""The sample help centre against the sample registry: what its `answers.yaml` lists is told, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from waiting import PATIENCE

ROOT = Path(__file__).parents[2]
FOLDER = "fixtures/help-centre"
ANSWERS: dict[str, Any] = yaml.safe_load((ROOT / FOLDER / "answers.yaml").read_text(encoding="utf-8"))
TOLD = ("article", "policy", "term", "published", "expected", "diagnosis", "harm", "quote")


def check(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit status and the report of `drift check` as a person runs it, from the root of the project."""
    command = [sys.executable, "-m", "drift", "check", FOLDER, "--policies", "policies", "--format", "json"]
    command += ["--as-of", str(ANSWERS["as_of"]), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE)
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, report


@pytest.fixture(scope="module")
def run() -> tuple[int, dict[str, Any]]:
    return check()


@pytest.fixture(scope="module")
def report(run: tuple[int, dict[str, Any]]) -> dict[str, Any]:
    return run[1]


def divergences(report: dict[str, Any], verdict: str = "diverges") -> list[tuple[Any, ...]]:
    """What the report tells of each divergence (or suspect), article relative to the folder, in a stable order."""
    told = []
    for statement in report["statements"]:
        if statement["verdict"] == verdict:
            row = {**statement, "article": statement["article"].removeprefix(f"{FOLDER}/")}
            told.append(tuple(row[name] for name in TOLD))
    return sorted(told, key=str)


def test_exactly_the_listed_divergences_are_told(report: dict[str, Any]) -> None:
    listed = [tuple(answer[name] for name in TOLD) for answer in ANSWERS["divergences"]]
    assert divergences(report) == sorted(listed, key=str)


def test_exactly_the_listed_suspects_are_asked_about(report: dict[str, Any]) -> None:
    listed = [tuple(answer[name] for name in TOLD) for answer in ANSWERS["suspects"]]
    assert divergences(report, "suspect") == sorted(listed, key=str)


def test_addresses_the_articles_are_published_under_change_nothing(report: dict[str, Any]) -> None:
    _, published = check("--published-as", "https://help.larkspur.example/")
    assert divergences(published) == divergences(report)


def test_something_diverges_is_the_exit_status(run: tuple[int, dict[str, Any]]) -> None:
    assert run[0] == 1


def test_the_articles_that_cannot_be_read_are_blind_with_their_reason(report: dict[str, Any]) -> None:
    blind = {
        article["article"].removeprefix(f"{FOLDER}/"): article["why"]
        for article in report["articles"]
        if article["read"] == "blind"
    }
    assert blind == {answer["article"]: answer["why"] for answer in ANSWERS["blind"]}


@pytest.mark.parametrize("answer", ANSWERS["near_misses"], ids=lambda near: f"{near['article']}:{near['value_text']}")
def test_a_value_close_by_is_not_told(report: dict[str, Any], answer: dict[str, str]) -> None:
    listed = {(item["article"], item["quote"]) for item in (*ANSWERS["divergences"], *ANSWERS["suspects"])}
    told = [
        statement["quote"]
        for statement in report["statements"]
        if statement["article"] == f"{FOLDER}/{answer['article']}"
        and statement["verdict"] in ("diverges", "suspect")
        and answer["value_text"] in statement["value_text"]
        and (answer["article"], statement["quote"]) not in listed
    ]
    assert told == []


def test_what_stands_in_menus_footers_and_scripts_is_not_read(report: dict[str, Any]) -> None:
    chrome = ("$15 after 3 days", "keep your choice", "13 months", "Try any plan", "$49", "9 days", "Call 611 ·")
    quotes = [statement["quote"] for statement in report["statements"]]
    assert [quote for quote in quotes if any(words in quote for words in chrome)] == []


def test_every_term_is_published_somewhere(report: dict[str, Any]) -> None:
    assert [f"{term['policy']}/{term['term']}" for term in report["terms"] if not term["stated"]] == []
