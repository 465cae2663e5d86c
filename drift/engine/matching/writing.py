"""How a sentence is written down for a review: as it reads, or with what a reader sees around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drift.engine import kinds, sentences
from drift.model import Claim, Language, Written, Zone
from drift.model.values import Bound, Value

SHORT = 6  # words besides its values below which a sentence does not tell on its own what it is about

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")


class ValueSpan(NamedTuple):
    """Where a value stands in a written sentence, half-open, with its value and how its words limit it.

    `value` is None for a bare number.
    """

    start: int
    end: int
    bound: Bound = Bound.EXACTLY
    value: Value | None = None


class Writing:
    """How sentences are written down and read with their values masked, in one language."""

    def __init__(self, language: Language, dollars: str) -> None:
        self._language = language
        self._dollars = dollars
        self._spans: dict[str, tuple[ValueSpan, ...]] = {}
        self._masked: dict[str, str] = {}
        self._telling: dict[str, bool] = {}

    def places(self, claims: Sequence[Claim]) -> list[Written]:
        """Where each claim stands, in their order."""
        repeats: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
        found = []
        for claim in claims:
            text = self._written(claim)
            stands = repeats[text]
            repeat = stands.setdefault((id(claim.passage), claim.sentence[0]), len(stands))
            spans = self.spans(text)
            start = len(text) - len(claim.quote) + claim.start - claim.sentence[0]
            nth = 1 + bisect_right(spans, start, key=_end)
            found.append(Written(text, self.masked(text), repeat * self.size(text) + nth))
        return found

    def masked(self, text: str) -> str:
        """The sentence with its values masked; worked out once for all its values."""
        masked = self._masked.get(text)
        if masked is None:
            masked = self._masked[text] = sentences.mask(text, self.spans(text))
        return masked

    def size(self, text: str) -> int:
        """How many values a sentence counts, one at least."""
        return max(1, len(self.spans(text)))

    def spans(self, text: str) -> tuple[ValueSpan, ...]:
        """The values of a written sentence; its numbers where it has none, as a cell under 'Storage (GB)'."""
        spans = self._spans.get(text)
        if spans is None:
            found = kinds.find(text, self._language, dollars=self._dollars)
            spans = tuple(ValueSpan(one.start, one.end, one.bound, one.value) for one in found)
            spans = spans or tuple(ValueSpan(*number.span()) for number in _NUMBER.finditer(text))
            self._spans[text] = spans
        return spans

    def _written(self, claim: Claim) -> str:
        quote = claim.quote
        cell = claim.passage.zone is Zone.CELL
        if not cell and self._tells(quote):
            return quote
        around = " | ".join(dict.fromkeys(" ".join(text.split()).rstrip(":") for text in _around(claim)))
        return f"{around}: {quote}" if around else quote

    def _tells(self, quote: str) -> bool:
        """Whether a sentence has the words to tell on its own what it is about."""
        tells = self._telling.get(quote)
        if tells is None:
            tells = self._telling[quote] = len(_WORD.findall(self.masked(quote))) >= SHORT
        return tells


def _end(span: ValueSpan) -> int:
    return span.end


def _around(claim: Claim) -> Iterator[str]:
    """What a reader sees around a cell or a short line, the outermost first."""
    passage = claim.passage
    yield from (heading[: sentences.LONGEST] for heading in passage.headings[-1:])
    in_table = (passage.caption, *passage.row, *passage.column)
    in_text = (passage.question, passage.lead_in, passage.defines)
    for text in in_table if passage.zone is Zone.CELL else in_text:
        if text:
            yield text[: sentences.LONGEST]
