"""How well a claim fits a term, without looking at the value: named features.

The features are few so that they can be printed and explained; their weights are learned (`weights.py`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from drift.engine import kinds
from drift.engine.matching.index import CANDIDATES as MOST
from drift.engine.matching.index import Prepared
from drift.engine.matching.weights import BIAS, WEIGHTS
from drift.engine.matching.zones import OWN, PREFIX_WORTH, Ground
from drift.model import Claim, Evidence
from drift.model.values import Bound

TINY = 1e-9  # a sum of words that tell nothing

SAYS, TOPICS, ALL, FIRST_PHRASE = range(4)  # places in `Prepared.groups`


class Fit(NamedTuple):
    """The features of one claim against one term, and what they were measured from."""

    prepared: Prepared
    features: Mapping[str, float]
    ground: Ground


class Scale:
    """Weighs claims of one article: how telling each stem is there (0 .. 1) bends what the terms' words are worth."""

    def __init__(self, rarity: Mapping[str, float], defaults: Mapping[str, str | None]) -> None:
        self._rarity = rarity
        self._defaults = defaults
        self._known: dict[int, list[float]] = {}

    def fit(self, claim: Claim, ground: Ground, prepared: Prepared, among: int) -> Fit:
        """Measure a claim against a term, one `among` so many that it may be about."""
        totals, rarity = self._totals(prepared), self._rarity
        covered, titled = [0.0] * len(totals), [0.0] * len(totals)
        own = elsewhere = 0.0
        weights, prefixes, crowd = ground.weight, ground.prefix, ground.crowd
        says_own, says_title = ground.own.says, ground.title.says
        for stem, first, idf, groups in prepared.parts:
            weight = weights.get(stem)
            if weight is None and first in prefixes:  # said with another ending
                weight = PREFIX_WORTH * prefixes[first]
            if weight:
                worth = idf * rarity.get(stem, 1.0)
                gain = worth * weight
                for group in groups:
                    covered[group] += gain
                own += worth * says_own(stem, first)
                if said := says_title(stem, first):
                    said *= worth
                    for group in groups:
                        titled[group] += said
            if stem in crowd and weights.get(stem, 0.0) < OWN:  # at another value, and not at this one
                elsewhere += idf * rarity.get(stem, 1.0)
        coverage, in_title = _shares(covered, totals), _shares(titled, totals)
        features = {
            "says": coverage[SAYS],
            "topic": max(coverage[FIRST_PHRASE:], default=0.0),
            "topics": coverage[TOPICS],
            "phrase": _phrase(prepared, ground),
            "own": own / totals[ALL] if totals[ALL] > TINY else 0.0,
            "elsewhere": elsewhere / totals[ALL] if totals[ALL] > TINY else 0.0,
            "title topic": max(in_title[FIRST_PHRASE:], default=0.0),
            "title": in_title[ALL],
            "strange before": float(sum(first not in prepared.prefixes for first in ground.before)),
            "strange heading": math.log1p(sum(first not in prepared.prefixes for first in ground.heading)),
            "side": _side(ground.side, prepared.words.sides),
            "scope": _scope(prepared, ground.scopes, self._defaults),
            "bound": _bound(claim, prepared),
            "unit": kinds.same_scale(claim.value, prepared.value),
            "per": _per(claim, prepared),
            "kind": _kind(claim, prepared),
            "rivals": among / MOST,
        }
        return Fit(prepared, features, ground)

    def _totals(self, prepared: Prepared) -> list[float]:
        """What each group of a term's stems is worth here in all; worked out once an article."""
        known = self._known.get(id(prepared))
        if known is None:
            known = list(prepared.totals)
            rarity = self._rarity
            for stem, _, idf, groups in prepared.parts:
                if stem in rarity:
                    lost = idf * (1 - rarity[stem])
                    for group in groups:
                        known[group] -= lost
            self._known[id(prepared)] = known
        return known


def _phrase(prepared: Prepared, ground: Ground) -> float:
    """The weight of the nearest zone that says a topic of several words as the owner wrote it."""
    if prepared.lines:
        for line, weight in ground.lines:
            for topic in prepared.lines:
                if topic in line:
                    return weight
    return 0.0


def _shares(parts: Sequence[float], totals: Sequence[float]) -> list[float]:
    return [part / total if total > TINY else 0.0 for part, total in zip(parts, totals, strict=True)]


def _side(said: str | None, wanted: Collection[str]) -> float:
    """1 where a value is counted on the side of an event on which the term's is, -1 where on the other."""
    if said is None or not wanted:
        return 0.0
    return 1.0 if said in wanted else -1.0


def _scope(prepared: Prepared, scopes: Mapping[str, frozenset[str]], defaults: Mapping[str, str | None]) -> float:
    """1 where the text names the term's scope, -1 where a scope that is no default stays unnamed, else 0."""
    worst = 0.0
    for dimension, value in prepared.scope.items():
        named = scopes.get(dimension)
        if named is not None:
            worst = worst or 1.0
        elif defaults.get(dimension) != value:
            worst = -1.0
    return worst


def _bound(claim: Claim, prepared: Prepared) -> float:
    term = prepared.term.bound
    if Bound.EXACTLY in (term, claim.bound):
        return 0.0
    if (claim.bound.floor and term.floor) or (claim.bound.ceiling and term.ceiling):
        return 1.0
    if (claim.bound.floor and term.ceiling) or (claim.bound.ceiling and term.floor):
        return -1.0
    return 0.0


_FREED = 0.25  # of another kind, for a price where the rule says 'free', or the other way round


def _kind(claim: Claim, prepared: Prepared) -> float:
    one, other = claim.value, prepared.value
    if one.kind == other.kind:
        return 0.0
    return _FREED if kinds.is_price_of_free(one, other) or kinds.is_price_of_free(other, one) else 1.0


def _per(claim: Claim, prepared: Prepared) -> float:
    if claim.value.per == prepared.value.per or not kinds.of(claim.value).counted:
        return 0.0
    return -1.0 if claim.value.per else -0.5


WORDS: Mapping[str, str | tuple[str, str]] = {  # a pair is said of a negative and of a positive value
    "says": "shares {share} of what the term says",
    "topic": "names {share} of its closest topic",
    "topics": "names {share} of its topics",
    "phrase": "says a topic word for word ({share})",
    "own": "says {share} of the term's words in the clause of the value",
    "elsewhere": "{share} of the term's words stand at other values nearby, and not at this one",
    "title topic": "the title names {share} of its closest topic",
    "title": "the title says {share} of the term's words",
    "strange before": "words of something else stand right before the value",
    "strange heading": "the heading speaks of something else as well",
    "side": ("is counted on the other side of an event", "is counted on the same side of an event"),
    "scope": ("the scope of the term is not named", "names the term's scope"),
    "bound": ("limits the other way", "limits the same way"),
    "unit": "is counted in the same unit",
    "per": ("is counted per something else", ""),
    "kind": "is another kind of value than the term's",
    "rivals": "other rules are comparable too",
}


def evidence(fit: Fit) -> tuple[Evidence, ...]:
    """What speaks for and against the term, strongest first, in words."""
    found = [Evidence("words", 0.0, text) for text in _named(fit)]
    weighed = []
    for name, value in fit.features.items():
        if value:
            text = WORDS[name]
            words = text.format(share=f"{value:.0%}") if isinstance(text, str) else text[value > 0]
            weighed.append(Evidence(name, round(WEIGHTS[name] * value, 2), words))
    weighed.sort(key=lambda one: (-abs(one.weight), one.name))
    return (*found, *weighed, Evidence("start", BIAS, "where every claim starts"))


def _named(fit: Fit) -> list[str]:
    """'names 'unlock', 'phone' in the heading', nearest zone first."""
    by_zone: dict[str, list[str]] = {}
    for stem, word in fit.prepared.words.surface.items():
        zone = fit.ground.zone.get(stem)
        if zone:
            by_zone.setdefault(zone, []).append(word)
    return [f"names {', '.join(repr(word) for word in words)} in the {zone}" for zone, words in by_zone.items()]
