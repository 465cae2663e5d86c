"""Review once: which sentences a person should say something about, and in which order."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from drift.engine import kinds, sentences
from drift.engine.matching.writing import Writing
from drift.model import (
    CheckReport,
    Claim,
    Examined,
    Grounds,
    Language,
    Match,
    Outcome,
    Registry,
    Severity,
    Term,
    Verdict,
    Written,
)
from drift.model.review import Question, ReviewReport, Spot
from drift.model.values import Comparison, Value

PLAIN = 0.95
"""The probability from which an agreement is plain, and is asked only with all others of its term, by one key.

Measured on today's articles of the labelled sets: of the agreements from .95 on 874 of 904 are right, of those from .9
to .95 179 of 207. Nor is one plain with a rival of the very value: of those 42 of 49 are right. What has neither a
verdict nor the value of a term is not asked: 18 of 945 such sentences state one.
"""
COINCIDENCES = 5
"""How many sentences are asked of a term that have its value and too few of its words, those that fit best before.

Measured there too, 88 of the 91 among 554 that state a term are among the first five of their term, and those are 279.
"""
_SEVERITIES = tuple(Severity)
_ID = 12  # hexadecimal digits: no two of a million questions share them by chance
_WORD = re.compile(rf"\w+|{sentences.MASK}")
_FIRST = (Outcome.SUSPECT, Outcome.DIVERGES)  # then what agrees doubtfully or is unclear, then what was not judged


def review(report: CheckReport, language: Callable[[str], Language], *, denied: bool = False) -> ReviewReport:
    """The questions that a check leaves open: suspects before all, and plain agreements last, all of a term as one.

    With `denied`, also about sentences of which an annotator said that they state no rule.

    Asked is what the article asserts on the day, what was not answered before, by an example in the policies either,
    and what at least one term could be meant by. What was answered before is given apart, so that it can be answered
    anew.
    """
    asked = [
        question
        for examined in report.examined
        if examined.language is not None
        for question in _questions(
            examined, report, Writing(language(examined.language), report.registry.dollars), denied=denied
        )
    ]
    shared = list(_likeliest(_shared(asked), denied=denied))
    severity = {policy.name: _SEVERITIES.index(policy.severity) for policy in report.registry.policies}
    questions = sorted(
        (one for one in shared if one.first.answer is None), key=lambda question: _urgency(question, severity)
    )
    return ReviewReport(
        report.registry,
        report.as_of,
        report.examined,
        (*(one for one in questions if not one.plain), *_groups(one for one in questions if one.plain)),
        tuple(one for one in shared if one.first.answer is not None),
    )


def _questions(examined: Examined, report: CheckReport, writing: Writing, *, denied: bool) -> Iterator[Question]:
    verdicts = {id(verdict.match.claim): verdict for verdict in examined.verdicts}
    places = writing.places([match.claim for match in examined.matches])
    examples = _Examples(report.registry, writing)
    repeats: Counter[str] = Counter()
    for match, place in zip(examined.matches, places, strict=True):
        repeats[place.masked] += 1
        verdict = verdicts.get(id(match.claim))
        equals = _equals(match.claim.value, report.registry, report.as_of)
        wanted = match.answer is not None or (denied and match.denied)
        if not wanted and not _open(match, verdict, equals, examples, report.as_of):
            continue
        terms, likely = _possible(match, verdict, equals, report.registry)
        yield Question(
            id=_id(examined.page.public, place.masked, str(repeats[place.masked])),
            spots=(_spot(examined, match, place),),
            proposed=terms[0] if likely else None,
            verdict=verdict,
            terms=terms,
            likely=likely,
            fit=next((one.score for one in match.candidates if one.term in terms[:1]), -math.inf),
            plain=verdict is not None and _plain(verdict, equals),
            annotation=match.annotation if match.affirmed or match.denied else None,
        )


def _spot(examined: Examined, match: Match, place: Written) -> Spot:
    return Spot(examined.page, examined.title, match.claim, place.sentence, place.nth, match.answer)


class _Examples:
    """The examples that the owners gave, in one language: what they say, a person need not say again."""

    def __init__(self, held: Registry, writing: Writing) -> None:
        self._writing = writing
        self._states: dict[str, list[Term]] = defaultdict(list)
        for term in held.terms:
            for text in term.examples.states:
                self._states[self._words(text)].append(term)

    def states(self, claim: Claim, term: Term | None) -> bool:
        """Whether a sentence is an example of what states the term; of any, where it is None."""
        terms = self._states.get(self._words(claim.quote), ())
        return term in terms if term is not None else bool(terms)

    def silent(self, claim: Claim, term: Term) -> bool:
        """Whether a sentence reads nearly as an example of what does not state the term."""
        masked = self._writing.masked(claim.quote)
        return any(
            sentences.likeness(masked, self._writing.masked(text)) >= sentences.KNOWN_AGAIN
            for text in term.examples.silent
        )

    def _words(self, text: str) -> str:
        return " ".join(_WORD.findall(self._writing.masked(text).casefold()))


def _open(match: Match, verdict: Verdict | None, equals: Sequence[Term], examples: _Examples, as_of: date) -> bool:
    """Whether an answer would tell something that is not known.

    An example tells what it states; a value that differs in it is asked all the same as long as it is only suspected.
    """
    claim = match.claim
    if match.reviewed or not claim.asserted_on(as_of):
        return False
    if verdict is None:
        told = examples.states(claim, None) or any(examples.silent(claim, term) for term in equals)
        return bool(equals) and not told
    if verdict.outcome is Outcome.SUSPECT:
        return True
    if verdict.outcome is Outcome.DIVERGES and verdict.grounds not in (Grounds.PLAIN, Grounds.ANNOTATED):
        return False
    return not examples.states(claim, verdict.match.term)


def _plain(verdict: Verdict, equals: Sequence[Term]) -> bool:
    """Whether a verdict is an agreement that needs no look at it: sure, and no rival has the very value too."""
    if verdict.outcome is not Outcome.AGREES or verdict.confidence < PLAIN:
        return False
    return not any(one.term in equals and one.term != verdict.match.term for one in verdict.match.candidates)


def _equals(value: Value, held: Registry, as_of: date) -> tuple[Term, ...]:
    """The terms that have this very value on the day, whatever a count is said to count."""
    found = []
    for term in held.terms:
        expected = (term.on(as_of) or term.timeline[0]).value
        if value.kind == expected.kind and kinds.of(value).named:
            same = (value.low, value.high) == (expected.low, expected.high)
        else:
            same = kinds.comparable(value, expected) and kinds.compare(value, expected) is Comparison.SAME
        if same:
            found.append(term)
    return tuple(found)


def _possible(
    match: Match, verdict: Verdict | None, equals: Sequence[Term], held: Registry
) -> tuple[tuple[Term, ...], int]:
    """The terms that could be meant, and how many of them something speaks for.

    The one that was judged stands first, then those the words speak for, those with the very value, and the others of
    its sort.
    """
    judged = verdict.match.term if verdict is not None else match.term
    likely = [*([judged] if judged else ()), *(candidate.term for candidate in match.candidates), *equals]
    found = {term.full_name: term for term in likely}
    count = len(found)
    for term in held.terms:
        if kinds.comparable(match.claim.value, term.timeline[0].value):
            found.setdefault(term.full_name, term)
    return tuple(found.values()), count


def _shared(asked: Iterable[Question]) -> list[Question]:
    """Sentences that read alike in all respects as one question: words, value, what stands around, and the verdict.

    Where the value is another one, it may be another rule: such twins are asked apart.
    """
    together: dict[tuple[object, ...], list[Question]] = defaultdict(list)
    for question in asked:
        spot, verdict = question.first, question.verdict
        claim, answer = spot.claim, spot.answer
        passage = claim.passage
        around = (passage.headings, passage.lead_in, passage.question, passage.row, passage.column, passage.caption)
        words = (" ".join(claim.quote.split()), passage.defines, claim.ordinal)
        judged = verdict.outcome if verdict else None
        said = (answer is not None, answer.term if answer else None)
        together[(words, around, judged, question.proposed and question.proposed.full_name, said)].append(question)
    return [replace(twins[0], spots=tuple(spot for one in twins for spot in one.spots)) for twins in together.values()]


def _likeliest(shared: Sequence[Question], *, denied: bool) -> Iterator[Question]:
    """The questions without those that most likely have the value of a term by chance: COINCIDENCES a term stay.

    Those that were answered to state nothing count as asked, so that answers do not bring up the next ones. What an
    annotator `denied` was suspected by its words, and is asked whole where that is wanted.
    """
    left: Counter[str] = Counter()
    spared = {one.id for one in shared if denied and one.annotation is not None and one.annotation.term is None}
    weak = [one for one in shared if one.verdict is None and one.proposed is not None and one.id not in spared]
    kept = set()
    for question in sorted(weak, key=lambda one: (one.first.answer is None, -one.fit)):
        name = question.proposed.full_name if question.proposed else ""
        left[name] += 1
        if left[name] <= COINCIDENCES or question.first.answer is not None:
            kept.add(question.id)
    kept |= spared
    yield from (one for one in shared if one.verdict is not None or one.id in kept)


def _groups(plain: Iterable[Question]) -> Iterator[Question]:
    """The plain agreements of each term as one question, which shows the least sure of them."""
    terms: dict[str, list[Question]] = defaultdict(list)
    for question in plain:
        terms[question.proposed.full_name if question.proposed else ""].append(question)
    for name, members in terms.items():
        shown = members[0]
        together = _id(name, *(one.id for one in members))
        yield shown if len(members) == 1 else replace(shown, id=together, members=tuple(members))


def _urgency(question: Question, severity: dict[str, int]) -> tuple[float, ...]:
    """Sorts what may do most harm first: suspects the most probable, alarms and agreements the least sure before."""
    verdict, probability = question.verdict, question.probability
    weight = -1
    if question.proposed is not None:
        hidden = question.first.claim.passage.hidden
        weight = -1 if hidden else severity[question.proposed.policy]
    if verdict is None or probability is None:
        return len(_FIRST) + 1, -question.fit, 0, -weight
    tier = _FIRST.index(verdict.outcome) if verdict.outcome in _FIRST else len(_FIRST)
    sure = round(abs(2 * probability - 1), 1) if tier else -round(probability, 1)
    return tier, sure, -int(verdict.harm is not None), -weight


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_ID]
