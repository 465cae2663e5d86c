"""The words a claim stands on: what is said around a value, by how near it stands.

Weights by zone are those of the study of the labelled sets: a value's own part of its sentence and the headers
of its cell say most, headings and lead-ins less, the sentence before least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drift.matching.words import Words
from drift.model import Article, Claim

OWN = 1.0
NEAR = 0.8  # lead-in, innermost heading, question, caption
FAR = 0.55  # title and outer headings
BEFORE = 0.5  # the previous sentence
BEFORE_PRONOUN = 0.85  # the previous sentence, where this one leans on it ('This takes 5 days')
PREFIX = 5  # letters two stems must share to be taken for one word ('expir', 'expiri')
REST = 0.3  # the rest of a sentence of many values: what it says belongs to the other values, scope above all
REST_NAME = "rest of the sentence"

_LEANS = re.compile(r"\W*(?:this|that|these|those|it|they|he|she|such|after that|otherwise|however)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """A claim's words, nearest zone first. `weight` holds each stem's best zone weight."""

    zones: tuple[tuple[str, float, list[str]], ...]  # (zone name, weight, stems in order)
    weight: dict[str, float]
    prefix: dict[str, float]  # the first letters of each stem -> best zone weight
    zone: dict[str, str]  # stem -> the zone that gave its weight
    own: frozenset[str]  # stems of the zones of full weight
    phrases: tuple[list[str], ...]  # stems with stop words of each zone, nearest first: for phrases and scopes
    scoping: tuple[list[str], ...]  # those zones that can name this value's scope
    said: frozenset[str]  # all of them
    after: tuple[str, ...]  # the first stems after the value, in its segment
    before: tuple[str, ...]  # the last stems before the value, nearest first


def ground(claim: Claim, article: Article, words: Words, masked: str) -> Ground:
    """The ground of a claim. `masked` is its passage's text with every value blanked out, offsets kept."""
    texts = [zone for zone in _texts(claim, article, masked) if zone[2]]
    zones = [(name, weight, words.of(text)) for name, weight, text in texts]
    phrases = tuple(words.all_of(text) for _, _, text in texts)
    weight: dict[str, float] = {}
    prefix: dict[str, float] = {}
    zone: dict[str, str] = {}
    for name, zone_weight, stems in zones:
        for stem in stems:
            if zone_weight > weight.get(stem, 0.0):
                weight[stem] = zone_weight
                zone[stem] = name
            if zone_weight > prefix.get(stem[:PREFIX], 0.0):
                prefix[stem[:PREFIX]] = zone_weight
    return Ground(
        zones=tuple(zones),
        weight=weight,
        prefix=prefix,
        zone=zone,
        phrases=phrases,
        scoping=tuple(stems for (name, _, _), stems in zip(texts, phrases, strict=True) if name != REST_NAME),
        said=frozenset(stem for stems in phrases for stem in stems),
        own=frozenset(stem for stem, best in weight.items() if best >= OWN),
        after=tuple(words.of(masked[claim.end : claim.segment[1]])[:3]),
        before=tuple(reversed(words.of(masked[claim.segment[0] : claim.start])))[:3],
    )


def _texts(claim: Claim, article: Article, masked: str) -> Iterator[tuple[str, float, str]]:
    """(zone name, weight, text) nearest first."""
    passage = claim.passage
    start, end = claim.segment
    yield "own words", OWN, masked[start:end]
    for header in passage.row:
        yield "row", OWN, header
    for header in passage.column:
        yield "column", OWN, header
    if passage.defines:
        yield "defined word", OWN, passage.defines
    left, right = claim.sentence
    yield REST_NAME, REST, f"{masked[left:start]} {masked[end:right]}"
    if passage.lead_in:
        yield "lead-in", NEAR, passage.lead_in
    if passage.question:
        yield "question", NEAR, passage.question
    if passage.caption:
        yield "caption", NEAR, passage.caption
    if passage.headings:
        yield "heading", NEAR, passage.headings[-1]
    if claim.previous:
        leans = _LEANS.match(masked[left:right]) is not None
        yield "previous sentence", BEFORE_PRONOUN if leans else BEFORE, claim.previous
    for heading in reversed(passage.headings[:-1]):
        yield "outer heading", FAR, heading
    if article.title:
        yield "title", FAR, article.title
