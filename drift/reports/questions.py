"""The questions of a review, for people and for programs (`drift-questions/1`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from rich.text import Text

from drift.engine.kinds import alike, as_written, show
from drift.model import Outcome, Term, wording
from drift.model.escaping import escape_json, inert
from drift.model.review import Question, ReviewReport, Spot
from drift.reports import Display
from drift.reports.json_report import annotation, article
from drift.reports.sheet import Sheet

FORMAT = "drift-questions/1"
OFFERED = 4  # rules shown with a question: the right one was among so many for all but 5 of 560 on the labelled sets
_SHOWN = 8  # sentences of several, and other pages of one, that a person is shown

_JUDGED: Mapping[Outcome | None, str] = {
    Outcome.SUSPECT: "may contradict the first rule",
    Outcome.DIVERGES: "contradicts the first rule, if it is about it: only its words say so",
    Outcome.AGREES: "agrees with the first rule",
    Outcome.UNCLEAR: "its value tells neither that the first rule is right here, nor that it is wrong",
    None: "has the value of the first rule, and too few of its words",
}


def render(report: ReviewReport, look: Display) -> str:
    """For people: one question after another, and what could not be read."""
    sheet = Sheet(look)
    for examined in report.examined:
        if examined.blind is not None:
            sheet.line((examined.page.address, "bold"))
            sheet.blind(examined)
    for question in report.questions:
        _put(sheet, question, report.as_of)
        sheet.field("id", question.id)
        sheet.gap()
    sheet.line((wording.counted(len(report.questions), "question"), "bold"))
    return sheet.done()


def one(question: Question, as_of: date, look: Display) -> str:
    """A question as a person needs it to answer: the sentence with what stands around it, and the rules it may state.

    Those are numbered as they are chosen. Of several plain agreements, the rule and its sentences.
    """
    sheet = Sheet(look)
    _put(sheet, question, as_of)
    return sheet.done()


def offered(question: Question) -> tuple[Term, ...]:
    """The rules that are shown with a question, in their order: what something speaks for, at most OFFERED."""
    return question.terms[: min(max(question.likely, 1), OFFERED)]


def _put(sheet: Sheet, question: Question, as_of: date) -> None:
    if question.members:
        _together(sheet, question, as_of)
        return
    spot = question.first
    claim = spot.claim
    sheet.line((_place(spot), "bold"), (f"  {spot.title}" if spot.title else "", "dim"))
    sheet.field("reads", sheet.quote(claim))
    sheet.context(claim)
    sheet.field("also", _elsewhere(question.spots[1:]))
    sheet.field("page says", wording.limit(claim.bound, as_written(claim.value, claim.value_text)))
    for number, term in enumerate(offered(question), start=1):
        style = "bold" if number == 1 else ""
        rule = Text.assemble((inert(term.full_name), style), inert(f", {_value(term, spot, as_of)}: {term.says}"))
        sheet.field(f"rule {number}", rule)
    sheet.field("annotator", wording.annotation(question.annotation))
    sheet.field("judged", _judged(question))


def _together(sheet: Sheet, question: Question, as_of: date) -> None:
    """A rule, and the sentences that plainly agree with it."""
    term = question.terms[0]
    many = wording.counted(len(question.members), "sentence")
    sheet.line((term.full_name, "bold"), (f"  {many} agree with it plainly", ""))
    sheet.field("rule", f"{_value(term, question.first, as_of)}: {term.says}")
    for member in question.members[:_SHOWN]:
        vouched = f" ({wording.unconfirmed(member.annotation.model)})" if member.annotation else ""
        place = Text(f" {inert(_place(member.first) + vouched)}", "dim")
        sheet.field("reads", sheet.quote(member.first.claim) + place)
    if len(question.members) > _SHOWN:
        sheet.field("", f"and {len(question.members) - _SHOWN} more")


def _place(spot: Spot) -> str:
    return spot.page.address + (f":{spot.line}" if spot.line else "")


def _elsewhere(spots: tuple[Spot, ...]) -> str:
    """Where else a sentence reads so: one answer is for all of them."""
    if not spots:
        return ""
    more = f" and {len(spots) - _SHOWN} more" if len(spots) > _SHOWN else ""
    return f"reads so in {', '.join(_place(spot) for spot in spots[:_SHOWN])}{more}"


def _value(term: Term, spot: Spot, as_of: date) -> str:
    """What a rule says on the day, in the spelling of the page."""
    value = (term.on(as_of) or term.timeline[-1]).value
    return wording.limit(term.bound, alike(value, spot.claim.value, spot.claim.value_text))


def render_json(report: ReviewReport) -> str:
    """For programs, the same for the same report to the byte."""
    document = {
        "format": FORMAT,
        "articles": [article(examined) for examined in report.examined],
        "questions": [_document(question) for question in report.questions],
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _document(question: Question) -> dict[str, Any]:
    verdict, spot = question.verdict, question.first
    outcome = verdict.outcome.value if verdict else None
    return {
        "id": question.id,
        **_sentence(spot),
        "proposed": question.proposed.full_name if question.proposed else None,
        "terms": [term.full_name for term in question.terms],
        "outcome": outcome,
        "verdict": outcome,
        "probability": question.probability,
        "why": verdict.because if verdict else _judged(question),
        "sentence": spot.sentence,
        "nth": spot.nth,
        "also": [{"article": other.page.address, "line": other.line} for other in question.spots[1:]],
        "group": _group(question),
        "annotated": _annotated(question),
    }


def _sentence(spot: Spot) -> dict[str, Any]:
    return {
        "article": spot.page.address,
        "line": spot.line,
        "published": show(spot.claim.value),
        "value_text": spot.claim.value_text,
        "quote": spot.claim.quote,
    }


def _group(question: Question) -> list[dict[str, Any]] | None:
    """The sentences that are answered together; None for a question of its own."""
    if not question.members:
        return None
    return [
        {"id": one.id, **_sentence(one.first), "probability": one.probability, "annotated": _annotated(one)}
        for one in question.members
    ]


def _annotated(question: Question) -> dict[str, Any] | None:
    return annotation(question.annotation) if question.annotation else None


def _judged(question: Question) -> str:
    words = _JUDGED[question.verdict.outcome if question.verdict else None]
    if question.verdict is None and question.annotation is not None and question.annotation.term is None:
        words = "is not held against a rule: an annotator says that it states none of those it was shown"
    return words if question.probability is None else f"{words} (probability {question.probability:.2f})"
