"""Sentences that people have answered for, known again on their article: a change of value never hides one.

A sentence is held as `reviewed.yaml` writes it: as it reads, and where it is a cell or only a few words long, with
what a reader sees around it ('Plans | Hobby | Price: $5 per month'). Pure: answers and claims in, answers by claim out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Generic, NamedTuple, TypeVar

from drift import kinds, sentences
from drift.matching.recognised import NOTHING, Recognised
from drift.model import Answer, Article, Claim, Language, Page, Written, Zone
from drift.values import Bound

SAME = 0.75  # likeness from which a sentence is known again; see docs/decisions/0005-reviewed-sentences.md
SHORT = 6  # words besides its values below which a sentence does not tell on its own what it is about
BESIDE = 4  # words on either side by which a value is told from its neighbours in a reworded sentence

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(rf"\w+|{sentences.MASK}")


T = TypeVar("T")


class Span(NamedTuple):
    """Where a value stands in a written sentence, half-open, and how its words limit it."""

    start: int
    end: int
    bound: Bound = Bound.EXACTLY


class Writing:
    """How sentences are written down and read with their values masked, in one language."""

    def __init__(self, language: Language, dollars: str) -> None:
        self._language = language
        self._dollars = dollars
        self._spans: dict[str, tuple[Span, ...]] = {}

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
            nth = 1 + sum(span.end <= start for span in spans)
            found.append(Written(text, sentences.mask(text, spans), repeat * self.size(text) + nth))
        return found

    def masked(self, text: str) -> str:
        return sentences.mask(text, self.spans(text))

    def size(self, text: str) -> int:
        """How many values a sentence counts, one at least."""
        return max(1, len(self.spans(text)))

    def spans(self, text: str) -> tuple[Span, ...]:
        """The values of a written sentence; its numbers where it has none, as a cell under 'Storage (GB)'."""
        spans = self._spans.get(text)
        if spans is None:
            found = kinds.find(text, self._language, dollars=self._dollars)
            spans = tuple(Span(one.start, one.end, one.bound) for one in found)
            spans = spans or tuple(Span(*number.span()) for number in _NUMBER.finditer(text))
            self._spans[text] = spans
        return spans

    def _written(self, claim: Claim) -> str:
        quote = claim.quote
        cell = claim.passage.zone is Zone.CELL
        if not cell and len(_WORD.findall(sentences.mask(quote, self.spans(quote)))) >= SHORT:
            return quote
        around = " | ".join(dict.fromkeys(" ".join(text.split()).rstrip(":") for text in _around(claim)))
        return f"{around}: {quote}" if around else quote


def _around(claim: Claim) -> Iterator[str]:
    """What a reader sees around a cell or a short line, the outermost first."""
    passage = claim.passage
    yield from passage.headings[-1:]
    in_table = (passage.caption, *passage.row, *passage.column)
    in_text = (passage.question, passage.lead_in, passage.defines)
    for text in in_table if passage.zone is Zone.CELL else in_text:
        if text:
            yield text


class Known:
    """The answers of a registry, ready for articles in one language."""

    def __init__(self, answers: Sequence[Answer], language: Language, dollars: str) -> None:
        self._answers = answers
        self._writing = Writing(language, dollars)

    def recognise(self, article: Article, claims: Sequence[Claim]) -> Recognised:
        """The answers that hold here. Each is used once, and each sentence of the article takes one."""
        answers = answers_for(article.page, self._answers)
        if not answers:
            return NOTHING
        answered = _gathered(self._writing, ((answer.sentence, answer.nth, answer) for answer in answers))
        places = enumerate(self._writing.places(claims))
        there = _gathered(self._writing, ((place.sentence, place.nth, at) for at, place in places))
        held: dict[int, Answer] = {}
        otherwise: set[int] = set()
        for known, sentence in _pairs(answered, there):
            spans = dict(enumerate(self._writing.spans(known.text), start=1))
            for ordinal, at in _aligned(known, sentence):
                held[at] = known.held[ordinal]
                if ordinal in spans and spans[ordinal].bound is not claims[at].bound:
                    otherwise.add(at)
        used = {id(answer) for answer in held.values()}
        gone = tuple(answer for answer in answers if id(answer) not in used)
        return Recognised(held, gone, frozenset(otherwise))


def answers_for(page: Page, answers: Sequence[Answer]) -> list[Answer]:
    """The answers that name a page. One that names it itself goes before one that names it by a glob."""
    found: dict[tuple[str, int], Answer] = {}
    for answer in answers:
        names = answer.article in (page.public, page.address)
        if names or fnmatchcase(page.public, answer.article) or fnmatchcase(page.address, answer.article):
            key = (answer.sentence, answer.nth)
            if names or key not in found:
                found[key] = answer
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Sentence(Generic[T]):
    """One sentence with what is held about its values, by their 1-based ordinal in it."""

    text: str
    masked: str
    repeat: int  # 0 for the first of its text
    held: dict[int, T]


def _gathered(writing: Writing, placed: Iterable[tuple[str, int, T]]) -> list[_Sentence[T]]:
    """Sentences in the order in which they first come up, from (sentence, nth, what is held)."""
    found: dict[tuple[str, int], _Sentence[T]] = {}
    for text, nth, what in placed:
        repeat, ordinal = divmod(nth - 1, writing.size(text))
        sentence = found.setdefault((text, repeat), _Sentence(text, writing.masked(text), repeat, {}))
        sentence.held[ordinal + 1] = what
    return list(found.values())


def _pairs(answered: list[_Sentence[T]], there: list[_Sentence[int]]) -> Iterator[tuple[_Sentence[T], _Sentence[int]]]:
    """Each answered sentence with the one it is on the page: the same text, else the same words, else the likest."""
    for same in (_text, _masked):
        waiting: dict[object, list[_Sentence[int]]] = defaultdict(list)
        for sentence in there:
            waiting[same(sentence)].append(sentence)
        left = []
        for known in answered:
            if waiting.get(same(known)):
                yield known, waiting[same(known)].pop(0)
            else:
                left.append(known)
        answered = left
        there = [sentence for sentences_left in waiting.values() for sentence in sentences_left]
    yield from _likest(answered, there)


def _text(sentence: _Sentence[Any]) -> object:
    return sentence.text, sentence.repeat


def _masked(sentence: _Sentence[Any]) -> object:
    return sentence.masked


def _likest(answered: list[_Sentence[T]], there: list[_Sentence[int]]) -> Iterator[tuple[_Sentence[T], _Sentence[int]]]:
    likely = []
    for left, known in enumerate(answered):
        for right, sentence in enumerate(there):
            if _may_be_alike(known.masked, sentence.masked):
                likeness = sentences.likeness(known.masked, sentence.masked)
                if likeness >= SAME:
                    likely.append((-likeness, left, right))
    done: set[int] = set()
    taken: set[int] = set()
    for _, left, right in sorted(likely):
        if left not in done and right not in taken:
            done.add(left)
            taken.add(right)
            yield answered[left], there[right]


def _may_be_alike(a: str, b: str) -> bool:
    """Whether two lengths leave room for the likeness that is asked for: comparing words is dear."""
    short, long = sorted((len(a), len(b)))
    return 2 * short >= 0.8 * SAME * (short + long)


def _aligned(known: _Sentence[T], there: _Sentence[int]) -> Iterator[tuple[int, int]]:
    """(ordinal, claim) for the answered values of one sentence: the same number, or the same words around."""
    if known.masked.count(sentences.MASK) == there.masked.count(sentences.MASK):
        place = {ordinal: ordinal for ordinal in known.held}
    else:
        place = _moved(_TOKEN.findall(known.masked.casefold()), _TOKEN.findall(there.masked.casefold()))
    for ordinal in known.held:
        at = there.held.get(place.get(ordinal, 0))
        if at is not None:
            yield ordinal, at


def _moved(before: list[str], after: list[str]) -> dict[int, int]:
    """Ordinal of a value -> its ordinal in another wording of the sentence: the one with most of the same words beside.

    Of two with as many the one nearer to its old place; a value none of whose words stand there any more has none.
    """
    there = dict(enumerate(_at_masks(after), start=1))
    moved: dict[int, int] = {}
    for nth, at in enumerate(_at_masks(before), start=1):
        left, right = _beside(before, at)
        ranked = [
            (len(left & others[0]) + len(right & others[1]), -abs(nth - other), other)
            for other, others in ((other, _beside(after, place)) for other, place in there.items())
            if other not in moved.values()
        ]
        if ranked and max(ranked)[0] > 0:
            moved[nth] = max(ranked)[2]
    return moved


def _beside(tokens: list[str], at: int) -> tuple[set[str], set[str]]:
    """The words right before and right after a place."""
    return set(tokens[max(0, at - BESIDE) : at]), set(tokens[at + 1 : at + 1 + BESIDE])


def _at_masks(tokens: list[str]) -> list[int]:
    return [at for at, token in enumerate(tokens) if token == sentences.MASK]
