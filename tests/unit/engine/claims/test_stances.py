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


def _cases(table: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load(table.read_text(encoding="utf-8"))
    return cases


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


def _as_it_should_be(case: dict[str, Any]) -> bool:
    claim = _claim(case, case.get("language", "en"))
    why = claim.stance_why
    cued = why is None if claim.stance is Stance.CURRENT else case["cue"] in (why or "")
    as_from = date.fromisoformat(str(case["as_from"])) if "as_from" in case else None
    return claim.stance is Stance(case["stance"]) and cued and claim.as_from == as_from


every_table = pytest.mark.parametrize("table", sorted(_TABLES.glob("*.yaml")), ids=lambda table: table.stem)


@every_table
def test_a_value_has_the_stance_of_its_table(table: Path) -> None:
    wrong = [(case, _claim(case, case.get("language", "en"))) for case in _cases(table) if not _as_it_should_be(case)]
    assert not wrong, "\n".join(f"{case}: {claim.stance}, {claim.stance_why}, {claim.as_from}" for case, claim in wrong)


@every_table
def test_every_table_holds_enough_cases_and_near_misses(table: Path) -> None:
    stances = [case["stance"] for case in _cases(table)]

    assert len(stances) >= 12
    assert "current" in stances
