"""What is the same for all claims of one article, and what its other claims say about one of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache

from drift.engine import kinds
from drift.engine.matching.index import blank
from drift.engine.matching.scope import Scopes
from drift.engine.matching.weigh import Scale
from drift.engine.matching.zones import Listener
from drift.engine.numbers import spoken
from drift.model import Article, Claim, Language, Passage
from drift.model.values import Kind

_BRACKETS = re.compile(r"\([^()]*\)?")
NOTHING: frozenset[str] = frozenset()


class Setting:
    """An article with its claims, gone over once: each claim is then weighed without looking at all others."""

    def __init__(
        self,
        article: Article,
        claims: Sequence[Claim],
        listener: Listener,
        scale: Scale,
        reachable: Collection[str],
    ) -> None:
        """`reachable` are the policies whose `applies_to` holds here."""
        self.article = article
        self.listener = listener
        self.scale = scale
        self.reachable = reachable
        self._claims = claims
        self._masks = _masks(claims)
        self._sentences: dict[tuple[int, tuple[int, int]], list[Claim]] = defaultdict(list)
        for claim in claims:
            self._sentences[id(claim.passage), claim.sentence].append(claim)

    def mask(self, claim: Claim) -> str:
        """The text of the claim's passage with every value blanked out, offsets kept."""
        return self._masks[id(claim.passage)]

    def in_sentence(self, claim: Claim) -> Sequence[Claim]:
        """The claims of the claim's sentence, itself among them."""
        return self._sentences[id(claim.passage), claim.sentence]

    def shared(self, claim: Claim, scopes: Scopes) -> Mapping[str, frozenset[str]]:
        """What the rest of the sentence says of the claim's scope: dimension -> the values it may be about.

        A value that the sentence names once, outside of brackets and of the parts that other values own, holds for all
        its values ('24 vCPU and 24 GB on the Pro plan'). Where a later value of the kind has a scope of its own and
        nothing names one for this claim, this one is about the others: '30 days (60 for prepaid plans)'. An earlier
        value's may hold for both: 'on prepaid plans, the code comes after 2 days, and you unlock after 60'.
        """
        if not scopes.values or claim.segment == claim.sentence:
            return {}
        rivals = [
            other
            for other in self.in_sentence(claim)
            if other is not claim and other.value.kind == claim.value.kind and other.segment != claim.segment
        ]
        masked = self.mask(claim)
        left, right = claim.sentence
        spans = [bracket.span() for bracket in _BRACKETS.finditer(masked, left, right)]
        spans = sorted([*spans, *(other.segment for other in rivals)])
        inside = [(max(start, left) - left, min(end, right) - left) for start, end in _apart(spans)]
        common = self.listener.said(blank(masked[left:right], inside)).scopes
        found = {dimension: named for dimension, named in common.items() if len(named) == 1}
        apart: dict[str, frozenset[str]] = {}
        for other in rivals:
            if other.start > claim.start and kinds.comparable(other.value, claim.value):
                for dimension, named in self.listener.said(masked[slice(*other.segment)]).scopes.items():
                    apart[dimension] = apart.get(dimension, NOTHING) | named
        for dimension, named in apart.items():
            if dimension not in found and (rest := scopes.values[dimension] - named):
                found[dimension] = rest
        return found

    def excepted(self, claim: Claim, language: Language) -> Mapping[str, frozenset[str]]:
        """The scope of an exception that goes on about itself: 'except for prepaid plans, which wait 12 months'."""
        masked = self.mask(claim)
        found = _exception(language).search(masked[claim.sentence[0] : claim.start])
        return self.listener.said(found["except"]).scopes if found else {}

    def headed(self, claim: Claim) -> Mapping[str, frozenset[str]]:
        """The scopes that the header of one axis of a table is the whole name of, where the other only holds the word.

        In the row 'Team members' the column 'Starter' speaks of Starter.
        """
        passage = claim.passage
        names = [[self.listener.whole_names(text) for text in axis] for axis in (passage.column, passage.row)]
        columns, rows = ({name: values for one in axis for name, values in one.items()} for axis in names)
        return {name: (columns.get(name) or rows[name]) for name in columns.keys() ^ rows.keys()}

    def unnamed(self, claim: Claim) -> frozenset[str]:
        """The dimensions of scope along which the claim's cell stands under a header that names none of their values.

        Where one header of an axis is the name of a plan, the others name plans too, known or not. A dimension that
        both axes of the table name is left alone.
        """
        passage = claim.passage
        if not passage.column and not passage.row:
            return NOTHING
        columns, rows = self._axes.get(passage.block, (NOTHING, NOTHING))
        own = (dimension for text in (*passage.column, *passage.row) for dimension in self.listener.said(text).scopes)
        return (columns ^ rows).difference(own)

    def crowd(self, claim: Claim) -> frozenset[str]:
        """The stems that stand at the values of the claim's kind in its block, its own among them, and in the headers
        of its table. One set for all claims it holds for: one for each would grow with their square."""
        return self._crowds[claim.passage.block, claim.value.kind]

    @cached_property
    def _tables(self) -> dict[int, list[Passage]]:
        tables: dict[int, list[Passage]] = defaultdict(list)
        for passage in self.article.passages:
            if passage.column or passage.row:
                tables[passage.block].append(passage)
        return tables

    @cached_property
    def _axes(self) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
        """By block of a table: the dimensions whose values its column headers are names of, and those of its rows."""
        return {
            block: (
                self._named(dict.fromkeys(text for cell in cells for text in cell.column)),
                self._named(dict.fromkeys(text for cell in cells for text in cell.row)),
            )
            for block, cells in self._tables.items()
        }

    def _named(self, texts: Collection[str]) -> frozenset[str]:
        return frozenset(dimension for text in texts for dimension in self.listener.names(text))

    @cached_property
    def _headers(self) -> dict[int, frozenset[str]]:
        """By block of a table: the stems of its column headers."""
        return {
            block: frozenset(
                stem
                for text in dict.fromkeys(text for cell in cells for text in cell.column)
                for stem, _ in self.listener.said(text).stems
            )
            for block, cells in self._tables.items()
        }

    @cached_property
    def _crowds(self) -> dict[tuple[int, Kind], frozenset[str]]:
        """By block and kind: the stems in the segments and the headers of its values, and in its column headers."""
        crowds: dict[tuple[int, Kind], set[str]] = defaultdict(set)
        for claim in self._claims:
            for text in (self.mask(claim)[slice(*claim.segment)], *claim.passage.row, *claim.passage.column):
                crowds[claim.passage.block, claim.value.kind].update(stem for stem, _ in self.listener.said(text).stems)
        return {key: frozenset(stems).union(self._headers.get(key[0], ())) for key, stems in crowds.items()}


@lru_cache(maxsize=8)
def _exception(language: Language) -> re.Pattern[str]:
    """From the word that excepts to the place of the value, which stands in the clause about what is excepted."""
    said = language.phrases
    openers, relatives = (spoken(words).pattern for words in (said.scope_exclusions, said.relatives))
    return re.compile(rf"{openers}(?P<except>[^.,;:()]*),?\s{relatives}[^.,;:()]*\Z", re.IGNORECASE)


def _masks(claims: Sequence[Claim]) -> dict[int, str]:
    """By id of a passage: its text, values blanked out. 'No activation fee' keeps its words: they name the rule."""
    texts = {id(claim.passage): claim.passage.text for claim in claims}
    spans: dict[int, list[tuple[int, int]]] = {key: [] for key in texts}
    for claim in claims:
        if not kinds.of(claim.value).worded:
            spans[id(claim.passage)].append((claim.start, claim.end))
    return {key: blank(text, sorted(spans[key])) for key, text in texts.items()}


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ascending spans without their overlaps."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        start = max(start, found[-1][1]) if found else start
        if start < end:
            found.append((start, end))
    return found
