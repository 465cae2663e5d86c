"""What an annotator is asked about an article, and what its answers make of the matches.

A question shows a sentence with one value marked, what a reader sees around it, and up to three rules without their
values: which rule is meant is all that is asked. The comparison stays ours. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from drift.engine import kinds, sentences
from drift.engine.sentences.fingerprint import hashed
from drift.engine.verdicts.diagnose import states
from drift.model import (
    Candidate,
    Claim,
    Evidence,
    Examined,
    Grounds,
    Language,
    Match,
    Outcome,
    Registry,
    Term,
    Verdict,
    wording,
)
from drift.model.annotation import Annotation, OfferedRule, RuleQuestion
from drift.model.values import Bound, Comparison

OFFERED = 3  # rules: the right one is the first of its candidates for 90 % of true divergences, else second or third
# The match score from which a sentence is asked about. Of 305 sentences of 87 companies that were read to state a rule
# and leave it, 302 stand above it; of the sentences asked about below it, one in seventy states one.
LOW = -2.0
KEY = 32  # hexadecimal digits
VALUE = "[value]"  # what stands for a value in the words of a rule

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")

Place = int  # of a match among those of its article


class OfferedRules:
    """The terms of a registry as an annotator sees them, in the language of an article."""

    def __init__(self, registry: Registry, language: Language) -> None:
        self._dollars = registry.dollars
        self._language = language
        self._made: dict[str, OfferedRule] = {}

    def of(self, term: Term) -> OfferedRule:
        """A term without its value."""
        if term.full_name not in self._made:
            self._made[term.full_name] = OfferedRule(
                term.full_name,
                self._masked(term.says),
                tuple(map(self._masked, term.topics)),
                term.scope,
                None if term.bound is Bound.EXACTLY else term.bound.value,
                tuple(map(self._masked, term.examples.states)),
                tuple(map(self._masked, term.examples.silent)),
            )
        return self._made[term.full_name]

    def _masked(self, text: str) -> str:
        found = kinds.find(text, self._language, dollars=self._dollars)
        return sentences.mask(text, found).replace(sentences.MASK, VALUE)


def questions(examined: Examined, rules: OfferedRules, as_of: date) -> dict[Place, RuleQuestion]:
    """What there is to ask about an examined article: by the place of a match, in order.

    Asked is about values that differ from a rule whose words the sentence may have, where nothing but words says that
    it states it. Where it agrees with another rule, the one it fits best may be meant all the same: a rule's value that
    was put in the place of its neighbour's. Annotations that the matches have are no grounds here: the questions are
    the same as without them.
    """
    decided = {id(verdict.match.claim) for verdict in examined.verdicts if _is_decided(verdict, as_of)}
    beside = _by_sentence(examined.matches)
    asked = {}
    for at, match in enumerate(examined.matches):
        if id(match.claim) in decided or not match.claim.asserted_on(as_of) or match.sure or match.pinned:
            continue
        offered = match.candidates[:OFFERED]
        if offered and offered[0].score >= LOW and any(_differs(match.claim, one, as_of) for one in offered):
            asked[at] = _question(match.claim, examined.title, offered, beside[_sentence(match.claim)], rules)
    return asked


def reviewed(examined: Examined, rules: OfferedRules) -> dict[Place, RuleQuestion]:
    """What an annotator would be asked about the sentences of an article that a person answered, whatever they say.

    Those that no rule's words are near are left out: nobody would ask about them.
    """
    beside = _by_sentence(examined.matches)
    return {
        at: _question(match.claim, examined.title, match.candidates[:OFFERED], beside[_sentence(match.claim)], rules)
        for at, match in enumerate(examined.matches)
        if match.answer is not None and match.candidates and match.candidates[0].score >= LOW
    }


def annotated(
    examined: Examined, asked: Mapping[Place, RuleQuestion], answers: Mapping[str, Annotation]
) -> tuple[Match, ...]:
    """The matches of an article with what was answered about them; `answers` are by the key of a question.

    Who is not trusted takes nothing away, neither an alarm nor a question: a question more is all that comes of it.
    """
    matches = list(examined.matches)
    verdicts = {id(verdict.match.claim): verdict for verdict in examined.verdicts}
    for at, question in asked.items():
        answer = answers.get(question.key)
        if answer is None or not answer.sure:
            continue
        if answer.trusted or _asks_more(answer, verdicts.get(id(matches[at].claim))):
            matches[at] = _with(matches[at], answer)
    return tuple(matches)


def _asks_more(answer: Annotation, verdict: Verdict | None) -> bool:
    """Whether an answer makes a sentence a question that is no alarm, nor a question about another rule, without it."""
    if answer.term is None or verdict is None:
        return answer.term is not None
    if verdict.outcome is Outcome.SUSPECT:
        return verdict.match.term is not None and verdict.match.term.full_name == answer.term
    return verdict.outcome is not Outcome.DIVERGES


def _with(match: Match, answer: Annotation) -> Match:
    if answer.term is None:
        return replace(match, annotation=answer)
    meant = next((one for one in match.candidates if one.term.full_name == answer.term), None)
    if meant is None:
        return match
    why = Evidence("annotated", 0.0, wording.unconfirmed(answer.model))
    return replace(match, term=meant.term, score=meant.score, evidence=(why, *meant.evidence), annotation=answer)


def _is_decided(verdict: Verdict, as_of: date) -> bool:
    """Whether a verdict leaves nothing to ask of an annotator: more than words has said what the sentence is about."""
    match = verdict.match
    if match.affirmed:
        return False
    if verdict.outcome is Outcome.DIVERGES:
        return verdict.grounds is not Grounds.PLAIN
    if verdict.outcome is Outcome.AGREES:
        best = match.candidates[0] if match.candidates else None
        return best is None or best.term is match.term or not _differs(match.claim, best, as_of)
    return verdict.outcome is not Outcome.SUSPECT


def _differs(claim: Claim, candidate: Candidate, as_of: date) -> bool:
    """Whether a claim could be a divergence of a term."""
    period = candidate.term.on(as_of)
    if period is None or states(claim.value, candidate.term, period.value):
        return False
    return kinds.compare(claim.value, period.value) is not Comparison.INCOMPARABLE


def _question(
    claim: Claim, title: str | None, offered: Iterable[Candidate], beside: Sequence[Claim], rules: OfferedRules
) -> RuleQuestion:
    passage = claim.passage
    start, end = claim.start - claim.sentence[0], claim.end - claim.sentence[0]
    asked = RuleQuestion(
        key="",
        sentence=claim.quote,
        start=start,
        end=end,
        rules=tuple(rules.of(one.term) for one in offered),
        title=title or "",
        headings=passage.headings,
        question=passage.question or "",
        lead_in=passage.lead_in or "",
        row=passage.row,
        column=passage.column,
        caption=passage.caption or "",
        previous=claim.previous,
    )
    before = sentences.mask(passage.text, beside, (claim.sentence[0], claim.start))
    after = sentences.mask(passage.text, beside, (claim.end, claim.sentence[1]))
    parts = (f"{before}[[{sentences.MASK}]]{after}", *_around(asked), *_offered(asked.rules))
    return replace(asked, key=hashed(parts, KEY))


def _around(asked: RuleQuestion) -> Iterator[str]:
    """What stands around a sentence, without its numbers: a change of a value elsewhere is no other question."""
    for text in (
        asked.title, *asked.headings, "", asked.question, asked.lead_in, *asked.row, "", *asked.column, "",
        asked.caption, asked.previous,
    ):  # fmt: skip
        yield _NUMBER.sub(sentences.MASK, text)


def _offered(rules: Iterable[OfferedRule]) -> Iterator[str]:
    """All that is shown of the rules, whatever their order."""
    return iter(sorted(repr(rule) for rule in rules))


def _by_sentence(matches: Iterable[Match]) -> Mapping[tuple[int, int, int], list[Claim]]:
    found = defaultdict(list)
    for match in matches:
        found[_sentence(match.claim)].append(match.claim)
    return found


def _sentence(claim: Claim) -> tuple[int, int, int]:
    return id(claim.passage), *claim.sentence
