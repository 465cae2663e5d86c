"""How far an annotator agrees with people, for people and for programs (`drift-annotator-check/1`)."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from drift.model.escaping import escape_json, inert
from drift.model.trust import ENOUGH, Compared, TrustReport
from drift.model.wording import counted
from drift.reports import Display
from drift.reports.json_report import instant
from drift.reports.sheet import Sheet
from drift.reports.table import Cell, Column, table

FORMAT = "drift-annotator-check/1"


def render(report: TrustReport, look: Display, floor: float | None) -> str:
    """For people: the share by kind of rule, then every disagreement side by side."""
    sheet = Sheet(look)
    if not report.compared:
        sheet.line(("Nobody has answered for a sentence of these articles yet: 'drift review' asks.", ""))
        return sheet.done()
    table(
        sheet,
        (Column("kind"), Column("agreed", right=True), Column("answers", right=True), Column("unanswered", right=True)),
        [_share(kind, report) for kind in sorted({one.kind for one in report.compared})],
        look.width,
    )
    for one in report.compared:
        if one.answer is not None and not one.agrees:
            sheet.gap()
            _side_by_side(sheet, one)
    sheet.gap()
    trust = report.trust
    sheet.line(
        (f"{report.model} agreed with {trust.agreed} of {counted(trust.answers, 'answer')} given by people", "bold")
    )
    sheet.line((report.note, "dim"))
    if trust.answers < ENOUGH:
        sheet.line((f"Fewer than {ENOUGH} answers: it is believed until more is known.", "dim"))
    elif floor is not None and not trust.earned(floor):
        sheet.line((f"Below its floor ({floor:g}): what it says is a question to people, and no alarm.", "bold red"))
    return sheet.done()


def _share(kind: str, report: TrustReport) -> list[Cell]:
    of_kind = [one for one in report.compared if one.kind == kind]
    answered = [one for one in of_kind if one.answer is not None]
    agreed = sum(one.agrees for one in answered)
    return [Cell(kind), Cell(str(agreed)), Cell(str(len(answered))), Cell(str(len(of_kind) - len(answered)))]


def _side_by_side(sheet: Sheet, one: Compared) -> None:
    question, answer = one.question, one.answer
    assert answer is not None
    marked = f"{question.sentence[: question.start]}[{question.sentence[question.start : question.end]}]"
    sheet.line((f"“{marked}{question.sentence[question.end :]}”", ""))
    sheet.field("on", inert(one.page.address))
    sheet.field("people", one.said or "none of the rules")
    sheet.field("annotator", f"{answer.term or 'none of the rules'} ({answer.probability:.2f})")
    if answer.why:
        sheet.field("because", f"“{answer.why}”")


def render_json(report: TrustReport) -> str:
    """For programs, the same for the same report to the byte."""
    trust = report.trust
    agreed = Counter(one.kind for one in report.compared if one.agrees)
    answered = Counter(one.kind for one in report.compared if one.answer is not None)
    document = {
        "format": FORMAT,
        "checked_at": instant(report.checked_at),
        "annotator": report.annotator,
        "agreed": trust.agreed,
        "answers": trust.answers,
        "unanswered": len(report.compared) - trust.answers,
        "kinds": {kind: {"agreed": agreed[kind], "answers": answered[kind]} for kind in sorted(answered)},
        "disagreements": [_document(one) for one in report.compared if one.answer is not None and not one.agrees],
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _document(one: Compared) -> dict[str, Any]:
    assert one.answer is not None
    return {
        "article": one.page.address,
        "quote": one.question.sentence,
        "value_start": one.question.start,
        "value_end": one.question.end,
        "rules": [rule.name for rule in one.question.rules],
        "people": one.said,
        "annotator": one.answer.term,
        "probability": one.answer.probability,
        "why": one.answer.why,
    }
