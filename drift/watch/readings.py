"""What is kept of a page that was examined: its statements, spelled, and where its other sentences stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from drift.engine import kinds
from drift.findings.follow import known
from drift.model import Examined, Followed, Match, Page, Policy, Registry, Severity, Verdict, Written
from drift.model.finding import Reading, Voice
from drift.model.statement import Statement
from drift.model.values import Comparison
from drift.reports.links import to_claim

LIKELY = -3.5  # the match score from which a sentence with a term's very value may be the one that states it
RIGHTLY = 0.85  # how often that is so: 6 of 7 on half a of the labelled sets and on the project's own pages


def reading_of(
    examined: Examined,
    at: datetime,
    registry: Registry,
    as_of: date,
    *,
    text: str,
    policies: str,
    reader: str,
    said: tuple[Voice, ...] = (),
) -> Reading:
    """One page as it was read at a time, examined with what it was known to say before (an empty sequence at first).

    `text`, `policies` and `reader` name what made it, `said` is what it says to other articles: see Reading. Of a blind
    page only what made it is kept.
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
    standing = [one.known.slot for one in left if one.known and one.claim.asserted_on(as_of)]
    likely = dict(_likely(left, statements, written, as_of))
    return Reading(
        examined.page,
        at,
        text,
        policies,
        reader,
        examined.title,
        tuple(statements),
        unjudged=tuple(slot for slot in standing if slot),
        denied=tuple(_denied(match for match in examined.matches if match.reviewed)),
        doubted=tuple(_denied(match for match in examined.matches if match.denied or match.affirmed)),
        others=_others([one for one in left if not _was_statement(one) and id(one.claim) not in likely], written),
        likely=tuple(likely.values()),
        claims=examined.claims,
        said=said,
    )


def statement_of(verdict: Verdict, page: Page, written: Written, policies: Mapping[str, Policy]) -> Statement:
    """What is kept of a verdict. It has the slot of the statement it was before, '' where it was none."""
    match, claim, term = verdict.match, verdict.match.claim, verdict.match.term
    assert term is not None  # no verdict without one
    said = match.affirmed
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
        severity=policy.severity_in(claim.passage) if policy else Severity.MEDIUM,
        heading=claim.passage.headings,
        line=claim.passage.line_at(claim.start),
        link=to_claim(page, claim),
        reviewed=match.reviewed,
        followed=match.followed,
        annotated=said.model if said else "",
        annotated_sure=said.probability if said else 0.0,
        annotated_why=said.why if said else "",
        annotated_agreed=said.agreed if said else None,
        known=known(verdict),
        hidden=claim.passage.hidden,
        published_text=kinds.as_written(claim.value, claim.value_text),
        expected_text=kinds.alike(verdict.expected, claim.value, claim.value_text) if verdict.expected else "",
        bound=claim.bound,
        row=claim.passage.row,
        column=claim.passage.column,
        caption=claim.passage.caption,
        question=claim.passage.question,
        defines=claim.passage.defines,
    )


def _likely(
    left: list[Match], stated: list[Statement], written: Mapping[int, Written], as_of: date
) -> Iterator[tuple[int, Followed]]:
    """By id of a claim: the sentences that hold the very value of the term they fit best, which nothing else states."""
    terms = {statement.full_name for statement in stated}
    for match in left:
        best = match.candidates[0] if match.candidates else None
        if best is None or best.score < LIKELY or match.reviewed or _was_statement(match):
            continue
        period = best.term.on(as_of)
        if period is None or best.term.full_name in terms or not match.claim.asserted_on(as_of):
            continue
        if kinds.compare(match.claim.value, period.value) is Comparison.SAME:
            one = written[id(match.claim)]
            name = best.term.full_name
            yield id(match.claim), Followed(one.sentence, one.nth, name, confidence=RIGHTLY, trusted=True)


def _denied(matches: Iterable[Match]) -> Iterator[str]:
    """The slots of earlier statements that state another term than that of then, or none, by an answer."""
    for match in matches:
        if match.known is None or not match.known.slot:
            continue
        if match.denied or match.term is None or match.term.full_name != match.known.term:
            yield match.known.slot


def _was_statement(match: Match) -> bool:
    return match.known is not None and match.known.slot != ""


def _others(matches: list[Match], written: Mapping[int, Written]) -> tuple[tuple[str, int], ...]:
    """Each sentence that states nothing, once."""
    found: dict[tuple[int, tuple[int, int]], tuple[str, int]] = {}
    for match in matches:
        one = written[id(match.claim)]
        found.setdefault((id(match.claim.passage), match.claim.sentence), (one.sentence, one.nth))
    return tuple(found.values())
