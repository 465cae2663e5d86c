"""Every stance on a table of its own, near misses included."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from drift.engine import languages
from drift.engine.claims import extract
from drift.model import Article, Claim, Page, Passage, Stance, Zone

_TABLES = Path(__file__).parents[4] / "fixtures" / "stances"


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{table.stem}: {case['passage'][:60]} [{case['value']}]")
        for table in sorted(_TABLES.glob("*.yaml"))
        for case in yaml.safe_load(table.read_text(encoding="utf-8"))
    ]


def _claim(case: dict[str, Any], code: str = "en") -> Claim:
    passage = Passage(
        text=case["passage"],
        zone=Zone(case.get("zone", "paragraph")),
        headings=tuple(case.get("headings", ())),
        lead_in=case.get("lead_in"),
        question=case.get("question"),
        row=tuple(case.get("row", ())),
        column=tuple(case.get("column", ())),
    )
    title = case.get("title", "Larkspur Mobile help")
    claims = extract(Article(Page("help.md"), title, code, (passage,)), languages.load(code))
    found = [claim for claim in claims if claim.value_text == str(case["value"])]
    assert found, f"{case['value']!r} is not among {[claim.value_text for claim in claims]}"
    return found[-1]


@pytest.mark.parametrize("case", _cases())
def test_a_value_has_the_stance_of_its_table(case: dict[str, Any]) -> None:
    claim = _claim(case, case.get("language", "en"))

    assert claim.stance is Stance(case["stance"]), claim.stance_why
    if claim.stance is Stance.CURRENT:
        assert claim.stance_why is None
    else:
        assert case["cue"] in (claim.stance_why or "")
    assert claim.as_from == (date.fromisoformat(str(case["as_from"])) if "as_from" in case else None)


@pytest.mark.parametrize("table", sorted(_TABLES.glob("*.yaml")), ids=lambda table: table.stem)
def test_every_table_holds_enough_cases_and_near_misses(table: Path) -> None:
    stances = [case["stance"] for case in yaml.safe_load(table.read_text(encoding="utf-8"))]

    assert len(stances) >= 12
    assert "current" in stances
