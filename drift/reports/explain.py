"""Every claim of an article with its candidates, their scores and evidence, and why it was or was not judged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from drift.engine.kinds import comparable, show
from drift.model import Candidate, CheckReport, Examined, Match, Registry, Stance, Term, Verdict, wording
from drift.model.edits import EditAction, Suggestion
from drift.model.escaping import escape_json
from drift.model.links import to_claim
from drift.reports import Display
from drift.reports.json_report import annotated, instant, statement
from drift.reports.sheet import Sheet

FORMAT = "drift-explain/1"
_CANDIDATES = 5  # shown to people: a claim on one screen
_EVIDENCE = 5  # weighed reasons shown for the first candidate, the weightiest first,
_OF_RIVALS = 3  # and for each other
_LINES = 5  # named where none is the line asked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims to explain: those a term is a candidate for, those on a source line; None is all.

    Where both are given it is every claim on the line with a value that the term could have: what holds the term back
    is then the question.
    """

    term: Term | None = None
    line: int | None = None

    def takes(self, match: Match) -> bool:
        """Whether a claim is one of them."""
        if self.line is not None and match.claim.passage.line_at(match.claim.start) != self.line:
            return False
        if self.term is None:
            return True
        terms = [candidate.term for candidate in match.candidates] + ([match.term] if match.term else [])
        if any(term.full_name == self.term.full_name for term in terms):
            return True
        value = self.term.timeline[0].value
        return self.line is not None and comparable(match.claim.value, value)


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim with the page it stands on, its match, and the verdict where there is one."""

    examined: Examined
    match: Match
    verdict: Verdict | None


def render(
    report: CheckReport, look: Display, wanted: Wanted | None = None, suggestions: Sequence[Suggestion] = ()
) -> str:
    """For people: one claim after another, each on less than a screen, with the suggestions that are for it."""
    sheet = Sheet(look)
    for examined in report.examined:
        if examined.blind is not None:
            sheet.line((examined.page.address, "bold"))
            sheet.blind(examined)
            sheet.gap()
    shown = 0
    for explained in chosen(report, wanted):
        _claim(sheet, explained)
        for suggestion in _for(explained, suggestions):
            sheet.field("to teach", advice(suggestion), indent=2, style="bold green" if suggestion.edit else "")
        sheet.gap()
        shown += 1
    total = sum(len(examined.matches) for examined in report.examined)
    if not shown and total and wanted is not None and wanted.line is not None:
        sheet.line((_elsewhere(report, wanted.line), ""))
    sheet.line((f"{shown} of {wording.counted(total, 'claim')} shown", "bold"))
    return sheet.done()


def _elsewhere(report: CheckReport, line: int) -> str:
    """Where claims do stand, for whoever named a line without one."""
    matches = [match for examined in report.examined for match in examined.matches]
    lines = {match.claim.passage.line_at(match.claim.start) for match in matches} - {None, line}
    nearest = sorted(sorted(filter(None, lines), key=lambda at: abs(at - line))[:_LINES])
    there = f"; the nearest {'is on line' if len(nearest) == 1 else 'are on lines'} {', '.join(map(str, nearest))}"
    return f"No claim that is asked for stands on line {line}" + (there if nearest else "")


def render_json(report: CheckReport, wanted: Wanted | None = None, suggestions: Sequence[Suggestion] = ()) -> str:
    """For programs, with every candidate and all evidence."""
    document = {
        "format": FORMAT,
        "checked_at": instant(report.checked_at),
        "as_of": report.as_of.isoformat(),
        "claims": [
            {**_document(each, report.registry), "suggestions": [_suggested(one) for one in _for(each, suggestions)]}
            for each in chosen(report, wanted)
        ],
        "blind": [
            {"article": examined.page.address, "why": examined.blind.value, "detail": examined.detail or None}
            for examined in report.examined
            if examined.blind is not None
        ],
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def chosen(report: CheckReport, wanted: Wanted | None = None) -> Iterator[Explained]:
    """The claims that are wanted, in the order of the run."""
    for examined in report.examined:
        judged = {id(verdict.match.claim): verdict for verdict in examined.verdicts}
        for match in examined.matches:
            if wanted is None or wanted.takes(match):
                yield Explained(examined, match, judged.get(id(match.claim)))


def advice(suggestion: Suggestion) -> str:
    """A suggestion as a sentence for the owner of the term."""
    goal = "a statement of" if suggestion.states else "no statement of"
    edit = suggestion.edit
    if edit is None:
        tried = f"none of {wording.counted(suggestion.tried, 'edit')} tried does it alone; " if suggestion.tried else ""
        return f"to make it {goal} {suggestion.term}: {tried}{suggestion.why}"
    place = f" ({edit.place})" if edit.place else ""
    todo = {
        EditAction.ADD: f"add '{edit.text}' to `{edit.key}` of {edit.where}{place}",
        EditAction.TAKE_OUT: f"take '{edit.text}' out of `{edit.key}` of {edit.where}{place}",
        EditAction.SET: f"set `{edit.key}` to '{edit.text}' in {edit.where}",
    }[edit.action]
    verdict = suggestion.verdict
    then = f"it then {wording.outcome(verdict.outcome)}" if verdict and suggestion.states else "it then states none"
    if verdict is not None and verdict.match.term is not None and not suggestion.states:
        then = f"it is then about {verdict.match.term.full_name}"
    return f"to make it {goal} {suggestion.term}: {todo}; {then}, and nothing else here changes"


def why(explained: Explained) -> str:
    """Why a claim was judged as it was, or was not judged, in words."""
    claim, verdict = explained.match.claim, explained.verdict
    if verdict is not None:
        words = f"{wording.outcome(verdict.outcome)}, confidence {verdict.confidence:.2f}: {verdict.because}"
        return f"{words}; what would settle it: {verdict.settle}" if verdict.settle else words
    if claim.stance is not Stance.CURRENT:
        cue = f" ({claim.stance_why})" if claim.stance_why else ""
        return f"not judged: {wording.stance(claim.stance)}{cue}"
    if explained.match.denied:
        return f"not judged: {wording.annotation(explained.match.annotation)}"
    if not explained.match.candidates:
        return "not judged: no term of its kind shares a word with it"
    nearest = explained.match.candidates[0].term.full_name
    return f"not judged: the words around it do not name one rule clearly enough; the nearest is {nearest}"


def _for(explained: Explained, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    return [suggestion for suggestion in suggestions if suggestion.claim is explained.match.claim]


def _claim(sheet: Sheet, explained: Explained) -> None:
    claim, match, verdict = explained.match.claim, explained.match, explained.verdict
    line = claim.passage.line_at(claim.start)
    place = explained.examined.page.address + (f":{line}" if line is not None else "")
    value = wording.limit(claim.bound, show(claim.value))
    sheet.line((value, "bold"), (f"  {claim.value.kind}, {claim.stance.value}", "dim"), (f"  {place}", ""))
    sheet.field("reads", sheet.quote(claim), indent=2)
    sheet.context(claim, indent=2)
    sheet.field("link", to_claim(explained.examined.page, claim) or "", indent=2, whole=True)
    for number, candidate in enumerate(match.candidates[:_CANDIDATES], 1):
        best = match.term is not None and candidate.term.full_name == match.term.full_name
        sheet.line(
            (f"{number}. {candidate.term.full_name}", "bold" if best else ""),
            (f"  {candidate.score:+.2f}", "cyan"),
            ("  chosen" if best else "", "bold"),
            indent=2,
        )
        sheet.field("", "; ".join(_reasons(candidate, _EVIDENCE if number == 1 else _OF_RIVALS)), indent=2, style="dim")
    if len(match.candidates) > _CANDIDATES:
        sheet.line((f"and {len(match.candidates) - _CANDIDATES} weaker candidates", "dim"), indent=2)
    if verdict is not None and (match.affirmed or match.denied):
        sheet.field("annotator", wording.annotation(match.annotation), indent=2)
    sheet.field("verdict", why(explained), indent=2, style="bold")


def _reasons(candidate: Candidate, most: int) -> Iterator[str]:
    """The words that name the term, then the weightiest evidence; the weights shown add up to the score."""
    weighed = sorted((one for one in candidate.evidence if one.weight), key=lambda one: -abs(one.weight))
    yield from (one.words for one in candidate.evidence if not one.weight)
    yield from (f"{one.words} ({one.weight:+.2f})" for one in weighed[:most])
    if lesser := weighed[most:]:
        rest = round(candidate.score, 2) - sum(round(one.weight, 2) for one in weighed[:most])
        yield f"{len(lesser)} lesser {'one' if len(lesser) == 1 else 'ones'} ({rest:+.2f})"


def _document(explained: Explained, registry: Registry) -> dict[str, Any]:
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
        "statement": statement(explained.examined, explained.verdict, registry) if explained.verdict else None,
        "why": why(explained),
        "annotated": annotated(match),
    }


def _suggested(suggestion: Suggestion) -> dict[str, Any]:
    edit, verdict = suggestion.edit, suggestion.verdict
    return {
        "term": suggestion.term,
        "states": suggestion.states,
        "edit": None
        if edit is None
        else {
            "action": edit.action,
            "key": edit.key,
            "text": edit.text,
            "where": edit.where,
            "place": str(edit.place) if edit.place else None,
        },
        "verdict": verdict.outcome.value if verdict else None,
        "tried": suggestion.tried,
        "words": advice(suggestion),
    }
