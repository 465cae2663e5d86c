"""The reference of `drift-topics/1` names every field of it, and no other."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from drift.check.phrases import FLOOR, LEAST, LONGEST
from drift.check.review import PLAIN
from drift.model import CheckReport, Examined, Page
from drift.model.topics import Phrase, PhrasePlace, TopicsReport
from drift.reports.topics import FORMAT, render_json

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "report.md").read_text(encoding="utf-8")
SECTION = REFERENCE.partition("## Phrases for the topics of a term\n")[2].partition("\n## ")[0]
AT = PhrasePlace(Page("help/unlock.md"), 7, "sentence", "The SIM lock goes.", 4, 12)


@pytest.fixture
def document(sample_report: CheckReport) -> dict[str, object]:
    term, examined = sample_report.registry.terms[0], Examined(Page("help/unlock.md"))
    phrases = (Phrase("SIM lock", 2, 0, 22.2, AT),)
    report = TopicsReport(
        datetime(2026, 11, 21, tzinfo=UTC), date(2026, 11, 21), term, (examined,), 0, 2, 0, 0, 9, phrases
    )
    found: dict[str, object] = json.loads(render_json(report))
    return found


def fields(part: str) -> set[str]:
    """The names in the first column of a table."""
    cells = re.findall(r"^\| (`[^|]*`) \|", part, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_every_field_is_described(document: dict[str, object]) -> None:
    whole, _, phrase = SECTION.partition("A phrase:")
    assert fields(whole) | {"checked_at", "as_of", "articles"} == set(document)
    phrases = document["phrases"]
    assert isinstance(phrases, list)
    assert fields(phrase) == set(phrases[0])
    row = re.search(r"^\| `example` \| (.*) \|$", phrase, re.MULTILINE)
    assert row
    assert all(f"`{name}`" in row[1] for name in phrases[0]["example"])


def test_its_numbers_are_those_of_the_code() -> None:
    assert (LONGEST, LEAST) == (4, 2)
    assert f"{FLOOR} at least" in SECTION
    assert f"agreements from {PLAIN:g} on".replace("0.", ".") in SECTION
    assert f'"{FORMAT}"' in SECTION
