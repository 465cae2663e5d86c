"""The phrases by which articles name a term, for people and for programs (`drift-topics/1`)."""

from __future__ import annotations

import json
from typing import Any

from drift.model.escaping import escape_json
from drift.model.topics import Phrase, TopicsReport
from drift.model.wording import counted
from drift.reports import Display
from drift.reports.json_report import article, instant
from drift.reports.sheet import Sheet
from drift.reports.table import Cell, Column, table

FORMAT = "drift-topics/1"
_AROUND = 40  # characters of an example shown on either side of its phrase


def render(report: TopicsReport, look: Display) -> str:
    """For people: the phrases as a table, what they were counted in, and what to do where there are none."""
    sheet = Sheet(look)
    sheet.line((report.term.full_name, "bold"), (f"  {report.term.says}", ""))
    sheet.field("topics", ", ".join(report.term.topics), indent=2)
    sheet.gap()
    if report.phrases:
        table(
            sheet,
            (
                Column("phrase"),
                Column("sentences", right=True),
                Column("others", right=True),
                Column("example", "right", below=True),
            ),
            [_row(phrase) for phrase in report.phrases],
            look.width,
        )
        sheet.gap()
    _counts(sheet, report)
    for line in _advice(report):
        sheet.line((line, ""))
    return sheet.done()


def _row(phrase: Phrase) -> list[Cell]:
    where, text, start, end = phrase.example.where, phrase.example.text, phrase.example.start, phrase.example.end
    before, after = text[:start], text[end:]
    before = f"…{before[-_AROUND:]}" if len(before) > _AROUND else before
    after = f"{after[:_AROUND]}…" if len(after) > _AROUND else after
    shown = f"“{before}{text[start:end]}{after}”"
    shown = shown if where == "sentence" else f"{where} {shown}"
    counts = (Cell(str(phrase.sentences)), Cell(str(phrase.others)))
    return [Cell(phrase.words, "bold"), *counts, Cell(shown, "dim")]


def _counts(sheet: Sheet, report: TopicsReport) -> None:
    read = sum(one.blind is None for one in report.examined)
    known = "is known to state it" if report.stating == 1 else "are known to state it"
    sheet.line(
        (f"{counted(report.stating, 'sentence')} of {counted(read, 'article')} {known}", "bold"),
        (f", {report.others} with other values", ""),
        (f"; {report.open} may state it and count for nothing" if report.open else "", ""),
        (f"; as of {report.as_of.isoformat()}", "dim"),
    )
    if report.annotator is not None:
        sheet.line((f"{report.annotated} of them only because {report.annotator} says so, confirmed by nobody.", ""))
        sheet.line((report.note, "dim"))
    for examined in report.examined:
        if examined.blind is not None:
            sheet.line((examined.page.address, "bold"))
            sheet.blind(examined)
    if report.unread_files:
        sheet.line((f"{counted(report.unread_files, 'file')} left out: their form is not read", "bold magenta"))


def _advice(report: TopicsReport) -> tuple[str, ...]:
    """What an owner can do next."""
    if report.phrases:
        return ("Nothing was written: put into `topics` those by which you would name the rule.",)
    settles = "'drift review' settles which of the open sentences state it" if report.open else ""
    if not report.stating:
        instead = settles or (
            "name more articles, give a sentence that states it under `examples: states`, or see with "
            "'drift explain' what the term lacks"
        )
        return (f"No sentence is known to state {report.term.full_name}, so nothing can be counted: {instead}.",)
    if not report.others:
        return ("There is no other sentence with a value to hold them against: name more articles.",)
    more = f", or {settles}" if settles else ""
    return (
        "Besides what `topics` and `says` hold, no phrase stands by them clearly more often than by others: name more "
        f"articles{more}.",
    )


def render_json(report: TopicsReport) -> str:
    """For programs, the same for the same report to the byte."""
    document = {
        "format": FORMAT,
        "checked_at": instant(report.checked_at),
        "as_of": report.as_of.isoformat(),
        "policy": report.term.policy,
        "term": report.term.name,
        "topics": list(report.term.topics),
        "articles": [article(examined) for examined in report.examined],
        "left_out": report.unread_files,
        "sentences": {
            "stating": report.stating,
            "annotated": report.annotated,
            "open": report.open,
            "others": report.others,
        },
        "annotator": report.annotator,
        "note": report.note or None,
        "phrases": [_document(phrase) for phrase in report.phrases],
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _document(phrase: Phrase) -> dict[str, Any]:
    return {
        "phrase": phrase.words,
        "sentences": phrase.sentences,
        "others": phrase.others,
        "weight": round(phrase.weight, 2),
        "example": {
            "article": phrase.example.page.address,
            "line": phrase.example.line,
            "where": phrase.example.where,
            "text": phrase.example.text,
            "start": phrase.example.start,
            "end": phrase.example.end,
        },
    }
