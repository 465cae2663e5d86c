"""The reference of findings names every field and every word of the formats, and no other."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drift.model import Diagnosis, Severity
from drift.model.finding import Seen, State
from drift.model.statement import Cause
from drift.reports import findings_json
from drift.reports import history as history_report
from drift.reports import status as status_report
from drift.watch import findings as flow
from drift.watch.history import history
from drift.watch.status import status

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PAGE = "https://help.larkspur.example/wireless/unlock"


def section(heading: str) -> str:
    return REFERENCE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def fields(heading: str) -> set[str]:
    """The names in the first column of the table under a heading."""
    cells = re.findall(r"^\| (`[^|]*`) \|", section(heading), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.fixture
def documents(own_store: Any) -> dict[str, Any]:
    """A finding, a line of its history, a silence, a version, a status: each as it is printed."""
    with own_store.store() as store:
        made = flow.silence(
            store, NOW, author="ana", reason="r", until=datetime(2027, 1, 1, tzinfo=UTC), policy="returns"
        )
        views = flow.listed(store, flow.Query(), NOW, history=True)
        found = json.loads(findings_json.render(views, history=True))["findings"][0]
        return {
            "A line of its history": found.pop("history")[0],
            "A finding": found,
            "A silence": json.loads(findings_json.render_silences([made]))["silences"][0],
            "The versions of a page": json.loads(history_report.render_json(history(store, PAGE)))["versions"][1],
            "The status of a watch": json.loads(status_report.render_json(status(store, NOW, blind_after=1))),
        }


@pytest.mark.parametrize(
    "heading",
    ["A finding", "A line of its history", "A silence", "The versions of a page", "The status of a watch"],
)
def test_every_field_is_described(heading: str, documents: dict[str, Any]) -> None:
    assert fields(heading) == set(documents[heading])


@pytest.mark.parametrize(
    ("field", "heading", "part"),
    [
        ("changes", "The versions of a page", lambda document: document["changes"][0][0]),
        ("findings", "The versions of a page", lambda document: document["findings"][0]),
        (
            "sources",
            "The status of a watch",
            lambda document: {**document["sources"][0], **document["sources"][0]["run"]},
        ),
        ("blind", "The status of a watch", lambda document: document["blind"][0]),
        ("before", "A finding", lambda document: document["before"]),
    ],
)
def test_every_part_of_a_field_is_described(field: str, heading: str, part: Any, documents: dict[str, Any]) -> None:
    row = re.search(rf"^\| `{field}` \| (.*) \|$", section(heading), re.MULTILINE)
    assert row
    assert set(re.findall(r"`(\w+)`", row[1])) >= set(part(documents[heading]))


def test_every_state_is_described() -> None:
    assert fields("The states") == {state.value for state in State}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("diagnosis", [each.value for each in Diagnosis]),
        ("severity", [each.value for each in Severity]),
        ("cause", [each.value for each in Cause]),
        ("seen", [each.value for each in Seen if each not in (Seen.UNCLEAR, Seen.BLIND)]),
    ],
)
def test_every_word_is_named(field: str, words: list[str]) -> None:
    row = re.search(rf"^\| `{field}` \| (.*) \|$", REFERENCE, re.MULTILINE)
    assert row
    assert re.findall(r"`([^`]+)`", row[1]) == words
