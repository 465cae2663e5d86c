"""`drift-report/1`: every field, every time, and what each may hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import jsonschema
import pytest

from drift.cli import status
from drift.model import CheckReport, Claim, LeftOut, Page
from drift.model.errors import BlindReason
from drift.model.values import Bound
from drift.reports import Display, text
from drift.reports.json_report import instant, render

NULLABLE = {"type": ["string", "null"]}
ANNOTATED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "model": {"type": "string"},
        "term": NULLABLE,
        "probability": {"type": "number", "minimum": 0, "maximum": 1},
        "why": {"type": "string", "maxLength": 200},
        "agreed": {"type": ["array", "null"], "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
    },
    "required": ["model", "term", "probability", "why", "agreed"],
    "additionalProperties": False,
}
STATEMENT: dict[str, Any] = {
    "article": {"type": "string"},
    "policy": NULLABLE,
    "term": NULLABLE,
    "verdict": {"enum": ["agrees", "diverges", "suspect", "unclear"]},
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
    "grounds": {"enum": ["reviewed", "followed", "annotated", "plain", None]},
    "settle": NULLABLE,
    "severity": {"enum": ["low", "medium", "high", "critical", None]},
    "hidden": {"type": "boolean"},
    "row": {"type": "array", "items": {"type": "string"}},
    "column": {"type": "array", "items": {"type": "string"}},
    "caption": NULLABLE,
    "question": NULLABLE,
    "defines": NULLABLE,
    "says": NULLABLE,
    "bound": {"enum": list(Bound)},
    "expected_bound": {"enum": [*Bound, None]},
    "annotated": {"oneOf": [{"type": "null"}, ANNOTATED]},
}
ARTICLE: dict[str, Any] = {
    "article": {"type": "string"},
    "title": NULLABLE,
    "read": {"enum": ["ok", "blind", "left out"]},
    "why": {"enum": [None, *BlindReason, "PDF documents are not read yet"]},
    "claims": {"type": "integer", "minimum": 0},
    "detail": NULLABLE,
    "unread": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "line": {"type": ["integer", "null"]},
                "text": {"type": "string"},
                "near": {"type": "string"},
            },
            "required": ["line", "text", "near"],
            "additionalProperties": False,
        },
    },
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
        "summary": closed(dict.fromkeys(("agrees", "diverges", "suspect", "unclear", "blind", "left_out"), NUMBER)),
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
    assert document["summary"] == {"agrees": 2, "diverges": 2, "suspect": 0, "unclear": 1, "blind": 1, "left_out": 0}
    assert document["terms"][3] == {"policy": "returns", "term": "grace", "stated": 0}
    assert [article["read"] for article in document["articles"]] == ["ok", "ok", "blind", "ok"]


def test_files_left_out_are_articles_that_were_not_read(sample_report: CheckReport) -> None:
    report = replace(sample_report, left_out=(LeftOut(Page("help/fees.pdf"), "PDF documents are not read yet"),))
    document = json.loads(render(report))
    jsonschema.validate(document, SCHEMA)
    last = document["articles"][-1]
    assert (last["article"], last["read"], last["why"]) == (
        "help/fees.pdf",
        "left out",
        "PDF documents are not read yet",
    )
    assert document["summary"]["left_out"] == 1
    told = text.render(report, Display())
    assert "Left out: 1 file" in told
    assert "help/fees.pdf" in told
    quiet = replace(report, examined=())
    assert (status.of(quiet), status.of(quiet, allow_blind=True), status.of(report)) == (3, 0, 1)


def test_what_the_page_does_not_show_is_of_low_severity(sample_report: CheckReport) -> None:
    unlock, *rest = sample_report.examined
    hidden = tuple(
        replace(verdict, match=replace(verdict.match, claim=_hidden(verdict.match.claim)))
        for verdict in unlock.verdicts
    )
    report = replace(sample_report, examined=(replace(unlock, verdicts=hidden), *rest))
    severities = [(each["hidden"], each["severity"]) for each in json.loads(render(report))["statements"]]
    assert severities[:3] == [(True, "low")] * 3
    assert severities[3][0] is False
    assert severities[3][1] != "low"
    assert "in text that the page does not show" in text.render(report, Display())


def _hidden(claim: Claim) -> Claim:
    return replace(claim, passage=replace(claim.passage, hidden=True, visible=False))


def test_summary_counts_the_statements(sample_report: CheckReport) -> None:
    document = json.loads(render(sample_report))
    verdicts = [statement["verdict"] for statement in document["statements"]]
    for verdict in ("agrees", "diverges", "suspect", "unclear"):
        assert document["summary"][verdict] == verdicts.count(verdict)


def test_times_are_utc_to_the_second() -> None:
    moment = datetime(2026, 11, 21, 20, 30, 1, 999999, tzinfo=timezone(timedelta(hours=1)))
    assert instant(moment) == "2026-11-21T19:30:01Z"
