"""Every claim of an article with its candidates, their scores and evidence, and why it was or was not judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from drift import wording
from drift.kinds import show
from drift.model import Candidate, CheckReport, Evidence, Examined, Match, Stance, Verdict
from drift.reports import Look
from drift.reports.inert import escape_json
from drift.reports.json_report import instant, statement
from drift.reports.links import to_claim
from drift.reports.sheet import Sheet

FORMAT = "drift-explain/1"
_CANDIDATES = 5  # shown to people: a claim on one screen
_EVIDENCE = 6  # reasons shown for a candidate, the weightiest first


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims to explain: those a term (full name) is a candidate for, those on a source line; None is all."""

    term: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim with the page it stands on, its match, and the verdict where there is one."""

    examined: Examined
    match: Match
    verdict: Verdict | None


def render(report: CheckReport, look: Look, wanted: Wanted | None = None) -> str:
    """For people: one claim after another, each on less than a screen."""
    sheet = Sheet(look)
    shown = 0
    for examined in report.examined:
        if examined.blind is not None:
            sheet.line((examined.page.address, "bold"))
            sheet.blind(examined)
            sheet.gap()
        for explained in _chosen(examined, wanted or Wanted()):
            _claim(sheet, explained)
            shown += 1
    total = sum(len(examined.matches) for examined in report.examined)
    sheet.line((f"{shown} of {wording.counted(total, 'claim')} shown", "bold"))
    return sheet.done()


def render_json(report: CheckReport, wanted: Wanted | None = None) -> str:
    """For programs, with every candidate and all evidence."""
    document = {
        "format": FORMAT,
        "checked_at": instant(report.checked_at),
        "as_of": report.as_of.isoformat(),
        "claims": [_document(each) for examined in report.examined for each in _chosen(examined, wanted or Wanted())],
        "blind": [
            {"article": examined.page.address, "why": examined.blind.value, "detail": examined.detail or None}
            for examined in report.examined
            if examined.blind is not None
        ],
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def why(explained: Explained) -> str:
    """Why a claim was judged as it was, or was not judged, in words."""
    claim, verdict = explained.match.claim, explained.verdict
    if verdict is not None:
        words = f"{wording.outcome(verdict.outcome)}, confidence {verdict.confidence:.2f}: {verdict.because}"
        return f"{words}; what would settle it: {verdict.settle}" if verdict.settle else words
    if claim.stance is not Stance.CURRENT:
        cue = f" ({claim.stance_why})" if claim.stance_why else ""
        return f"not judged: {wording.stance(claim.stance)}{cue}"
    if not explained.match.candidates:
        return "not judged: no term of its kind shares a word with it"
    return f"not judged: no candidate fits well enough (the best has {explained.match.candidates[0].score:+.2f})"


def _chosen(examined: Examined, wanted: Wanted) -> Iterator[Explained]:
    judged = {verdict.match.claim: verdict for verdict in examined.verdicts}
    for match in examined.matches:
        names = {candidate.term.full_name for candidate in match.candidates}
        if match.term is not None:
            names.add(match.term.full_name)
        if wanted.term is not None and wanted.term not in names:
            continue
        if wanted.line is not None and match.claim.passage.line_at(match.claim.start) != wanted.line:
            continue
        yield Explained(examined, match, judged.get(match.claim))


def _claim(sheet: Sheet, explained: Explained) -> None:
    claim, match = explained.match.claim, explained.match
    line = claim.passage.line_at(claim.start)
    place = explained.examined.page.address + (f":{line}" if line is not None else "")
    value = wording.limit(claim.bound, show(claim.value))
    sheet.line((value, "bold"), (f"  {claim.value.kind.value}, {claim.stance.value}", "dim"), (f"  {place}", ""))
    sheet.field("reads", sheet.quote(claim), indent=2)
    sheet.context(claim, indent=2)
    sheet.field("link", to_claim(explained.examined.page, claim) or "", indent=2, whole=True)
    for number, candidate in enumerate(match.candidates[:_CANDIDATES], 1):
        chosen = match.term is not None and candidate.term.full_name == match.term.full_name
        sheet.line(
            (f"{number}. {candidate.term.full_name}", "bold" if chosen else ""),
            (f"  {candidate.score:+.2f}", "cyan"),
            ("  chosen" if chosen else "", "bold"),
            indent=2,
        )
        sheet.field("", "; ".join(_reason(evidence) for evidence in _weightiest(candidate)), indent=2, style="dim")
    if len(match.candidates) > _CANDIDATES:
        sheet.line((f"and {len(match.candidates) - _CANDIDATES} weaker candidates", "dim"), indent=2)
    sheet.field("verdict", why(explained), indent=2, style="bold")
    sheet.gap()


def _weightiest(candidate: Candidate) -> list[Evidence]:
    return sorted(candidate.evidence, key=lambda evidence: -abs(evidence.weight))[:_EVIDENCE]


def _reason(evidence: Evidence) -> str:
    return f"{evidence.words} ({evidence.weight:+.2f})"


def _document(explained: Explained) -> dict[str, Any]:
    claim, match = explained.match.claim, explained.match
    return {
        "article": explained.examined.page.address,
        "line": claim.passage.line_at(claim.start),
        "link": to_claim(explained.examined.page, claim),
        "published": show(claim.value),
        "bound": claim.bound.value,
        "stance": claim.stance.value,
        "value_text": claim.value_text,
        "quote": claim.quote,
        "heading": list(claim.passage.headings),
        "reviewed": match.reviewed,
        "candidates": [
            {
                "policy": candidate.term.policy,
                "term": candidate.term.name,
                "score": round(candidate.score, 3),
                "evidence": [
                    {"name": evidence.name, "weight": round(evidence.weight, 3), "words": evidence.words}
                    for evidence in candidate.evidence
                ],
            }
            for candidate in match.candidates
        ],
        "statement": statement(explained.examined, explained.verdict) if explained.verdict else None,
        "why": why(explained),
    }
