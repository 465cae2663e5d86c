"""What is kept of a page that was examined: its statements, spelled, and where its other sentences stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from drift import kinds
from drift.findings.follow import known
from drift.model import Examined, Match, Page, Policy, Reading, Registry, Severity, Statement, Verdict, Written
from drift.reports.links import to_claim


def reading_of(
    examined: Examined, at: datetime, registry: Registry, as_of: date, *, text: str, policies: str, reader: str
) -> Reading:
    """One page as it was read at a time, examined with what it was known to say before (an empty sequence at first).

    `text`, `policies` and `reader` name what made it: see Reading. Of a blind page only that is kept.
    """
    if examined.blind is not None:
        return Reading(
            examined.page, at, blind=examined.blind, detail=examined.detail, policies=policies, reader=reader
        )
    written = {id(match.claim): one for match, one in zip(examined.matches, examined.written, strict=True)}
    owned = {policy.name: policy for policy in registry.policies}
    statements = [
        statement_of(verdict, examined.page, written[id(verdict.match.claim)], owned) for verdict in examined.verdicts
    ]
    judged = {id(verdict.match.claim) for verdict in examined.verdicts}
    left = [match for match in examined.matches if id(match.claim) not in judged]
    return Reading(
        examined.page,
        at,
        text,
        policies,
        reader,
        examined.title,
        tuple(statements),
        unjudged=tuple(one.known.slot for one in left if one.known and one.claim.asserted_on(as_of)),
        others=_others([match for match in left if match.known is None], written),
        claims=examined.claims,
    )


def statement_of(verdict: Verdict, page: Page, written: Written, policies: Mapping[str, Policy]) -> Statement:
    """What is kept of a verdict. It has the slot of the statement it was before, '' where it was none."""
    match, claim, term = verdict.match, verdict.match.claim, verdict.match.term
    assert term is not None  # no verdict without one
    policy = policies.get(term.policy)
    start = claim.start - claim.sentence[0]
    return Statement(
        slot=match.known.slot if match.known else "",
        policy=term.policy,
        term=term.name,
        outcome=verdict.outcome,
        published=kinds.show(claim.value),
        expected=kinds.show(verdict.expected) if verdict.expected else None,
        sentence=written.sentence,
        words=written.masked,
        nth=written.nth,
        quote=claim.quote,
        value_text=claim.value_text,
        value_start=start,
        confidence=verdict.confidence,
        because=verdict.because,
        diagnosis=verdict.diagnosis,
        harm=verdict.harm,
        severity=policy.severity if policy else Severity.MEDIUM,
        heading=claim.passage.headings,
        line=claim.passage.line_at(claim.start),
        link=to_claim(page, claim),
        reviewed=match.reviewed,
        followed=match.followed,
        known=known(verdict),
    )


def _others(matches: list[Match], written: Mapping[int, Written]) -> tuple[tuple[str, int], ...]:
    """Each sentence that states nothing, once."""
    found: dict[tuple[int, tuple[int, int]], tuple[str, int]] = {}
    for match in matches:
        one = written[id(match.claim)]
        found.setdefault((id(match.claim.passage), match.claim.sentence), (one.sentence, one.nth))
    return tuple(found.values())
