"""Which term a claim is about: decided by the words around the value, never by the value itself.

Hard filters first (kind, counted noun, `must`, `not_topics`, `applies_to`, a sibling scope named nearby or the default
where none is), then the score. Equality only breaks a tie between terms whose scores lie close together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from drift.engine import kinds, sentences
from drift.engine.matching.article_context import Setting
from drift.engine.matching.exemplified import told
from drift.engine.matching.followed import follow
from drift.engine.matching.hours import apart, edge, edge_of_term
from drift.engine.matching.index import Index, Prepared
from drift.engine.matching.known import Known
from drift.engine.matching.recognised import NOTHING, Recognised
from drift.engine.matching.scope import Scopes
from drift.engine.matching.unread import NearTerms
from drift.engine.matching.weigh import Fit, Scale, evidence
from drift.engine.matching.weights import FLOOR, TIE, score
from drift.engine.matching.words import words_of
from drift.engine.matching.writing import Writing
from drift.engine.matching.zones import Ground, Listener, ground
from drift.model import Article, Candidate, Claim, Evidence, Followed, Language, Match, Registry, Term, Unread, Written
from drift.model.values import Comparison

SHORT = 20  # passages below which an article is too short to tell common words from its subject
SURE = 6.0  # the score of a reviewed match, above any that words reach: rival claims of the article are held against it
SHOWN = 3  # candidates kept for people to look at


class Weighed(NamedTuple):
    """A fit with its score in log-odds."""

    fit: Fit
    score: float


class Matcher:
    """A registry prepared for articles in one language, judged on one day."""

    def __init__(self, registry: Registry, language: Language, as_of: date) -> None:
        self.registry = registry
        self.language = language
        self._as_of = as_of
        self._words = words_of(language)
        self._index = Index(registry, language, self._words, as_of)
        self._scopes = Scopes(registry, self._words, language)
        self._terms = {term.full_name: term for term in registry.terms}
        self._known = Known(registry.answers, language, registry.dollars) if registry.answers else None
        self._near: NearTerms | None = None

    def on(self, as_of: date) -> Matcher:
        """The same on another day on which the same values are in force: nothing is prepared anew."""
        other = copy(self)
        other._as_of = as_of
        return other

    def apart(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """The claims as the registry keeps such values: spans of hours as two times where it has a pair of terms."""
        return apart(claims, self.registry, self.language)

    def recognise(self, article: Article, claims: Sequence[Claim]) -> Recognised:
        """The reviewed sentences of an article."""
        return self._known.recognise(article, claims) if self._known else NOTHING

    def follow(
        self, known: Recognised, followed: Sequence[Followed], claims: Sequence[Claim]
    ) -> tuple[Recognised, tuple[Written, ...]]:
        """What is known of an article, with the claims that make statements of an earlier version of it again.

        And where each claim stands, for the next version to be followed by.
        """
        writing = Writing(self.language, self.registry.dollars)
        written = tuple(writing.places(claims))
        return (follow(known, followed, written, writing) if followed else known), written

    def match(
        self, article: Article, claims: Sequence[Claim], known: Recognised | None = None, *, explain: bool = False
    ) -> tuple[Match, ...]:
        """One Match a claim, in their order; `term` is None if no term fits well enough.

        What people answered goes first: `known` is what `recognise` gives, which is asked for where it is None. The
        evidence for the terms that were not chosen is put into words only for `explain`.
        """
        setting = self.setting(article, claims)
        weighed = [self.weigh(claim, setting) for claim in claims]
        known = self.recognise(article, claims) if known is None else known
        claims, answered = self._answered(known, claims)
        followed = {
            at: fit
            for at, one in known.followed.items()
            if at not in answered and (fit := _held(claims[at], weighed[at], one, at in known.reworded)) is not None
        }
        examples = {
            at: found
            for at, claim in enumerate(claims)
            if at not in answered and (found := self._exemplified(claim, weighed[at], setting)) is not None
        }
        sure = {**followed, **{at: fit for at, (fit, _) in examples.items()}}
        placed = {**answered, **{at: fit.fit.prepared.term for at, fit in sure.items()}}
        pinned = _pinned(article, claims, weighed, self._as_of, placed)
        matches = []
        for at, (claim, ranked) in enumerate(zip(claims, weighed, strict=True)):
            if at in answered:
                words = "so of this sentence" if answered[at] else "that this sentence states no term"
                turned = at in known.limited_otherwise
                match = _reviewed(claim, ranked, answered[at], f"a review says {words}", turned, explain)
                match = replace(match, answer=known.answers[at])
            elif at in examples:
                fit, turned = examples[at]
                term = fit.fit.prepared.term
                match = _reviewed(claim, ranked, term, "the policy has this sentence as an example", turned, explain)
            elif at in followed:
                match = _followed(claim, ranked, followed[at], explain)
            else:
                match = _chosen(claim, ranked, pinned.get(at), explain)
            matches.append(replace(match, known=known.followed[at]) if at in known.followed else match)
        return tuple(matches)

    def _answered(
        self, known: Recognised, claims: Sequence[Claim]
    ) -> tuple[Sequence[Claim], Mapping[int, Term | None]]:
        """The claims as their answers read them, and by a claim's place the term its sentence was said to state.

        A value that cannot be the term's any more (a price where a time stood) is left to its words.
        """
        if not known.answers:
            return claims, {}
        read = list(claims)
        answered: dict[int, Term | None] = {}
        for at, answer in known.answers.items():
            term = self._terms.get(answer.term) if answer.term else None
            claim = known.read(at, claims[at], (term.on(self._as_of) or term.timeline[0]).value) if term else claims[at]
            if claim is not None:
                read[at], answered[at] = claim, term
        return read, answered

    def unread(self, article: Article, claims: Sequence[Claim]) -> tuple[Unread, ...]:
        """The numbers of an article that are not surely read and stand near the words of a term."""
        if self._near is None:
            self._near = NearTerms(self._index.terms, self._words)
        return self._near.unread(article, claims, self.language)

    def setting(self, article: Article, claims: Sequence[Claim]) -> Setting:
        """What `weigh` needs to know of an article."""
        reachable = frozenset(
            policy.name
            for policy in self.registry.policies
            if not policy.applies_to or any(article.page.lies_under(glob) for glob in policy.applies_to)
        )
        listener = Listener(self._words, self._scopes, self.language)
        scale = Scale(self._rarity(article), self._scopes.defaults)
        return Setting(article, claims, listener, scale, reachable)

    def weigh(self, claim: Claim, setting: Setting) -> list[Weighed]:
        """The candidates that pass the filters, best first."""
        around = ground(
            claim,
            setting.article,
            setting.listener,
            setting.mask(claim),
            told={**setting.headed(claim), **setting.excepted(claim, self.language)},
            shared=setting.shared(claim, self._scopes),
            crowd=setting.crowd(claim),
        )
        unnamed = setting.unnamed(claim)
        side = edge(claim, self.language)

        def allowed(prepared: Prepared) -> bool:
            term = prepared.term
            if term.policy not in setting.reachable or not _allowed(prepared, around):
                return False
            if not unnamed.isdisjoint(prepared.scope):
                return False
            if side and edge_of_term(term, self.language) not in (None, side):
                return False
            if self._is_left_out(prepared, around) and not _published_here(term, setting.article, claim):
                return False
            return not _silent(prepared, claim, setting)

        candidates = self._index.candidates(claim.value, around.weight, allowed)
        fits = [setting.scale.fit(claim, around, prepared, len(candidates)) for prepared in candidates]
        weighed = [Weighed(fit, score(fit.features)) for fit in fits]
        weighed.sort(key=lambda one: (-one.score, one.fit.prepared.term.full_name))
        return _of_its_period(claim, weighed)

    def _exemplified(self, claim: Claim, ranked: list[Weighed], setting: Setting) -> tuple[Weighed, bool] | None:
        """The candidate of which the claim's sentence is an example, and whether it limits the value in another way.

        None if it is an example of none, or of several.
        """
        if not any(one.fit.prepared.words.examples for one in ranked):
            return None
        beside = setting.in_sentence(claim)
        said = told(claim.passage.text, beside, claim.sentence, self._words)
        found = [
            (one, example.bound is not claim.bound)
            for one in ranked
            for example in one.fit.prepared.words.examples
            if example.is_said(claim, beside, said)
        ]
        terms = {one.fit.prepared.term.full_name for one, _ in found}
        return min(found, key=lambda one: one[1]) if len(terms) == 1 else None

    def _is_left_out(self, prepared: Prepared, around: Ground) -> bool:
        """Whether the text names no value of one of the term's dimensions, and the default there is another."""
        defaults = self._scopes.defaults
        return any(
            dimension not in around.scopes and defaults.get(dimension) not in (None, value)
            for dimension, value in prepared.scope.items()
        )

    def _rarity(self, article: Article) -> dict[str, float]:
        """How telling each registry word is in this article: one that stands in every passage tells nothing."""
        spread = self._words.spread(passage.text for passage in article.passages)
        size = max(len(article.passages), SHORT) + 1
        known = self._index.idf
        return {
            stem: 1 - math.log(min(count, size)) / math.log(size)
            for stem, count in spread.items()
            if count > 1 and stem in known
        }


def _of_its_period(claim: Claim, weighed: list[Weighed]) -> list[Weighed]:
    """The candidates without those of another period, where one has the claim's: a rate of the minute is no month's."""
    per = claim.value.per
    if not per or not any(one.fit.prepared.value.per == per and one.score >= FLOOR for one in weighed):
        return weighed
    return [one for one in weighed if one.fit.prepared.value.per in ((), per)]


def _silent(prepared: Prepared, claim: Claim, setting: Setting) -> bool:
    """Whether the owner gave this sentence as an example of what does not state the term."""
    if not prepared.words.silent:
        return False
    beside = setting.in_sentence(claim)
    masked = sentences.mask(claim.passage.text, beside, claim.sentence)
    return any(sentences.likeness(masked, example) >= sentences.KNOWN_AGAIN for example in prepared.words.silent)


def _allowed(prepared: Prepared, around: Ground) -> bool:
    """Whether the owner's filters and the scope let this term be the one."""
    scopes = around.scopes
    if any(dimension in scopes and value not in scopes[dimension] for dimension, value in prepared.scope.items()):
        return False
    if not all(around.says(phrase) for phrase in prepared.must):
        return False
    if prepared.opposites.rule_out(zone.phrase for zone in around.zones):
        return False
    return not any(_names(zone.phrase, phrase) for phrase in prepared.not_topics for zone in around.zones)


def _names(stems: Sequence[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(stems[at : at + size]) == phrase for at in range(len(stems) - size + 1))


def _pinned(
    article: Article,
    claims: Sequence[Claim],
    weighed: Sequence[list[Weighed]],
    as_of: date,
    answered: Mapping[int, Term | None],
) -> dict[int, Term]:
    """Claims that state a term because its `published_at` says that it stands here: the best-fitting one a term.

    Only what the article asserts on the day counts. A claim that fits two such terms states the one it fits better,
    and of two that fit alike the one whose value it is.
    """
    fits = [
        (-one.score - TIE * _equal(claim, one), one.fit.prepared.term.full_name, at, one.fit.prepared.term)
        for at, (claim, ranked) in enumerate(zip(claims, weighed, strict=True))
        if claim.asserted_on(as_of) and at not in answered
        for one in ranked
        if _published_here(one.fit.prepared.term, article, claim)
    ]
    pinned: dict[int, Term] = {}
    placed = {term.full_name for term in answered.values() if term is not None}
    for _, name, at, term in sorted(fits, key=lambda fit: fit[:3]):
        if at not in pinned and name not in placed:
            pinned[at] = term
            placed.add(name)
    return pinned


def _published_here(term: Term, article: Article, claim: Claim) -> bool:
    for where in term.published_at:
        address, _, anchor = where.partition("#")
        if article.page.lies_under(address) and (not anchor or claim.passage.anchor == anchor):
            return True
    return False


def _reviewed(
    claim: Claim, ranked: list[Weighed], term: Term | None, words: str, limited_otherwise: bool, explain: bool
) -> Match:
    """What a person said of the sentence, whatever its words would say; `words` tell how."""
    score, why = SURE if term else -math.inf, (Evidence("reviewed", SURE, words),)
    candidates = _candidates(claim, ranked, explain)
    return Match(claim, term, score, why, candidates, reviewed=True, limited_otherwise=limited_otherwise)


def _held(claim: Claim, ranked: list[Weighed], followed: Followed, reworded: bool) -> Weighed | None:
    """The fit of a followed claim for its term; None if its words decide after all.

    They do where the owner's filters or a scope named nearby now rule the term out; where another value stands in
    other words, which may be another rule's; and where the sentence was not said to state the term, or not surely.
    """
    fit = next((one for one in ranked if one.fit.prepared.term.full_name == followed.term), None)
    if fit is None or not followed.confidence:
        return None
    if _equal(claim, fit):
        return fit if followed.slot else None
    return fit if followed.trusted and not reworded else None


def _followed(claim: Claim, ranked: list[Weighed], fit: Weighed, explain: bool) -> Match:
    """What an earlier version of the page stated in this sentence."""
    why = (Evidence("followed", SURE, "this sentence stated the rule before"),)
    return Match(claim, fit.fit.prepared.term, fit.score, why, _candidates(claim, ranked, explain), followed=True)


def _candidates(claim: Claim, ranked: list[Weighed], explain: bool) -> tuple[Candidate, ...]:
    """The best few. The evidence is put into words for `explain`, and where the claim may yet be found to agree."""
    return tuple(
        Candidate(one.fit.prepared.term, one.score, evidence(one.fit) if explain or _equal(claim, one) else ())
        for one in ranked[:SHOWN]
    )


def _chosen(claim: Claim, ranked: list[Weighed], pinned: Term | None, explain: bool) -> Match:
    best = next((one for one in ranked if one.fit.prepared.term is pinned), None) if pinned else _best(claim, ranked)
    candidates = _candidates(claim, ranked, explain)
    if best is None:
        return Match(claim, None, ranked[0].score if ranked else -math.inf, candidates=candidates)
    told = next((one.evidence for one in candidates if one.term is best.fit.prepared.term), ())
    why = told or evidence(best.fit)
    return Match(claim, best.fit.prepared.term, best.score, why, candidates, pinned=pinned is not None)


def _best(claim: Claim, ranked: list[Weighed]) -> Weighed | None:
    if not ranked or ranked[0].score < FLOOR:
        return None
    close = [one for one in ranked if one.score >= max(FLOOR, ranked[0].score - TIE)]
    for one in close:
        if _equal(claim, one):
            return one
    return ranked[0]


def _equal(claim: Claim, one: Weighed) -> bool:
    return kinds.compare(claim.value, one.fit.prepared.value) is Comparison.SAME
