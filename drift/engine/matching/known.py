"""Sentences that people have answered for, known again on their article: a change of value never hides one.

Pure: answers and claims in, answers by claim out.
"""

from __future__ import annotations

from collections.abc import Sequence

from drift.engine.matching.aligning import aligned
from drift.engine.matching.pairing import gathered, pairs
from drift.engine.matching.recognised import NOTHING, Recognised
from drift.engine.matching.writing import Writing
from drift.model import Answer, Article, Claim, Language, Page


class Known:
    """The answers of a registry, ready for articles in one language."""

    def __init__(self, answers: Sequence[Answer], language: Language, dollars: str) -> None:
        self._answers = answers
        self._language = language
        self._dollars = dollars
        self._writing = Writing(language, dollars)  # of the answers alone: a watch reads pages for months

    def recognise(self, article: Article, claims: Sequence[Claim]) -> Recognised:
        """The answers that hold here. Each is used once, and each sentence of the article takes one."""
        answers = answers_for(article.page, self._answers)
        if not answers:
            return NOTHING
        answered = gathered(self._writing, ((answer.sentence, answer.nth, answer) for answer in answers))
        writing = Writing(self._language, self._dollars)
        there = gathered(writing, ((one.sentence, one.nth, at) for at, one in enumerate(writing.places(claims))))
        held: dict[int, Answer] = {}
        limited: set[int] = set()
        counted: set[int] = set()
        for known, sentence in pairs(answered, there):
            for ordinal, at in aligned(known, sentence):
                held[at] = known.held[ordinal]
                if ordinal <= len(known.spans):
                    before = known.spans[ordinal - 1]
                    if before.bound is not claims[at].bound:
                        limited.add(at)
                    if before.value is not None and before.value.per != claims[at].value.per:
                        counted.add(at)
        used = {id(answer) for answer in held.values()}
        gone = tuple(answer for answer in answers if id(answer) not in used)
        return Recognised(held, gone, frozenset(limited), frozenset(counted))


def answers_for(page: Page, answers: Sequence[Answer]) -> list[Answer]:
    """The answers that name a page. One that names it itself goes before one that names it by a glob."""
    found: dict[tuple[str, int], Answer] = {}
    for answer in answers:
        names = answer.article in (page.public, page.address)
        if page.goes_by(answer.article):
            key = (answer.sentence, answer.nth)
            if names or key not in found:
                found[key] = answer
    return list(found.values())
