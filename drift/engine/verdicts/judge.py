"""Whether a matched claim agrees with its term: only typed values decide, and a divergence needs grounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from drift.engine import kinds
from drift.engine.verdicts.context import ALONE, Others
from drift.engine.verdicts.diagnose import diagnose, harm, states, turned_round
from drift.engine.verdicts.discount import left_to_pay
from drift.engine.verdicts.doubt import Crowd, doubts, is_other_rate
from drift.engine.verdicts.opening import end_meant, of_another_thing, on_other_days
from drift.engine.verdicts.weights import AGREES, ALARM, ASK, CHARGED, NAMED, equal, score
from drift.model import Grounds, Language, Match, Outcome, Page, PolicyException, Registry, Term, Verdict, wording
from drift.model.annotation import Annotation
from drift.model.values import Bound, Comparison, Value

PINNED = 0.95  # confidence where the owner named the place
RIVAL = 1.6  # log-odds that a term may lie behind and still be the one whose value it is; with 3.0 the same figures
CERTAIN = 1.0  # and where a person said what the sentence is about
FOLLOWED = 0.56  # how surely an earlier version must have stated the term; chosen for words alone in 0006, and kept
# What an annotator says and what the words say are two witnesses, of whom the second counts half. Of 321 affirmed
# sentences of 87 companies that leave the rule, 297 state it; of the 314 that are grounds by both witnesses, 296.
WORDS = 0.5
TOGETHER = 0.3  # log-odds
SETTLES = "a review of this sentence, or `must`, `topics` or `not_topics`"


class _Day(NamedTuple):
    """What all claims of an article are judged by."""

    registry: Registry
    as_of: date
    language: Language
    crowd: Crowd
    others: Others


def judge(
    matches: Sequence[Match],
    page: Page,
    registry: Registry,
    as_of: date,
    language: Language,
    others: Others = ALONE,
) -> tuple[Verdict, ...]:
    """Verdicts of one article, in the order of its claims; `others` is what the other articles of its source say.

    Claims about no term, and claims that the article does not assert on the day, get none.
    """
    current = [match for match in matches if match.term is not None and match.claim.asserted_on(as_of)]
    day = _Day(registry, as_of, language, Crowd(current), others)
    exceptions = _exceptions(page, registry, as_of)
    verdicts = []
    for match in current:
        if match.term is not None:
            verdict = _judge(match, match.term, day, exceptions.get(match.term.full_name, ()))
            if verdict is None or not verdict.outcome.decided:
                verdict = _rival_agrees(match, as_of) or verdict
            if verdict is not None:
                verdicts.append(verdict)
    return tuple(verdicts)


def _judge(match: Match, term: Term, day: _Day, exceptions: Sequence[PolicyException]) -> Verdict | None:
    period = term.on(day.as_of)
    if period is None:
        if _confidence(match) < AGREES:
            return None
        return Verdict(
            match,
            Outcome.UNCLEAR,
            None,
            because=f"the policy has no value on {day.as_of}",
            settle=f"a value for {day.as_of}",
        )
    expected = period.value
    if (left := left_to_pay(match.claim, term, day.language)) is not None:
        as_discount = replace(match, claim=replace(match.claim, value=left))
        verdict = _held(as_discount, term, expected, day, exceptions)
        return verdict and replace(verdict, match=replace(verdict.match, claim=match.claim))
    if (end := end_meant(match.claim, expected, day.language)) is not None:
        expected = end
    return _held(match, term, expected, day, exceptions)


def _held(
    match: Match, term: Term, expected: Value, day: _Day, exceptions: Sequence[PolicyException]
) -> Verdict | None:
    """A claim against the value of its term on the day."""
    if states(match.claim.value, term, expected):
        if not turned_round(match.claim, term, day.language):
            return _agreeing(match, expected)
        return _turned_round(match, term, expected, day)
    for exception in exceptions:
        if kinds.compare(match.claim.value, exception.value) is Comparison.SAME:
            return _agreeing(match, exception.value, exception)
    comparison = kinds.compare(match.claim.value, expected)
    if on_other_days(match.claim, term, day.language):
        return _unclear_days(match, expected)
    if comparison is Comparison.INCOMPARABLE:
        return None
    if comparison is Comparison.INSIDE and not _is_other_range(match.claim.value, expected, term.bound):
        return _inside(match, term, expected)
    return _diverging(match, term, expected, day)


def _rival_agrees(match: Match, as_of: date) -> Verdict | None:
    """The agreement with a term close behind, whose very value it is, of a claim that says nothing surely of its own.

    Two rules in the same words, one after the other: the claim may fit the first better and state the second.
    """
    if match.reviewed or match.pinned or match.affirmed:
        return None
    for rival in match.candidates:
        period = rival.term.on(as_of)
        if rival.term is match.term or period is None or rival.score < match.score - RIVAL:
            continue
        if states(match.claim.value, rival.term, period.value):
            return _agreeing(replace(match, term=rival.term, score=rival.score, evidence=rival.evidence), period.value)
    return None


def _turned_round(match: Match, term: Term, expected: Value, day: _Day) -> Verdict | None:
    """Of the right number with a limit the other way: certain only by an answer that was given in other words.

    Whoever answered, or followed the sentence, may have read its limit better than we do: where its words are those of
    then, what they turn round must be plain enough without the answer. From words alone it is never more than a
    question: of 33 alarms of this kind on companies nobody had tuned to, none was right.
    """
    if match.reviewed and match.limited_otherwise:
        return _diverging(match, term, expected, day)
    if match.grounds is Grounds.PLAIN:
        return _verdict(match, term, expected, day, ASK, None) if _confidence(match) >= AGREES else None
    probability = _probability(match, term, expected, day)
    if probability < ALARM:
        return _agreeing(match, expected)
    return _verdict(match, term, expected, day, probability, match.grounds)


def _agreeing(match: Match, expected: Value, exception: PolicyException | None = None) -> Verdict | None:
    """An agreement, unless too little says that the claim is about the term at all."""
    confidence = _confidence(match)
    if confidence < AGREES:
        return None
    because = f"an exception until {exception.until}: {exception.reason}" if exception else _because(match)
    return Verdict(
        match,
        Outcome.AGREES,
        expected,
        confidence=confidence,
        because=because,
        exception=exception,
        grounds=match.grounds,
    )


def _confidence(match: Match) -> float:
    """How surely a claim with the very value of the term is about it."""
    if match.reviewed:
        return CERTAIN
    if match.affirmed:
        return match.affirmed.probability
    confidence = max(_odds(equal(match.score)), _followed(match))
    return max(confidence, PINNED) if match.pinned else confidence


def _followed(match: Match) -> float:
    """How surely an earlier version of the page stated the term here; 0.0 where none is known to have."""
    return match.known.confidence if match.followed and match.known else 0.0


def _diverging(match: Match, term: Term, expected: Value, day: _Day) -> Verdict | None:
    """A divergence where there are grounds for one, else a question, else nothing."""
    if match.reviewed:
        return _verdict(match, term, expected, day, CERTAIN, Grounds.REVIEWED)
    if match.followed:
        known = _followed(match)
        return _verdict(match, term, expected, day, known, Grounds.FOLLOWED if known >= FOLLOWED else None)
    if match.affirmed:
        return _annotated(match, match.affirmed, term, expected, day)
    probability = _probability(match, term, expected, day)
    if match.pinned:
        probability = max(probability, PINNED)
    alarm = _is_plain(match, term, expected, day, probability)
    if match.denied:  # an alarm by words alone is a question then, and what was a question before is none
        return _verdict(match, term, expected, day, ASK, None) if alarm else None
    if probability < (CHARGED if _charges(match, expected) else ASK):
        return None
    if _was_stated(match, term):
        return _verdict(match, term, expected, day, max(probability, ALARM), Grounds.FOLLOWED)
    return _verdict(match, term, expected, day, probability, Grounds.PLAIN if alarm else None)


def _is_plain(match: Match, term: Term, expected: Value, day: _Day, probability: float) -> bool:
    """Whether words alone carry an alarm."""
    other = is_other_rate(match.claim.value, expected) or of_another_thing(match.claim, term, day.language)
    return probability >= ALARM and (match.pinned or not other)


def _annotated(match: Match, answer: Annotation, term: Term, expected: Value, day: _Day) -> Verdict:
    """A divergence where the annotator and the words carry it together, else a question.

    The words are heard alone: what other articles say neither of the two witnesses has read.
    """
    words = _probability(match, term, expected, day._replace(others=ALONE))
    carried = _log_odds(answer.probability) + WORDS * _log_odds(words) >= TOGETHER
    grounds = Grounds.ANNOTATED if answer.trusted and carried else None
    return _verdict(match, term, expected, day, answer.probability, grounds)


def _was_stated(match: Match, term: Term) -> bool:
    """Whether an earlier version surely stated the term in this sentence, which has other words and another value now.

    That alone does not do, for the sentence may have become another rule's; with words that leave it probable it does.
    """
    known = match.known
    return known is not None and known.trusted and known.term == term.full_name


def _verdict(
    match: Match, term: Term, expected: Value, day: _Day, probability: float, grounds: Grounds | None
) -> Verdict:
    diagnosis = diagnose(match.claim, term, expected, day.registry, day.as_of)
    return Verdict(
        match,
        Outcome.DIVERGES if grounds else Outcome.SUSPECT,
        expected,
        diagnosis,
        harm(match.claim, term, expected, diagnosis),
        probability,
        _because(match),
        None if grounds else SETTLES,
        grounds=grounds,
    )


def _charges(match: Match, expected: Value) -> bool:
    """Whether a page says a price where the rule says that there is none, in words that name what the rule is about.

    A limit is a condition ('over $50'), and no price.
    """
    claim = match.claim
    priced = kinds.is_price_of_free(claim.value, expected) and claim.bound is Bound.EXACTLY
    return priced and match.score > NAMED


def _probability(match: Match, term: Term, expected: Value, day: _Day) -> float:
    """How probably a claim that leaves the term is about it, by words alone: 0.0 where they do not name it at all."""
    fit = next((one.score for one in match.candidates if one.term is term), None)
    if fit is None:
        return 0.0
    return _odds(score(doubts(replace(match, score=fit), term, expected, day.crowd, day.others, day.as_of)))


def _is_other_range(published: Value, expected: Value, bound: Bound) -> bool:
    """Whether a range is another promise than the expected value.

    Any other range is, where a range is expected: also one within it promises less. Where one value is, a range is
    that goes past the limit at its end: '30 to 60 days' where 60 are the least.
    """
    if not published.is_range or published.alternatives or expected.alternatives:
        return False
    if expected.is_range:
        return True
    return (bound.floor and published.low < expected.low) or (bound.ceiling and published.high > expected.high)


def _inside(match: Match, term: Term, expected: Value) -> Verdict | None:
    """A value within the expected range, or a range around the expected value.

    The end that the words beside it name agrees ('up to 7 days' of 5 to 7), and so does the range that ends where
    the rule does ('5 to 7 days' where 7 are the most); anything else is not decided.
    """
    claim = match.claim
    upper, lower = claim.value.high == expected.high, claim.value.low == expected.low
    bound = term.bound if claim.value.is_range else claim.bound
    if (upper and bound.ceiling) or (lower and bound.floor):
        return _agreeing(match, expected)
    if _confidence(match) < AGREES:
        return None
    shown = kinds.show(expected)
    more = claim.value.is_range or claim.value.alternatives
    says, rule = wording.plain(kinds.show(claim.value)), wording.plain(shown)
    part = f"it says {says}, and the rule {rule} is only a part of that" if more else f"it is only a part of {rule}"
    return Verdict(match, Outcome.UNCLEAR, expected, None, None, 0.5, f"{_because(match)}; {part}", f"'{shown}'")


def _unclear_days(match: Match, expected: Value) -> Verdict | None:
    """Hours of days off, of which the rule does not speak."""
    if _confidence(match) < AGREES:
        return None
    because = f"{_because(match)}; it speaks of days off, and the rule of no day"
    return Verdict(match, Outcome.UNCLEAR, expected, None, None, 0.5, because, "a rule for these days, or 'every day'")


def _exceptions(page: Page, registry: Registry, as_of: date) -> dict[str, list[PolicyException]]:
    """Full term name -> the exceptions in force on a page."""
    found: dict[str, list[PolicyException]] = {}
    for policy in registry.policies:
        for exception in policy.exceptions:
            if exception.until >= as_of and page.lies_under(exception.article):
                found.setdefault(f"{exception.policy}/{exception.term}", []).append(exception)
    return found


def _because(match: Match) -> str:
    return "; ".join(evidence.words for evidence in match.evidence[:4])


def _log_odds(probability: float) -> float:
    likely = max(0.001, min(0.999, probability))
    return math.log(likely / (1 - likely))


def _odds(log_odds: float) -> float:
    """A probability, rounded so that reports do not carry noise."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), 3)
