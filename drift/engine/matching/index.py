"""The registry prepared for matching: each term's words, and an index that proposes candidates.

The cost of a claim must not grow with the number of terms, so candidates come from an inverted index over
stems, rarest first, within a budget of postings; only the best of them are weighed in full.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from heapq import heapify, heappop
from typing import NamedTuple

from drift.engine import kinds, sentences
from drift.engine.matching import exemplified
from drift.engine.matching.exemplified import Example
from drift.engine.matching.opposites import Opposites, opposites
from drift.engine.matching.side import side
from drift.engine.matching.words import PREFIX, Stemming
from drift.model import Language, Registry, Term
from drift.model.values import Kind, Value

CANDIDATES = 6  # kept for weighing: the same figures on the labelled sets with 6, 8, 10 and 20
CUT = 0.5  # of the best candidate's coverage, below which none is weighed: at .25, .35 and .5 within one of 160 changes
ASKED = 300  # terms asked whether they are allowed: more than one rule has scopes, and too few to cost much
POSTINGS = 1500  # looked at for one claim, rarest words first: bounds the cost at 5,000 terms; not measured for quality


class TermWords(NamedTuple):
    """What a term says, in stems, with its values masked."""

    says: tuple[str, ...]
    topics: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, ...], ...]  # topics, and the examples that state the term
    examples: tuple[Example, ...]  # sentences that state it
    silent: tuple[str, ...]  # masked sentences that do not
    sides: frozenset[str]  # on which side of an event its value is counted: 'before', 'after'
    surface: Mapping[str, str]  # every stem -> the word as the owner wrote it

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The stems whose coverage is measured, each once: `says`, all topics, everything, and each phrase."""
        topics = tuple(dict.fromkeys(stem for topic in self.topics for stem in topic))
        return (self.says, topics, tuple(self.surface), *self.phrases)


class Prepared(NamedTuple):
    """A term ready to be matched."""

    term: Term
    value: Value  # today's, else the first
    words: TermWords
    idf: Mapping[str, float]  # every stem of the term
    parts: tuple[tuple[str, str, float, tuple[int, ...]], ...]  # stem, its beginning ('' of a short one), idf, groups
    totals: tuple[float, ...]  # idf of each group in all
    prefixes: frozenset[str]  # beginnings of its stems
    lines: tuple[str, ...]  # its topics of several words, as `Said.line` has them
    opposites: Opposites
    must: tuple[tuple[str, ...], ...]
    not_topics: tuple[tuple[str, ...], ...]
    scope: Mapping[str, str]


class Index:
    """The terms of a registry by their stems. `idf` holds every stem that any term uses."""

    def __init__(self, registry: Registry, language: Language, words: Stemming, as_of: date) -> None:
        terms = sorted(registry.terms, key=lambda term: term.full_name)  # so that ties do not hang on a file's order
        raw = [_words_of(term, language, words, registry.dollars) for term in terms]
        spread = Counter(stem for one in raw for stem in one.surface)
        self.idf = {stem: math.log(1 + len(raw) / count) + 0.5 for stem, count in spread.items()}
        self.terms = tuple(
            self._prepared(term, one, words, language, as_of) for term, one in zip(terms, raw, strict=True)
        )
        present = sorted({prepared.value.kind for prepared in self.terms})
        meeting = {kind: [other for other in kinds.names() if kinds.may_meet(other, kind)] for kind in present}
        self._totals = [sum(prepared.idf.values()) or 1.0 for prepared in self.terms]
        self._postings: dict[Kind, dict[str, list[int]]] = {kind: defaultdict(list) for kind in kinds.names()}
        for order, prepared in enumerate(self.terms):
            for kind in meeting[prepared.value.kind]:
                for stem in prepared.idf:
                    self._postings[kind][stem].append(order)

    def candidates(
        self, value: Value, weight: Mapping[str, float], allowed: Callable[[Prepared], bool]
    ) -> list[Prepared]:
        """At most CANDIDATES terms comparable with a value, by how much of their words the weighted stems cover.

        Those that are not `allowed` take no place of another: of twenty plans with the same words nineteen may go.
        """
        scores: dict[int, float] = {}
        left = POSTINGS
        telling = self._postings[value.kind]
        wanted = sorted(((self.idf[stem], stem) for stem in weight.keys() & telling.keys()), reverse=True)
        for idf, stem in wanted:
            gain = idf * weight[stem]
            for order in telling[stem]:
                scores[order] = scores.get(order, 0.0) + gain
            left -= len(telling[stem])
            if left <= 0:
                break
        totals = self._totals
        ranked = [(-score / totals[order], order) for order, score in scores.items()]
        heapify(ranked)  # hundreds may share a word, and few are asked for
        found: list[Prepared] = []
        best = 0.0  # negative like `covered`, so that the best comes first
        asked = 0
        while ranked and len(found) < CANDIDATES and asked < ASKED:
            covered, order = heappop(ranked)
            if found and covered > best * CUT:
                break
            if kinds.comparable(value, self.terms[order].value):
                asked += 1
                if allowed(self.terms[order]):
                    best = covered if not found else best
                    found.append(self.terms[order])
        return found

    def _prepared(self, term: Term, said: TermWords, words: Stemming, language: Language, as_of: date) -> Prepared:
        groups = said.groups
        member = {stem: tuple(at for at, group in enumerate(groups) if stem in group) for stem in said.surface}
        return Prepared(
            term=term,
            value=(term.on(as_of) or term.timeline[0]).value,
            words=said,
            idf={stem: self.idf[stem] for stem in said.surface},
            parts=tuple(
                (stem, stem[:PREFIX] if len(stem) >= PREFIX else "", self.idf[stem], among)
                for stem, among in member.items()
            ),
            totals=tuple(sum(self.idf[stem] for stem in group) for group in groups),
            prefixes=frozenset(stem[:PREFIX] for stem in said.surface),
            lines=tuple(f" {' '.join(topic)} " for topic in said.topics if len(topic) > 1),
            opposites=opposites((words.all_of(topic) for topic in term.topics), language),
            must=tuple(tuple(words.all_of(text)) for text in term.must),
            not_topics=tuple(tuple(words.all_of(text)) for text in term.not_topics),
            scope=dict(term.scope),
        )


def _words_of(term: Term, language: Language, words: Stemming, dollars: str) -> TermWords:
    says = _masked(term.says, language, words, dollars)
    topics = [_masked(topic, language, words, dollars) for topic in term.topics]
    examples = [_masked(example, language, words, dollars) for example in term.examples.states]
    surface = {stem: word for pairs in (*examples, *topics, says) for stem, word in pairs}
    return TermWords(
        says=tuple(dict(says)),
        topics=tuple(tuple(dict(topic)) for topic in topics if topic),
        phrases=tuple(tuple(dict(phrase)) for phrase in (*topics, *examples) if phrase),
        examples=exemplified.examples(term, language, words, dollars),
        silent=tuple(
            sentences.mask(text, kinds.find(text, language, dollars=dollars)) for text in term.examples.silent
        ),
        sides=_sides((term.says, *term.examples.states), language, dollars),
        surface=surface,
    )


def _sides(texts: tuple[str, ...], language: Language, dollars: str) -> frozenset[str]:
    sides = (side(text, found.end, language) for text in texts for found in kinds.find(text, language, dollars=dollars))
    return frozenset(one for one in sides if one is not None)


def _masked(text: str, language: Language, words: Stemming, dollars: str) -> list[tuple[str, str]]:
    """(stem, word) pairs of a text without its values. 'No activation fee' keeps its words: they name the rule."""
    found = [one for one in kinds.find(text, language, dollars=dollars) if not kinds.of(one.value).worded]
    return words.pairs(blank(text, [(value.start, value.end) for value in found]))


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these spans (ascending, apart) overwritten by spaces: offsets stay."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])
