"""`drift-report/1`: every field, every time, and what each may hold."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import jsonschema
import pytest

from drift.errors import BlindReason
from drift.model import CheckReport
from drift.reports.json_report import instant, render

NULLABLE = {"type": ["string", "null"]}
STATEMENT: dict[str, Any] = {
    "article": {"type": "string"},
    "policy": NULLABLE,
    "term": NULLABLE,
    "verdict": {"enum": ["agrees", "diverges", "unclear"]},
    "published": {"type": "string", "minLength": 1},
    "expected": NULLABLE,
    "diagnosis": {"enum": ["stale", "early", "copied", "bound", "unit", "wrong", None]},
    "harm": {"enum": ["generous", "harsh", None]},
    "value_text": {"type": "string", "minLength": 1},
    "quote": {"type": "string", "minLength": 1},
    "heading": {"type": "array", "items": {"type": "string"}},
    "line": {"type": ["integer", "null"], "minimum": 1},
    "link": NULLABLE,
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "because": {"type": "string"},
}
ARTICLE: dict[str, Any] = {
    "article": {"type": "string"},
    "title": NULLABLE,
    "read": {"enum": ["ok", "blind"]},
    "why": {"enum": [None, *BlindReason]},
    "claims": {"type": "integer", "minimum": 0},
    "detail": NULLABLE,
}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


NUMBER = {"type": "integer", "minimum": 0}
SCHEMA = closed(
    {
        "format": {"const": "drift-report/1"},
        "checked_at": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "as_of": {"pattern": r"^\d{4}-\d\d-\d\d$"},
        "policies": closed({"count": NUMBER, "terms": NUMBER}),
        "articles": {"type": "array", "items": closed(ARTICLE)},
        "statements": {"type": "array", "items": closed(STATEMENT)},
        "terms": {
            "type": "array",
            "items": closed({"policy": {"type": "string"}, "term": {"type": "string"}, "stated": NUMBER}),
        },
        "notes": {"type": "array", "items": {"type": "string"}},
        "summary": closed(dict.fromkeys(("agrees", "diverges", "unclear", "blind"), NUMBER)),
    }
)


@pytest.mark.parametrize("which", ["sample_report", "hostile_report"])
def test_it_has_every_field_and_no_other(which: str, request: pytest.FixtureRequest) -> None:
    report: CheckReport = request.getfixturevalue(which)
    jsonschema.validate(json.loads(render(report)), SCHEMA)


def test_what_the_fields_hold(sample_report: CheckReport) -> None:
    document = json.loads(render(sample_report))
    wrong = document["statements"][2]
    assert (wrong["published"], wrong["expected"], wrong["line"]) == ("30 days", "60 days", 12)
    assert (wrong["diagnosis"], wrong["harm"], wrong["confidence"]) == ("wrong", "generous", 0.94)
    assert document["statements"][3]["line"] is None
    assert document["statements"][3]["harm"] is None
    assert document["summary"] == {"agrees": 2, "diverges": 2, "unclear": 1, "blind": 1}
    assert document["terms"][3] == {"policy": "returns", "term": "grace", "stated": 0}
    assert [article["read"] for article in document["articles"]] == ["ok", "ok", "blind", "ok"]


def test_summary_counts_the_statements(sample_report: CheckReport) -> None:
    document = json.loads(render(sample_report))
    verdicts = [statement["verdict"] for statement in document["statements"]]
    for verdict in ("agrees", "diverges", "unclear"):
        assert document["summary"][verdict] == verdicts.count(verdict)


def test_times_are_utc_to_the_second() -> None:
    moment = datetime(2026, 11, 21, 20, 30, 1, 999999, tzinfo=timezone(timedelta(hours=1)))
    assert instant(moment) == "2026-11-21T19:30:01Z"
