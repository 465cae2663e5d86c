"""The questions of a review, for people and for programs (`drift-questions/1`)."""

from __future__ import annotations

import json
from typing import Any

from drift import wording
from drift.inert import escape_json
from drift.kinds import show
from drift.model import Question, ReviewReport
from drift.reports import Look
from drift.reports.json_report import article
from drift.reports.sheet import Sheet

FORMAT = "drift-questions/1"


def render(report: ReviewReport, look: Look) -> str:
    """For people: one question after another, and what could not be read."""
    sheet = Sheet(look)
    for examined in report.examined:
        if examined.blind is not None:
            sheet.line((examined.page.address, "bold"))
            sheet.blind(examined)
    for question in report.questions:
        _put(sheet, question)
        sheet.field("id", question.id)
        sheet.gap()
    sheet.line((wording.counted(len(report.questions), "question"), "bold"))
    return sheet.done()


def one(question: Question, look: Look) -> str:
    """A question as a person needs it to answer: the sentence with what stands around it, and the proposed term."""
    sheet = Sheet(look)
    _put(sheet, question)
    return sheet.done()


def _put(sheet: Sheet, question: Question) -> None:
    line = question.claim.passage.line_at(question.claim.start)
    sheet.line((question.page.address + (f":{line}" if line else ""), "bold"))
    sheet.field("reads", sheet.quote(question.claim))
    sheet.context(question.claim)
    if question.proposed is not None:
        value = question.proposed.timeline[-1].value
        if question.verdict is not None and question.verdict.expected is not None:
            value = question.verdict.expected
        sheet.field("states", f"{question.proposed.full_name}?", style="bold")
        sheet.field("which says", question.proposed.says)
        sheet.field("value", wording.limit(question.proposed.bound, show(value)))
    sheet.field("judged", _judged(question))


def render_json(report: ReviewReport) -> str:
    """For programs, the same for the same report to the byte."""
    document = {
        "format": FORMAT,
        "articles": [article(examined) for examined in report.examined],
        "questions": [_document(question) for question in report.questions],
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _document(question: Question) -> dict[str, Any]:
    verdict = question.verdict
    return {
        "id": question.id,
        "article": question.page.address,
        "line": question.claim.passage.line_at(question.claim.start),
        "published": show(question.claim.value),
        "value_text": question.claim.value_text,
        "quote": question.claim.quote,
        "proposed": question.proposed.full_name if question.proposed else None,
        "verdict": verdict.outcome.value if verdict else None,
        "why": verdict.because if verdict else _judged(question),
        "sentence": question.sentence,
        "nth": question.nth,
    }


def _judged(question: Question) -> str:
    if question.verdict is None:
        return "too little speaks for any term to say anything"
    return f"{question.verdict.outcome.value} (confidence {question.verdict.confidence:.2f})"
