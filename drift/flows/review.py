"""Review once: which sentences a person should say something about, and where the answers are kept."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drift import kinds, registry
from drift.errors import InputError
from drift.matching.writing import Writing
from drift.model import (
    Answer,
    CheckReport,
    Examined,
    Language,
    Match,
    Question,
    Registry,
    ReviewReport,
    Severity,
    Term,
    Verdict,
)
from drift.registry.load import REVIEWED
from drift.values import Comparison, Kind, Value

ASKED = -4.0
"""The match score from which a sentence is asked about.

Measured on half a of the labelled sets: with it, and the sentences that hold the very value of a term, all but 3 of 361
statements are asked about, with 6.8 questions a term on sites and 1.3 on single documents. At -2.5 and without those,
26 are not; at -5.5 with them 1 is not, for one question a term more.
"""
Key = tuple[str, str, int]  # article, sentence, nth
_SEVERITIES = tuple(Severity)
_ID = 12  # hexadecimal digits: no two of a million questions share them by chance


def review(report: CheckReport, language: Callable[[str], Language]) -> ReviewReport:
    """The questions that a check leaves open, most doubtful first and of those most harmful first.

    Asked is what the article asserts on the day, what was not answered before, and what at least one term could be
    meant by. What was answered before is given apart, so that it can be answered anew.
    """
    asked = [
        question
        for examined in report.examined
        if examined.language is not None
        for question in _questions(examined, report, Writing(language(examined.language), report.registry.dollars))
    ]
    questions = [question for question in asked if question.answer is None]
    answered = tuple(question for question in asked if question.answer is not None)
    severity = {policy.name: _SEVERITIES.index(policy.severity) for policy in report.registry.policies}

    def urgency(question: Question) -> tuple[float, int, int]:
        harmful = question.verdict is not None and question.verdict.harm is not None
        weight = severity[question.proposed.policy] if question.proposed else -1
        return -round(question.doubt, 1), -int(harmful), -weight

    return ReviewReport(report.registry, report.examined, tuple(sorted(questions, key=urgency)), answered)


def _questions(examined: Examined, report: CheckReport, writing: Writing) -> Iterator[Question]:
    verdicts = {id(verdict.match.claim): verdict for verdict in examined.verdicts}
    places = writing.places([match.claim for match in examined.matches])
    repeats: Counter[str] = Counter()
    for match, place in zip(examined.matches, places, strict=True):
        repeats[place.masked] += 1
        equals = _equals(match.claim.value, report.registry, report.as_of)
        if not match.reviewed and not _open(match, equals, report.as_of):
            continue
        verdict = verdicts.get(id(match.claim))
        terms = _possible(match, equals, report.registry)
        yield Question(
            id=_id(examined.page.public, place.masked, repeats[place.masked]),
            page=examined.page,
            claim=match.claim,
            sentence=place.sentence,
            nth=place.nth,
            proposed=match.term or (terms[0] if terms else None),
            verdict=verdict,
            doubt=_doubt(match, verdict),
            terms=terms,
            answer=match.answer,
        )


def _open(match: Match, equals: tuple[Term, ...], as_of: date) -> bool:
    """Whether an answer could make the claim a term's statement."""
    if not match.claim.asserted_on(as_of):
        return False
    if match.term is not None or equals:
        return True
    best = match.candidates[0] if match.candidates else None
    return best is not None and best.score >= ASKED and best.term.kind is match.claim.value.kind


def _equals(value: Value, held: Registry, as_of: date) -> tuple[Term, ...]:
    """The terms that have this very value on the day, whatever a count is said to count."""
    found = []
    for term in held.terms:
        expected = (term.on(as_of) or term.timeline[0]).value
        if value.kind is expected.kind is Kind.COUNT:
            same = (value.low, value.high) == (expected.low, expected.high)
        else:
            same = kinds.comparable(value, expected) and kinds.compare(value, expected) is Comparison.SAME
        if same:
            found.append(term)
    return tuple(found)


def _doubt(match: Match, verdict: Verdict | None) -> float:
    if verdict is not None:
        sure = verdict.confidence
    else:
        sure = 1 / (1 + math.exp(-match.candidates[0].score)) if match.candidates else 0.0
    return 1 - abs(2 * sure - 1)


def _possible(match: Match, equals: tuple[Term, ...], held: Registry) -> tuple[Term, ...]:
    """The terms that could be meant: those the words speak for, those with the very value, the others of its sort."""
    likely = [candidate.term for candidate in match.candidates]
    others = [term for term in held.terms if kinds.comparable(match.claim.value, term.timeline[0].value)]
    return tuple({term.full_name: term for term in (*likely, *equals, *others)}.values())


def _id(article: str, masked: str, repeat: int) -> str:
    return hashlib.sha256("\0".join((article, masked, str(repeat))).encode("utf-8", "surrogatepass")).hexdigest()[:_ID]


@dataclass(slots=True)
class Ledger:
    """The answers of a registry and the file that keeps them; each new one is written at once, and all else stays."""

    path: Path
    by: str | None
    on: date
    _before: Mapping[Key, Answer]

    @classmethod
    def of(cls, report: ReviewReport, policies: Path, by: str | None, on: date) -> Ledger:
        return cls(policies / REVIEWED, by, on, {_key(answer): answer for answer in report.registry.answers})

    def record(self, given: Iterable[tuple[Question, Term | None]]) -> int:
        """Keep answers: the term a sentence states, or None for none. How many took the place of an earlier one.

        Raises InputError where they cannot be kept, or where the file has become wrong since it was read.
        """
        answers = [self._answer(question, term) for question, term in given]
        changed = {_key(answer): answer for answer in answers}
        self._change(changed)
        return sum(key in self._before for key in changed)

    def forget(self, question: Question) -> None:
        """Take an answer back, to what was kept before it. Raises InputError as `record` does."""
        key = _key(self._answer(question, None))
        self._change({key: self._before.get(key)})

    def _answer(self, question: Question, term: Term | None) -> Answer:
        """A sentence that has an answer of its own keeps the words in which it was given."""
        article, sentence, nth = question.page.public, question.sentence, question.nth
        if question.answer is not None and question.answer.article in (question.page.public, question.page.address):
            article, sentence, nth = _key(question.answer)
        return Answer(article, sentence, term.full_name if term else None, nth, self.by, self.on)

    def _change(self, changed: Mapping[Key, Answer | None]) -> None:
        try:
            registry.change_reviewed(self.path, changed)
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written: {error.strerror}") from error


def _key(answer: Answer) -> Key:
    return answer.article, answer.sentence, answer.nth
