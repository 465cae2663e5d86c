"""The words a claim stands on: what is said around a value, by how near it stands.

Weights by zone are those of the study of the labelled sets: a value's own part of its sentence and the headers
of its cell say most, headings and lead-ins less, the sentence before least.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from drift.engine import kinds
from drift.engine.matching.scope import Scopes
from drift.engine.matching.side import side
from drift.engine.matching.words import BESIDE, PREFIX, Stemming
from drift.engine.numbers import spoken
from drift.model import Article, Claim, Language

OWN = 1.0
NEAR = 0.8  # lead-in, innermost heading, question, caption
FAR = 0.55  # title and outer headings
BEFORE = 0.5  # the previous sentence
BEFORE_PRONOUN = 0.85  # the previous sentence, where this one leans on it ('This takes 5 days')
IMPLIED = 0.5  # what a kind of value says by itself: an age that it is one
REST = 0.3  # the rest of a sentence of many values: what it says belongs to the other values, scope above all
WITHIN = 80  # characters in which the words beside a value are looked for
OWN_NAME, DEFINED_NAME, REST_NAME, TITLE_NAME = "same clause", "defined word", "rest of the sentence", "title"
PREFIX_WORTH = 0.6  # of a stem that only begins alike
REACH = 300  # characters of that rest on either side: what stands farther off in a list of values is about others
LONGEST = 3000  # characters of a piece of text that are read; real ones stay below, whatever a page puts over a table


_NO_WORD = re.compile(r"^\W+")


class Said(NamedTuple):
    """One piece of text as matching sees it."""

    stems: tuple[tuple[str, str], ...]  # each once, with its first letters; without stop words
    line: str  # the stems in one line, a space around each
    phrase: tuple[str, ...]  # with them, for what must match word by word
    scopes: Mapping[str, frozenset[str]]  # dimension -> values named


class Listener:
    """Takes texts apart, each once: an article repeats its title and headings for every claim under them."""

    def __init__(self, words: Stemming, scopes: Scopes, language: Language) -> None:
        self._words = words
        self._scopes = scopes
        self._known: dict[str, Said] = {}
        self.language = language
        self._leaning = spoken(language.phrases.leaning_words)
        self.language = language

    def leans(self, sentence: str) -> bool:
        """Whether a sentence leans on the one before it."""
        return self._leaning.match(_NO_WORD.sub("", sentence)) is not None

    def side(self, claim: Claim) -> str | None:
        """On which side of an event the value of a claim is counted."""
        return side(claim.passage.text, claim.end, self.language)

    def said(self, text: str) -> Said:
        """What a text says."""
        text = text[:LONGEST]
        known = self._known.get(text)
        if known is None:
            stems, phrase = self._words.both(text)
            once = tuple((stem, stem[:PREFIX]) for stem in dict.fromkeys(stems))
            known = Said(once, f" {' '.join(stems)} ", phrase, self._scopes.named(phrase))
            self._known[text] = known
        return known

    def names(self, text: str) -> Iterator[str]:
        """The dimensions of whose values a text is the name, and not only a mention."""
        said = self.said(text)
        return (dimension for dimension in said.scopes if self._scopes.is_name(said.phrase, dimension))

    def whole_names(self, text: str) -> dict[str, frozenset[str]]:
        """The dimensions of whose values a text is the name and nothing else, with those values."""
        said = self.said(text)
        return {name: values for name, values in said.scopes.items() if self._scopes.is_whole(said.phrase, name)}

    def stems(self, text: str) -> list[str]:
        """The stems of a text that is not asked for again."""
        return self._words.of(text)


class Stems(NamedTuple):
    """The stems of one part of the ground, with their first letters."""

    stems: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()

    def says(self, stem: str, first: str) -> float:
        """1 where it says a stem, less where it says one that begins alike, 0 where it says neither."""
        if stem in self.stems:
            return 1.0
        return PREFIX_WORTH if first in self.prefixes else 0.0


class Ground(NamedTuple):
    """A claim's words."""

    zones: tuple[Said, ...]  # nearest first
    lines: tuple[tuple[str, float], ...]  # their lines with their weights, heaviest first
    weight: dict[str, float]  # stem -> the weight of the nearest zone that says it
    prefix: dict[str, float]  # the first letters of a stem -> best zone weight
    zone: dict[str, str]  # stem -> the zone that gave its weight
    scopes: dict[str, frozenset[str]]  # dimension -> what the nearest zone that names any of its values names
    value: Said  # the value's own words, which no zone has
    own: Stems  # its own part of its sentence
    title: Stems
    before: tuple[str, ...]  # beginnings of the last stems before the value, in its segment
    heading: tuple[str, ...]  # and of those of the innermost heading
    side: str | None  # the side of an event on which the value is counted: 'before', 'after'
    crowd: frozenset[str]  # stems that stand at the values of its kind nearby, this one among them

    def says(self, phrase: Iterable[str]) -> bool:
        """Whether every word of a phrase is said somewhere around the value, or in it."""
        return all(any(word in zone.phrase for zone in (self.value, *self.zones)) for word in phrase)


def ground(
    claim: Claim,
    article: Article,
    listener: Listener,
    masked: str,
    *,
    told: Mapping[str, frozenset[str]],
    shared: Mapping[str, frozenset[str]],
    crowd: frozenset[str],
) -> Ground:
    """The ground of a claim.

    `masked` is its passage's text with every value blanked out, offsets kept; `told` the scopes that are certain before
    any zone is asked; `shared` what the rest of its sentence says of them; `crowd` are the stems that stand at the
    values of its kind in its block.
    """
    zones = [
        (name, worth, listener.said(text)) for name, worth, text in _texts(claim, article, masked, listener) if text
    ]
    weight: dict[str, float] = {}
    prefix: dict[str, float] = {}
    zone: dict[str, str] = {}
    scopes: dict[str, frozenset[str]] = dict(told)
    for name, worth, said in zones:
        for stem, first in said.stems:
            if worth > weight.get(stem, 0.0):
                weight[stem] = worth
                zone[stem] = name
                if worth > prefix.get(first, 0.0):
                    prefix[first] = worth
        for dimension, values in (shared if name == REST_NAME else said.scopes).items():
            scopes.setdefault(dimension, values)
    if words := kinds.of(claim.value).speaks_of(listener.language):
        implied = listener.stems(" ".join(words))
        weight.update(dict.fromkeys(implied if weight.keys().isdisjoint(implied) else (), IMPLIED))
    before = listener.stems(masked[max(claim.segment[0], claim.start - WITHIN) : claim.start])[-BESIDE:]
    headings = claim.passage.headings
    return Ground(
        zones=tuple(said for _, _, said in zones),
        lines=tuple(sorted(((said.line, worth) for _, worth, said in zones), key=lambda line: -line[1])),
        weight=weight,
        prefix=prefix,
        zone=zone,
        scopes=scopes,
        value=listener.said(claim.value_text),
        own=_part(said for name, _, said in zones if name in (OWN_NAME, DEFINED_NAME)),
        title=_part(said for name, _, said in zones if name == TITLE_NAME),
        before=tuple(stem[:PREFIX] for stem in before),
        heading=tuple(first for _, first in listener.said(headings[-1]).stems) if headings else (),
        side=listener.side(claim),
        crowd=crowd,
    )


def _part(said: Iterable[Said]) -> Stems:
    pairs = [pair for one in said for pair in one.stems]
    return Stems(frozenset(stem for stem, _ in pairs), frozenset(first for _, first in pairs if len(first) == PREFIX))


def _texts(claim: Claim, article: Article, masked: str, listener: Listener) -> Iterator[tuple[str, float, str]]:
    """(zone name, weight, text) nearest first."""
    passage = claim.passage
    start, end = claim.segment
    yield OWN_NAME, OWN, masked[start:end]
    for header in passage.row:
        yield "row", OWN, header
    for header in passage.column:
        yield "column", OWN, header
    if passage.defines:
        yield DEFINED_NAME, OWN, passage.defines
    left, right = claim.sentence
    yield REST_NAME, REST, f"{masked[max(left, start - REACH) : start]} {masked[end : min(right, end + REACH)]}".strip()
    if passage.lead_in:
        yield "lead-in", NEAR, passage.lead_in
    if passage.question:
        yield "question", NEAR, passage.question
    if passage.caption:
        yield "caption", NEAR, passage.caption
    if passage.headings:
        yield "heading", NEAR, passage.headings[-1]
    if claim.previous:
        leans = listener.leans(masked[left:right])
        yield "previous sentence", BEFORE_PRONOUN if leans else BEFORE, claim.previous
    for heading in reversed(passage.headings[:-1]):
        yield "outer heading", FAR, heading
    if article.title:
        yield TITLE_NAME, FAR, article.title
