"""Phrases for the `topics` of a term: what stands by the sentences that are known to state it, and not by others.

Known to state a term are sentences that a person or an example says so of, those that an earlier version of the page
settled, and plain agreements. An annotator may propose further ones; whatever it says, it takes none away.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from drift.check.annotating import Annotating
from drift.check.phrases import PhraseFinder, SentenceContext, Stems, holds, ranked
from drift.check.review import PLAIN
from drift.engine import pipeline
from drift.engine.pipeline import Standard
from drift.model import CheckReport, Claim, Examined, Match, Outcome, Page, Registry, Term, Verdict
from drift.model.topics import Phrase, PhrasePlace, TopicsReport


class Side(IntEnum):
    """How a sentence stands to the term, the surest first: it is what the first of its values is."""

    STATES = 0
    ANNOTATED = 1  # an annotator says that it states the term
    OPEN = 2  # it may state the term, and nobody has said so
    ASIDE = 3  # it is about the term, and does not assert its value today
    OTHER = 4


class _Found(NamedTuple):
    side: Side
    page: Page
    claim: Claim
    around: tuple[tuple[str, str], ...]  # (where, text): the sentence, and what a reader sees around it
    sentence: SentenceContext


def topics(report: CheckReport, term: Term, standard: Standard, annotating: Annotating | None = None) -> TopicsReport:
    """The phrases by which some articles name a term, besides those that it has already.

    `annotating` asks an annotator about sentences that words alone leave open between the term and others.
    """
    affirmed = _affirmed(report, term, standard, annotating) if annotating else frozenset()
    readers: dict[str, PhraseFinder] = {}
    found: dict[tuple[str, ...], _Found] = {}  # a sentence that pages share counts once, as the surest of them
    for examined in report.examined:
        if examined.language is None:
            continue
        language = standard.language(examined.language)
        reader = readers.setdefault(examined.language, PhraseFinder(language, report.registry.dollars))
        for one in _sentences(examined, term, affirmed, reader):
            key = one.sentence.known_by
            if key not in found or one.side < found[key].side:
                found[key] = one
    own = [one for one in found.values() if one.side <= Side.ANNOTATED]
    others = [one.sentence for one in found.values() if one.side is Side.OTHER]
    known = _SpokenFor(term, report.registry, tuple(readers.values()))
    phrases = ranked([one.sentence for one in own], others, known.has)
    sides = [one.side for one in found.values()]
    return TopicsReport(
        checked_at=report.checked_at,
        as_of=report.as_of,
        term=term,
        examined=report.examined,
        unread_files=len(report.left_out),
        stating=len(own),
        annotated=sides.count(Side.ANNOTATED),
        open=sides.count(Side.OPEN),
        others=len(others),
        phrases=tuple(
            Phrase(one.words, one.own, one.others, one.weight, _standing(own[one.at[0]], *one.at[1])) for one in phrases
        ),
        annotator=annotating.name if annotating else None,
        note=annotating.asked.note() if annotating else "",
    )


class _SpokenFor:
    """The phrases that speak for a term already, or are kept from doing so: of its topics, `says`, name and scope."""

    def __init__(self, term: Term, registry: Registry, readers: tuple[PhraseFinder, ...]) -> None:
        texts = (*term.topics, *term.not_topics, term.says, term.name.replace("-", " "))
        spellings = [text for dimension in registry.dimensions for each in dimension.values.values() for text in each]
        topics = [reader.stems(text) for reader in readers for text in term.topics]
        self._texts = [reader.stems(text) for reader in readers for text in texts]
        self._parts = [stems for stems in topics if len(stems) > 1]
        self._parts += [reader.stems(text) for reader in readers for text in term.not_topics]
        self._scopes = {reader.stems(text) for reader in readers for text in spellings}

    def has(self, phrase: Stems) -> bool:
        """Whether a phrase stands in such a text, names a scope, or holds a topic of several words or a not-topic."""
        if phrase in self._scopes or any(holds(text, phrase) for text in self._texts):
            return True
        return any(holds(phrase, part) for part in self._parts)


def _affirmed(report: CheckReport, term: Term, standard: Standard, annotating: Annotating) -> frozenset[int]:
    """The claims, by their id, of which an annotator says that they state the term. Only what offers it is asked."""
    asked = [
        (examined.matches[at].claim, question)
        for examined in report.examined
        for at, question in pipeline.asked(examined, standard).items()
        if any(rule.name == term.full_name for rule in question.rules)
    ]
    answers = annotating.about([question for _, question in asked])
    return frozenset(
        id(claim)
        for claim, question in asked
        if (answer := answers.get(question.key)) is not None and answer.sure and answer.term == term.full_name
    )


def _sentences(examined: Examined, term: Term, affirmed: frozenset[int], reader: PhraseFinder) -> Iterator[_Found]:
    """The sentences of an article that hold a value, each once."""
    verdicts = {id(verdict.match.claim): verdict for verdict in examined.verdicts}
    sides: dict[tuple[int, int, int], tuple[Side, Claim]] = {}
    for match in examined.matches:
        claim = match.claim
        side = _side(match, verdicts.get(id(claim)), term)
        if side > Side.ANNOTATED and id(claim) in affirmed:
            side = Side.ANNOTATED
        place = (id(claim.passage), *claim.sentence)
        if place not in sides or side < sides[place][0]:
            sides[place] = side, claim
    for side, claim in sides.values():
        around = tuple(_texts(claim, examined.title))
        yield _Found(side, examined.page, claim, around, SentenceContext(tuple(text for _, text in around), reader))


def _side(match: Match, verdict: Verdict | None, term: Term) -> Side:
    if match.term is None or match.term.full_name != term.full_name:
        return Side.OTHER
    if match.reviewed:
        return Side.STATES
    if verdict is None:
        return Side.ASIDE
    sure = verdict.outcome is Outcome.AGREES or match.followed
    return Side.STATES if sure and verdict.confidence >= PLAIN else Side.OPEN


def _texts(claim: Claim, title: str | None) -> Iterator[tuple[str, str]]:
    """(where, text): the sentence first, then what a reader sees around it, nearest first."""
    passage = claim.passage
    yield "sentence", claim.quote
    yield from (("row", text) for text in passage.row)
    yield from (("column", text) for text in passage.column)
    for where, text in (
        ("definition", passage.defines),
        ("lead-in", passage.lead_in),
        ("question", passage.question),
        ("caption", passage.caption),
    ):
        if text:
            yield where, text
    yield from (("heading", text) for text in reversed(passage.headings))
    if title:
        yield "title", title


def _standing(found: _Found, text: int, start: int, end: int) -> PhrasePlace:
    where, words = found.around[text]
    return PhrasePlace(found.page, found.claim.passage.line_at(found.claim.start), where, words, start, end)
