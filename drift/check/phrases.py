"""Which phrases stand by some sentences more often than by others: counting, and nothing else.

Phrases are ranked by the log-likelihood ratio of a fourfold table: with and without the phrase, by sentences of the
term and by others. How many times more often a phrase stands there (its lift) would put what stands by two sentences
of the term and by no other before what stands by twenty and by one; the ratio weighs how much was seen as well, and
unlike chi-square it holds for counts as small as those of one term. Both counts are told beside it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from drift.engine import kinds, sentences
from drift.engine.matching.words import words_of
from drift.model import Language

LONGEST = 4  # words
LEAST = 2  # sentences of the term that a phrase stands by: what one alone has is its wording, and no name of a rule
# The ratio that chance gives one phrase in a thousand (chi-square, one degree of freedom); a term has hundreds.
# Of the 20 phrases that the sample help centre gives its terms from 6.63 on, one in a hundred, the eight below 10.83
# name no rule ('Larkspur', 'plan', 'bill').
FLOOR = 10.83
MOST = 20  # phrases: more than an owner reads

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’][^\W\d_]+)?|\d[^\W_]*")
_JOINED = re.compile(r"[ \u00a0\u202f]|[-\u2010\u2011]")  # what may stand between two words of a phrase
_SPACES = frozenset(" \u00a0\u202f")

Stems = tuple[str, ...]  # a phrase whatever its endings: stop words as they stand


class At(NamedTuple):
    """Where a phrase stands in the texts of a sentence: the number of the text, and a half-open span in it."""

    text: int
    start: int
    end: int


class Ranked(NamedTuple):
    """A phrase with the counts it is ranked by; `at` names a sentence of the term, by its place, and where there."""

    words: str
    own: int
    others: int
    weight: float
    at: tuple[int, At]


class PhraseFinder:
    """Finds the phrases of texts in one language, of which no value, no number and no mark of punctuation is a part."""

    def __init__(self, language: Language, dollars: str) -> None:
        self._language = language
        self._dollars = dollars
        self._words = words_of(language)
        self._numbers = frozenset(language.numbers)
        self._found: dict[str, Mapping[Stems, tuple[int, int]]] = {}
        self._masked: dict[str, str] = {}

    def masked(self, text: str) -> str:
        """The text with each value, and the words that limit it, blanked out at its own place."""
        if text not in self._masked:
            blank = list(text)
            for one in kinds.find(text, self._language, dollars=self._dollars):
                start = one.start if one.bound_start is None else min(one.start, one.bound_start)
                blank[start : one.end] = sentences.MASK * (one.end - start)
            self._masked[text] = "".join(blank)
        return self._masked[text]

    def phrases(self, text: str) -> Mapping[Stems, tuple[int, int]]:
        """Every phrase of 1 to `LONGEST` words with neither end a stop word or a number, and where it stands first."""
        if text not in self._found:
            found: dict[Stems, tuple[int, int]] = {}
            masked = self.masked(text)
            for run in self._runs(masked):
                for stems, span in self._sequences(masked, run):
                    found.setdefault(stems, span)
            self._found[text] = found
        return self._found[text]

    def stems(self, text: str) -> Stems:
        """All words of a text, as a phrase has them."""
        return tuple(self._words.all_of(text))

    def _runs(self, text: str) -> Iterator[list[re.Match[str]]]:
        """The words that stand side by side."""
        run: list[re.Match[str]] = []
        for word in _WORD.finditer(text):
            if run and not _JOINED.fullmatch(text[run[-1].end() : word.start()]):
                yield run
                run = []
            if word.group().isdecimal():
                if run:
                    yield run
                run = []
            else:
                run.append(word)
        if run:
            yield run

    def _sequences(self, text: str, run: Sequence[re.Match[str]]) -> Iterator[tuple[Stems, tuple[int, int]]]:
        """The phrases of words side by side. None cuts what a hyphen joins: a 'top-up' is neither a top nor an 'up'."""
        said = [self._said(word.group()) for word in run]
        joined = [text[one.end()] not in _SPACES for one in run[:-1]]  # to the next
        before, after = [False, *joined], [*joined, False]
        begins = [not before[at] and (said[at][1] or after[at]) for at in range(len(run))]
        ends = [not after[at] and (said[at][1] or before[at]) for at in range(len(run))]
        for first in range(len(run)):
            for last in range(first, min(first + LONGEST, len(run))):
                if begins[first] and ends[last]:
                    yield tuple(stem for stem, _ in said[first : last + 1]), (run[first].start(), run[last].end())

    def _said(self, word: str) -> tuple[str, bool]:
        """The stem of a word, and whether a phrase may begin and end with it."""
        stem = "".join(self._words.all_of(word))
        return stem, bool(self._words.of(word)) and word.lower() not in self._numbers


class SentenceContext(NamedTuple):
    """A sentence and what stands around it, with who reads its language."""

    texts: tuple[str, ...]
    reader: PhraseFinder

    @property
    def known_by(self) -> tuple[str, ...]:
        """The same for the same words in the same surroundings, whatever their values."""
        return tuple(re.sub(f"{sentences.MASK}+", sentences.MASK, self.reader.masked(text)) for text in self.texts)

    def phrases(self) -> Mapping[Stems, At]:
        """Every phrase, and where it stands: in the sentence itself where it does, as the first of the texts."""
        found: dict[Stems, At] = {}
        for number, text in enumerate(self.texts):
            for stems, span in self.reader.phrases(text).items():
                found.setdefault(stems, At(number, *span))
        return found


def ranked(
    own: Sequence[SentenceContext], others: Sequence[SentenceContext], known: Callable[[Stems], bool]
) -> tuple[Ranked, ...]:
    """The phrases that stand by `own` sentences more often than by `others`, best first; `known` ones are left out.

    Left out is one that stands by the very same sentences as a better one with which it shares more than a stop word,
    and one that holds or is held by another which stands by no fewer sentences of the term and by no more others.
    """
    places: dict[Stems, dict[int, At]] = defaultdict(dict)
    for number, sentence in enumerate(own):
        for stems, at in sentence.phrases().items():
            places[stems][number] = at
    wanted = {stems: held for stems, held in places.items() if len(held) >= LEAST and not known(stems)}
    elsewhere: dict[Stems, set[int]] = defaultdict(set)
    for number, sentence in enumerate(others):
        for text in sentence.texts:
            for stems in sentence.reader.phrases(text).keys() & wanted.keys():
                elsewhere[stems].add(number)
    weights = {
        stems: weight
        for stems, held in wanted.items()
        if (weight := ratio(len(held), len(own), len(elsewhere[stems]), len(others))) >= FLOOR
    }
    telling = {stems[0] for stems in places if len(stems) == 1}  # no stop words
    kept: list[Stems] = []
    for stems in sorted(weights, key=lambda one: (-weights[one], -len(one), one)):
        if len(kept) < MOST and not any(_beaten(stems, one, wanted, elsewhere, telling) for one in kept):
            kept.append(stems)
    return tuple(
        Ranked(
            _spelled(own[number].texts[at.text][at.start : at.end] for number, at in wanted[stems].items()),
            len(wanted[stems]),
            len(elsewhere[stems]),
            weights[stems],
            _shown(wanted[stems], own),
        )
        for stems in kept
    )


def ratio(own: int, of_own: int, others: int, of_others: int) -> float:
    """How surely a phrase by `own` of `of_own` sentences and `others` of `of_others` more is no chance.

    That is G², the log-likelihood ratio of the fourfold table; negative where it stands by others more often.
    """
    total, held = of_own + of_others, own + others
    cells = (
        (own, of_own, held),
        (others, of_others, held),
        (of_own - own, of_own, total - held),
        (of_others - others, of_others, total - held),
    )
    found = 2 * sum(seen * math.log(seen * total / (row * column)) for seen, row, column in cells if seen)
    return found if own * of_others > others * of_own else -found


def holds(stems: Stems, part: Stems) -> bool:
    """Whether some words stand in others, in their order and side by side."""
    return any(stems[at : at + len(part)] == part for at in range(len(stems) - len(part) + 1))


def _beaten(
    stems: Stems,
    better: Stems,
    own: Mapping[Stems, Mapping[int, At]],
    others: Mapping[Stems, set[int]],
    telling: AbstractSet[str],
) -> bool:
    """Whether one that is ranked before makes a phrase superfluous."""
    if holds(stems, better) or holds(better, stems):
        return len(own[stems]) <= len(own[better]) and len(others[stems]) >= len(others[better])
    same = own[stems].keys() == own[better].keys() and others[stems] == others[better]
    return same and not telling.isdisjoint(set(stems).intersection(better))


def _spelled(written: Iterable[str]) -> str:
    """The commonest spelling of a phrase, with no more capitals than it is ever written with."""
    spellings = Counter(" ".join(one.split()) for one in written)
    folded: Counter[str] = Counter()
    for one, count in spellings.items():
        folded[one.lower()] += count
    common = min(folded, key=lambda one: (-folded[one], one))
    alike = [one for one in spellings if one.lower() == common]
    return min(alike, key=lambda one: (sum(map(str.isupper, one)), one))


def _shown(places: Mapping[int, At], own: Sequence[SentenceContext]) -> tuple[int, At]:
    """The shortest sentence that has the phrase itself, else the shortest text around one."""
    return min(
        places.items(),
        key=lambda place: (place[1].text > 0, len(own[place[0]].texts[place[1].text]), place[0]),
    )
