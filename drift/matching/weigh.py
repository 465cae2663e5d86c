"""How well a claim fits a term, without looking at the value: named features between -1 and 1.

The features are few so that they can be printed and explained; their weights are learned (`weights.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from drift.matching.ground import Ground
from drift.matching.index import Prepared
from drift.matching.weights import WEIGHTS
from drift.model import Claim, Evidence
from drift.values import Bound, Kind

PREFIX = 5  # letters two stems must share to be taken for one word ('expir', 'expiri')
PREFIX_WORTH = 0.6


@dataclass(frozen=True, slots=True)
class Fit:
    """The features of one claim against one term, and the words behind them."""

    prepared: Prepared
    features: Mapping[str, float]
    shared: Mapping[str, float]  # stems both have -> zone weight
    zones: Mapping[str, str]  # stem -> the zone that said it


def fit(
    claim: Claim,
    ground: Ground,
    prepared: Prepared,
    scopes: Mapping[str, frozenset[str]],
    defaults: Mapping[str, str | None],
    rarity: Mapping[str, float],
) -> Fit:
    """Measure a claim against a term. `scopes` are those named near the claim, `rarity` how telling a stem is here."""
    said = prepared.words
    shared = {}
    for stem in prepared.idf:
        weight = ground.weight.get(stem)
        if weight is None and len(stem) >= PREFIX:
            weight = PREFIX_WORTH * ground.prefix.get(stem[:PREFIX], 0.0)
        if weight:
            shared[stem] = weight
    worth = {stem: idf * rarity.get(stem, 1.0) for stem, idf in prepared.idf.items()}
    own = {stem: 1.0 for stem, weight in shared.items() if weight >= 1.0}
    topics = [_coverage(phrase, shared, worth) for phrase in said.phrases]
    everything = tuple({stem: None for topic in said.topics for stem in topic})
    term_prefixes = {stem[:PREFIX] for stem in prepared.idf}
    features = {
        "says": _coverage(said.says, shared, worth),
        "topic": max(topics, default=0.0),
        "topics": _coverage(everything, shared, worth),
        "own": _coverage(tuple(prepared.idf), own, worth),
        "after": _share(ground.after, term_prefixes),
        "before": _share(ground.before, term_prefixes),
        "around": _share(ground.after + ground.before, {stem[:PREFIX] for stem in said.around}),
        "scope": _scope(prepared, scopes, defaults),
        "bound": _bound(claim, prepared),
        "unit": _unit(claim, prepared),
        "per": _per(claim, prepared),
        "kind": float(claim.value.kind is not prepared.value.kind),
        "weak": float(claim.weak),
    }
    return Fit(prepared, features, shared, ground.zone)


def _coverage(stems: Sequence[str], weight: Mapping[str, float], worth: Mapping[str, float]) -> float:
    total = sum(worth[stem] for stem in stems)
    return sum(worth[stem] * weight.get(stem, 0.0) for stem in stems) / total if total else 0.0


def _share(stems: Iterable[str], prefixes: Iterable[str]) -> float:
    stems = list(stems)
    return sum(stem[:PREFIX] in prefixes for stem in stems) / len(stems) if stems else 0.0


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
    if claim.value.kind is Kind.AGE or term is Bound.EXACTLY:
        return 0.0
    if claim.bound is Bound.EXACTLY:
        return 0.0
    if (claim.bound.floor and term.floor) or (claim.bound.ceiling and term.ceiling):
        return 1.0
    if (claim.bound.floor and term.ceiling) or (claim.bound.ceiling and term.floor):
        return -1.0
    return 0.0


def _unit(claim: Claim, prepared: Prepared) -> float:
    """1 where both are counted in one unit; business days and days count as one, so that a dropped 'business' shows."""
    units = (claim.value.unit, prepared.value.unit)
    if claim.value.kind is not Kind.DURATION or prepared.value.kind is not Kind.DURATION:
        return 1.0
    first, second = (unit.removeprefix("business ") for unit in units)
    return 1.0 if first == second else 0.0


def _per(claim: Claim, prepared: Prepared) -> float:
    if claim.value.per == prepared.value.per or claim.value.kind is Kind.PERCENTAGE:
        return 0.0
    return -1.0 if claim.value.per else -0.5


WORDS: Mapping[str, str | tuple[str, str]] = {  # a pair is said of a negative and of a positive value
    "says": "shares {share} of what the term says",
    "topic": "names {share} of its closest topic",
    "topics": "names {share} of its topics",
    "own": "says {share} of the term's words beside the value",
    "after": "the words after the value are the term's ({share})",
    "before": "the words before the value are the term's ({share})",
    "around": "stands between the same words as the term's value ({share})",
    "scope": ("the scope of the term is not named", "names the term's scope"),
    "bound": ("limits the other way", "limits the same way"),
    "unit": "is counted in the same unit",
    "per": ("is counted per something else", ""),
    "kind": "is another kind of value than the term's",
    "weak": "is a loose wording",
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
    return (*found, *weighed)


def _named(fit: Fit) -> list[str]:
    """'names 'unlock', 'phone' in the heading', nearest zone first."""
    by_zone: dict[str, list[str]] = {}
    for stem in fit.shared:
        zone = fit.zones.get(stem)
        if zone:
            by_zone.setdefault(zone, []).append(fit.prepared.words.surface[stem])
    return [f"names {', '.join(repr(word) for word in words)} in the {zone}" for zone, words in by_zone.items()]
