"""Edits to a registry that may teach a claim, the smallest and most telling first. Nothing is tried here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from typing import Any

from drift.model import Claim, Language, Match, Page, Policy, Registry, Term
from drift.model.edits import Edit, EditAction

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TOPIC_SIZES = (2, 3, 4, 1)  # words of a phrase: two say more than one and come again more often than four
_EXCLUDING_SIZES = (2, 1)  # a phrase of two keeps less away that is good and stands elsewhere
_FROM_SENTENCE = 16  # phrases tried of the claim's own sentence,
_FROM_AROUND = 4  # and of each text around it
_NEEDED = 8  # words of the term tried as `must`


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit, and the registry as it would be."""

    edit: Edit
    registry: Registry

    @property
    def opens(self) -> bool:
        """Whether it undoes a filter of the owner's, and gives the term no words."""
        return self.edit.action is EditAction.TAKE_OUT or self.edit.key == "applies_to"


@dataclass(frozen=True, slots=True)
class Case:
    """A claim of a page and the term it shall, or shall not, be a statement of."""

    page: Page
    match: Match
    beside: Sequence[Claim]  # all claims of its passage, itself included
    term: Term
    registry: Registry
    language: Language

    @property
    def claim(self) -> Claim:
        return self.match.claim

    def with_term(self, term: Term, action: EditAction, key: str, text: str, **changed: Any) -> Proposal:
        """The registry with a changed term."""
        policies = tuple(
            replace(
                policy,
                terms=tuple(
                    replace(one, **changed) if one.full_name == term.full_name else one for one in policy.terms
                ),
            )
            for policy in self.registry.policies
        )
        edit = Edit(action, key, text, term.full_name, term.place)
        return Proposal(edit, replace(self.registry, policies=policies))


def stating(case: Case) -> Iterator[Proposal]:
    """Edits by which the claim may become a statement of the term."""
    candidates = {candidate.term.full_name for candidate in case.match.candidates}
    if case.term.full_name not in candidates:  # a filter may hold it back, and no further words would help
        yield from _opened(case)
    term = case.term
    for phrase in _phrases(case, _TOPIC_SIZES):
        yield case.with_term(term, EditAction.ADD, "topics", phrase, topics=(*term.topics, phrase))
    rival = case.match.term
    if rival is not None and rival.full_name != term.full_name:
        yield from _excluded(case, rival)
    yield from _published(case)
    states = replace(term.examples, states=(*term.examples.states, case.claim.quote))
    yield case.with_term(term, EditAction.ADD, "examples.states", case.claim.quote, examples=states)
    yield from _defaulted(case)


def silencing(case: Case) -> Iterator[Proposal]:
    """Edits by which the claim may be no statement of the term any more."""
    term = case.term
    yield from _excluded(case, term)
    here = {word.lower() for text in (case.claim.quote, *_around(case.claim)) for word in _WORD.findall(text)}
    said = chain.from_iterable(_WORD.findall(text.lower()) for text in (*term.topics, term.says))
    lacking = [word for word in dict.fromkeys(said) if word not in here and word not in case.language.stop_words]
    for word in lacking[:_NEEDED]:
        yield case.with_term(term, EditAction.ADD, "must", word, must=(*term.must, word))
    silent = replace(term.examples, silent=(*term.examples.silent, case.claim.quote))
    yield case.with_term(term, EditAction.ADD, "examples.silent", case.claim.quote, examples=silent)


def _opened(case: Case) -> Iterator[Proposal]:
    """The owner's own filters taken away, each alone."""
    term = case.term
    policy = _policy(case)
    if policy.applies_to and not any(case.page.lies_under(glob) for glob in policy.applies_to):
        wider = replace(policy, applies_to=(*policy.applies_to, case.page.public))
        policies = tuple(wider if one is policy else one for one in case.registry.policies)
        edit = Edit(EditAction.ADD, "applies_to", case.page.public, policy.name, policy.place)
        yield Proposal(edit, replace(case.registry, policies=policies))
    for phrase in term.not_topics:
        rest = tuple(one for one in term.not_topics if one != phrase)
        yield case.with_term(term, EditAction.TAKE_OUT, "not_topics", phrase, not_topics=rest)
    for phrase in term.must:
        rest = tuple(one for one in term.must if one != phrase)
        yield case.with_term(term, EditAction.TAKE_OUT, "must", phrase, must=rest)


def _excluded(case: Case, term: Term) -> Iterator[Proposal]:
    """Phrases of the claim in words that the term does not use, as `not_topics` of it."""
    used = {word for text in (term.says, *term.topics, *term.examples.states) for word in _WORD.findall(text.lower())}
    for phrase in _phrases(case, _EXCLUDING_SIZES):
        if not used.issuperset(phrase.split()):
            yield case.with_term(term, EditAction.ADD, "not_topics", phrase, not_topics=(*term.not_topics, phrase))


def _published(case: Case) -> Iterator[Proposal]:
    """The place of the claim: its section where that has a name, else the page."""
    address, anchor = case.page.public, case.claim.passage.anchor
    if any(character.isspace() for character in f"{address}{anchor}"):
        return
    for where in ([f"{address}#{anchor}"] if anchor else []) + [address]:
        listed = (*case.term.published_at, where)
        yield case.with_term(case.term, EditAction.ADD, "published_at", where, published_at=listed)


def _defaulted(case: Case) -> Iterator[Proposal]:
    """The scope of the term as the one that is meant where none is named."""
    scope = dict(case.term.scope)
    for dimension in case.registry.dimensions:
        value = scope.get(dimension.name)
        if value is not None and dimension.default != value:
            set_ = replace(dimension, default=value)
            dimensions = tuple(set_ if one is dimension else one for one in case.registry.dimensions)
            edit = Edit(EditAction.SET, f"scopes.{dimension.name}.default", value, "scopes.yaml")
            yield Proposal(edit, replace(case.registry, dimensions=dimensions))


def _policy(case: Case) -> Policy:
    return next(policy for policy in case.registry.policies if policy.name == case.term.policy)


def _phrases(case: Case, sizes: Sequence[int]) -> Iterator[str]:
    """Phrases by which the article names what the claim is about, those nearest to the value first."""
    claim = case.claim
    start, end = claim.sentence
    masked = claim.passage.text
    for one in case.beside:
        masked = masked[: one.start] + "|" * (one.end - one.start) + masked[one.end :]
    bounds = (words for phrases in case.language.bounds.values() for phrase in phrases for words in phrase.split())
    stops = case.language.stop_words.union(bounds)
    sentence = _ngrams(masked[start:end], sizes, stops, (claim.start + claim.end) // 2 - start)
    around = (islice(_ngrams(text, sizes, stops, 0), _FROM_AROUND) for text in _around(claim))
    yield from dict.fromkeys(chain(islice(sentence, _FROM_SENTENCE), *around))


def _ngrams(text: str, sizes: Sequence[int], stop_words: Collection[str], at: int) -> Iterator[str]:
    """Phrases of a text that neither begin nor end with a stop word, by size and then by distance from a place."""
    words = list(_WORD.finditer(text))
    stops = [word[0].lower() in stop_words for word in words]
    together = [text[a.end() : b.start()].isspace() for a, b in pairwise(words)]
    for size in sizes:
        found = [
            (abs((words[first].start() + words[first + size - 1].end()) // 2 - at), first)
            for first in range(len(words) - size + 1)
            if not stops[first] and not stops[first + size - 1] and all(together[first : first + size - 1])
        ]
        for _, first in sorted(found):
            yield text[words[first].start() : words[first + size - 1].end()].lower()


def _around(claim: Claim) -> Iterator[str]:
    """What a reader sees around the claim, nearest first."""
    passage = claim.passage
    texts = (passage.defines, *passage.row, *passage.column, passage.question, passage.lead_in, passage.caption)
    yield from (text for text in texts if text)
    yield from reversed(passage.headings)
