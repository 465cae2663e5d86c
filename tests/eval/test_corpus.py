"""The quality gate on the project's own labelled pages: what the figures were, they stay or become better."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from drift.model import Stance
from drift.model.values import Kind

HERE = Path(__file__).parent
FLOORS: dict[str, Any] = yaml.safe_load((HERE / "floors.yaml").read_text(encoding="utf-8"))["corpus"]
RAISE_BY = 0.02  # a figure this far above its floor deserves a higher floor: a page more is about half of it

STRUCTURES = {"prose", "list", "table", "faq", "definition list", "tabs", "headings only"}

RULES = """\
policy: returns
title: Returns
owner: store@larkspur.example
terms:
  - {term: window, says: An item can be returned within 14 days., value: 14 days, topics: [return an item]}
"""
CASE = """\
tags: {{structure: prose, stances: [current], about: []}}
fmt: md
page: |
  # Returns

  You can return an item within 30 days.
statements: [{labels}]
"""


@cache
def result(*arguments: str) -> dict[str, Any]:
    """What the scorer says."""
    command = [sys.executable, "-W", "error", str(HERE / "score.py"), "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def pinned(what: str) -> list[tuple[str, str, float]]:
    return [(group, name, figure) for group, names in FLOORS[what].items() for name, figure in names.items()]


@pytest.mark.parametrize(("group", "name", "floor"), pinned("floors"))
def test_no_figure_falls_below_its_floor(group: str, name: str, floor: float) -> None:
    figure = result()["groups"][group][name]
    if figure > floor + RAISE_BY:
        print(f"{group}, {name}: {figure} is above its floor of {floor}; raise the floor")
    rows = ["\t".join(row) for row in result()["rows"]]
    assert figure >= floor, "\n".join([f"{group}: {name} was {floor} on {FLOORS['measured']}", *rows])


@pytest.mark.parametrize(("group", "name", "ceiling"), pinned("ceilings"))
def test_no_figure_rises_above_its_ceiling(group: str, name: str, ceiling: float) -> None:
    rows = ["\t".join(row) for row in result()["rows"]]
    assert result()["groups"][group][name] <= ceiling, "\n".join([f"{group}: {name}", *rows])


def test_every_page_can_be_read() -> None:
    assert result()["groups"]["all"]["blind"] == 0


def test_what_is_said_of_a_page_does_not_depend_on_the_order() -> None:
    assert result("--reversed") == result()


def test_the_pages_cover_every_kind_and_structure() -> None:
    groups = set(result()["groups"])
    assert result()["groups"]["all"]["pages"] >= 60
    assert {f"kind: {kind}" for kind in Kind} <= groups
    assert {f"structure: {structure}" for structure in STRUCTURES} <= groups


def test_the_pages_cover_every_stance() -> None:
    covered = {stance for stance in Stance if result()["groups"].get(f"stance: {stance}")}
    assert covered == set(Stance)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        pytest.param("{term: window, value: 30 days, value_text: 30 days, verdict: diverges}", (1, 0, 0), id="found"),
        pytest.param("{term: window, value: 30 days, value_text: 30 days, verdict: agrees}", (0, 1, 1), id="mistaken"),
        pytest.param("", (0, 1, 0), id="false alarm"),
    ],
)
def test_the_scorer_counts(labels: str, expected: tuple[int, int, int], tmp_path: Path) -> None:
    (tmp_path / "returns" / "policies").mkdir(parents=True)
    (tmp_path / "returns" / "policies" / "returns.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "returns" / "page.yaml").write_text(CASE.format(labels=labels), encoding="utf-8")
    counts = result("--root", str(tmp_path))["counts"]
    found, false, missed = counts.get("drift found", 0), counts.get("drift false", 0), counts.get("agreement wanted", 0)
    assert (found, false, missed) == expected
