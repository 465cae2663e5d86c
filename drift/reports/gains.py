"""What an edit to the registry gains and loses, for people and for programs (`drift-gains/1`)."""

from __future__ import annotations

import json
from typing import Any

from drift.engine.kinds import show
from drift.model import Verdict, wording
from drift.model.edits import Effect, GainsReport
from drift.model.escaping import escape_json
from drift.model.links import to_claim
from drift.reports import Display
from drift.reports.json_report import article, instant
from drift.reports.sheet import Sheet

FORMAT = "drift-gains/1"
_STYLES = {"gained": "bold green", "lost": "bold red", "changed": "bold yellow"}


def render(report: GainsReport, look: Display) -> str:
    """For people: one changed statement after another, article by article."""
    sheet = Sheet(look)
    for examined in report.examined:
        changes = [change for change in report.changes if change.page == examined.page]
        if changes or examined.blind is not None:
            sheet.line((examined.page.address, "bold"), (f"  {examined.title}" if examined.title else "", "dim"))
            sheet.blind(examined)
            for change in changes:
                _change(sheet, change)
            sheet.gap()
    counts = summary(report)
    told = ", ".join(f"{counts[what]} {what}" for what in _STYLES)
    sheet.line(
        (told, "bold"),
        (f", {counts['kept']} as before in {wording.counted(len(report.examined), 'article')}", ""),
        (f", {counts['blind']} blind" if counts["blind"] else "", "bold magenta"),
        (f"; {wording.counted(counts['newly_diverging'], 'statement')} newly diverging", ""),
        (f"; against {report.before}, as of {report.as_of.isoformat()}", "dim"),
    )
    return sheet.done()


def render_json(report: GainsReport) -> str:
    """For programs, the same for the same report to the byte."""
    document = {
        "format": FORMAT,
        "checked_at": instant(report.checked_at),
        "as_of": report.as_of.isoformat(),
        "before": report.before,
        "articles": [article(examined) for examined in report.examined],
        "changes": [_document(change) for change in report.changes],
        "summary": summary(report),
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def summary(report: GainsReport) -> dict[str, int]:
    """How many statements are gained, lost, changed and kept or newly diverge, and how many articles are blind."""
    kinds = [_what(change) for change in report.changes]
    return {
        **{what: kinds.count(what) for what in _STYLES},
        "kept": report.kept,
        "newly_diverging": sum(change.newly_diverges for change in report.changes),
        "blind": sum(examined.blind is not None for examined in report.examined),
    }


def _what(change: Effect) -> str:
    if change.before is None:
        return "gained"
    return "lost" if change.after is None else "changed"


def _told(change: Effect) -> Verdict:
    """The verdict that tells which statement it is."""
    verdict = change.after or change.before
    if verdict is None:
        raise ValueError("a change without a verdict")
    return verdict


def _change(sheet: Sheet, change: Effect) -> None:
    verdict, what = _told(change), _what(change)
    claim, term = verdict.match.claim, verdict.match.term
    line = claim.passage.line_at(claim.start)
    sheet.line(
        (what.upper(), _STYLES[what]),
        (f"  {term.full_name if term else 'no term chosen'}", "bold"),
        (f"  {wording.limit(claim.bound, show(claim.value))}", ""),
        (f"  {change.page.address}:{line}" if line is not None else "", "dim"),
        indent=2,
    )
    sheet.field("reads", sheet.quote(claim))
    sheet.context(claim)
    sheet.field("link", to_claim(change.page, claim) or "", whole=True)
    sheet.field("before", _verdict(change.before, change.instead))
    sheet.field("after", _verdict(change.after, change.instead))


def _verdict(verdict: Verdict | None, instead: str | None) -> str:
    if verdict is None:
        return f"taken for {instead}" if instead else "no statement"
    words = wording.outcome(verdict.outcome)
    if verdict.expected is not None and verdict.match.term is not None:
        words += f" with {wording.limit(verdict.match.term.bound, show(verdict.expected))}"
    if verdict.diagnosis is not None:
        words += f" ({verdict.diagnosis.value})"
    return words


def _document(change: Effect) -> dict[str, Any]:
    verdict = _told(change)
    claim, term = verdict.match.claim, verdict.match.term
    return {
        "change": _what(change),
        "article": change.page.address,
        "policy": term.policy if term else None,
        "term": term.name if term else None,
        "published": show(claim.value),
        "value_text": claim.value_text,
        "quote": claim.quote,
        "heading": list(claim.passage.headings),
        "line": claim.passage.line_at(claim.start),
        "link": to_claim(change.page, claim),
        "before": _judged(change.before),
        "after": _judged(change.after),
        "instead": change.instead,
    }


def _judged(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "verdict": verdict.outcome.value,
        "expected": show(verdict.expected) if verdict.expected else None,
        "diagnosis": verdict.diagnosis.value if verdict.diagnosis else None,
        "harm": verdict.harm.value if verdict.harm else None,
        "confidence": round(verdict.confidence, 2),
    }
