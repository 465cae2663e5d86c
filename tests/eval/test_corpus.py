"""The quality gate on the project's own labelled pages: what the figures were, they stay or become better."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from drift.engine import kinds
from drift.model import Stance

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


sys.path.insert(0, str(HERE))  # the scripts beside this test find their own


@cache
def result(root: Path | None = None, *, backwards: bool = False) -> dict[str, Any]:
    """What the scorer says."""
    import corpus
    import score

    root = root or corpus.ROOT
    return score.told(score.score(corpus.load(root), root, backwards=backwards))


def off(what: str, right: Callable[[float, float], bool]) -> list[str]:
    """The figures that are not as they should be beside what is pinned."""
    groups = result()["groups"]
    return [
        f"{group}, {name}: {groups[group][name]}; it was {figure} on {FLOORS['measured']}"
        for group, names in FLOORS[what].items()
        for name, figure in names.items()
        if not right(groups[group][name], figure)
    ]


def mistakes() -> list[str]:
    return ["\t".join(row) for row in result()["rows"]]


def test_no_figure_falls_below_its_floor() -> None:
    for line in off("floors", lambda figure, floor: figure <= floor + RAISE_BY):
        print(f"above its floor, which can be raised: {line}")
    below = off("floors", lambda figure, floor: figure >= floor)
    assert not below, "\n".join([*below, *mistakes()])


def test_no_figure_rises_above_its_ceiling() -> None:
    above = off("ceilings", lambda figure, ceiling: figure <= ceiling)
    assert not above, "\n".join([*above, *mistakes()])


def test_every_page_can_be_read() -> None:
    assert result()["groups"]["all"]["blind"] == 0


def test_what_is_said_of_a_page_does_not_depend_on_the_order() -> None:
    assert result(backwards=True) == result()


def test_the_pages_cover_every_kind_and_structure() -> None:
    groups = set(result()["groups"])
    assert result()["groups"]["all"]["pages"] >= 60
    assert {f"kind: {kind}" for kind in kinds.names()} <= groups
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
    counts = result(tmp_path)["counts"]
    found, false, missed = counts.get("drift found", 0), counts.get("drift false", 0), counts.get("agreement wanted", 0)
    assert (found, false, missed) == expected
