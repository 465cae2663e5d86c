"""The report for programs: `drift-report/1`. Fields may be added; none is renamed or removed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from drift.engine.kinds import show
from drift.model import CheckReport, Examined, LeftOut, Match, Outcome, Registry, Verdict, wording
from drift.model.annotation import Annotation
from drift.model.escaping import escape_json
from drift.model.links import to_claim
from drift.reports import PLAIN, Display

FORMAT = "drift-report/1"


def render(report: CheckReport, _: Display = PLAIN) -> str:
    """The document, the same for the same report to the byte, with a line end at its end."""
    return escape_json(json.dumps(document(report), ensure_ascii=False, indent=2)) + "\n"


def document(report: CheckReport) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "checked_at": instant(report.checked_at),
        "as_of": report.as_of.isoformat(),
        "policies": {"count": len(report.registry.policies), "terms": len(report.registry.terms)},
        "articles": [*map(article, report.examined), *map(left_out, report.left_out)],
        "statements": [
            statement(examined, verdict, report.registry)
            for examined in report.examined
            for verdict in examined.verdicts
        ],
        "terms": [
            {"policy": term.policy, "term": term.name, "stated": report.stated.get(term.full_name, 0)}
            for term in report.registry.terms
        ],
        "notes": list(report.notes),
        "summary": summary(report),
    }


def summary(report: CheckReport) -> dict[str, int]:
    """How many statements agree, diverge, are suspect and unclear, how many articles are blind and files left out."""
    outcomes = [verdict.outcome for examined in report.examined for verdict in examined.verdicts]
    counts = {outcome.value: outcomes.count(outcome) for outcome in Outcome}
    blind = sum(examined.blind is not None for examined in report.examined)
    return {**counts, "blind": blind, "left_out": len(report.left_out)}


def statement(examined: Examined, verdict: Verdict, registry: Registry) -> dict[str, Any]:
    """One statement, every field present."""
    claim, term = verdict.match.claim, verdict.match.term
    policy = next((policy for policy in registry.policies if term and policy.name == term.policy), None)
    return {
        "article": examined.page.address,
        "policy": term.policy if term else None,
        "term": term.name if term else None,
        "verdict": verdict.outcome.value,
        "published": show(claim.value),
        "expected": show(verdict.expected) if verdict.expected else None,
        "diagnosis": verdict.diagnosis.value if verdict.diagnosis else None,
        "harm": verdict.harm.value if verdict.harm else None,
        "value_text": claim.value_text,
        "quote": claim.quote,
        "heading": list(claim.passage.headings),
        "line": claim.passage.line_at(claim.start),
        "link": to_claim(examined.page, claim),
        "confidence": round(verdict.confidence, 2),
        "because": verdict.because,
        "grounds": verdict.grounds.value if verdict.grounds else None,
        "settle": verdict.settle,
        "severity": policy.severity_in(claim.passage).value if policy else None,
        "hidden": claim.passage.hidden,
        "row": list(claim.passage.row),
        "column": list(claim.passage.column),
        "caption": claim.passage.caption,
        "question": claim.passage.question,
        "defines": claim.passage.defines,
        "says": term.says if term else None,
        "bound": claim.bound.value,
        "expected_bound": term.bound.value if term else None,
        "annotated": annotated(verdict.match),
    }


def annotated(match: Match) -> dict[str, Any] | None:
    """What an annotator says of a claim, every field present; None if none says anything, or more is known."""
    if not match.affirmed and not match.denied:
        return None
    assert match.annotation is not None
    return annotation(match.annotation)


def annotation(said: Annotation) -> dict[str, Any]:
    """An annotation; `term` is None if it says that the sentence states none of the rules it was shown."""
    return {
        "model": said.model,
        "term": said.term,
        "probability": round(said.probability, 2),
        "why": said.why[: wording.LONGEST_WHY],
        "agreed": list(said.agreed) if said.agreed else None,
    }


def instant(moment: datetime) -> str:
    """A time in UTC, to the second: '2026-11-21T19:00:00Z'."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def article(examined: Examined) -> dict[str, Any]:
    """One article, every field present."""
    return {
        "article": examined.page.address,
        "title": examined.title,
        "read": "blind" if examined.blind else "ok",
        "why": examined.blind.value if examined.blind else None,
        "claims": examined.claims,
        "detail": examined.detail or None,
        "unread": [{"line": one.line, "text": one.text, "near": one.near} for one in examined.unread],
    }


def left_out(one: LeftOut) -> dict[str, Any]:
    """A file that is not read, with the fields of an article."""
    return {
        "article": one.page.address,
        "title": None,
        "read": "left out",
        "why": one.why,
        "claims": 0,
        "detail": None,
        "unread": [],
    }
