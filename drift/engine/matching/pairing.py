"""Which sentence of a page is which answered one.

Being wrong here makes a false alarm that is certain. So an answer never goes to a sentence that may be another one:
where two could both be meant, and the answers about them are not the same, neither is known, and words decide.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, TypeVar

from drift.engine import kinds
from drift.engine.matching.nearness import near
from drift.engine.matching.writing import ValueSpan, Writing

SAME = 0.75  # likeness of the words from which a sentence is known again
APART = 0.02  # by which it must be likelier than any other that may be meant
# Both as measured in docs/decisions/0007-knowing-a-sentence-again.md.

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PairedSentence(Generic[T]):
    """One sentence with what is held about its values, by their 1-based ordinal in it."""

    text: str
    masked: str
    repeat: int  # 0 for the first of its text
    spans: tuple[ValueSpan, ...]
    held: dict[int, T]

    @property
    def values(self) -> tuple[object, ...]:
        """What it states, however it is spelled: '30 days' and 'thirty (30) days' are one."""
        return tuple(span.value or self.text[span.start : span.end] for span in self.spans)


Known = PairedSentence[Any]  # with an Answer or a Followed for its values: both name a term, or none
There = PairedSentence[int]
Pair = tuple[Known, There]


def gathered(writing: Writing, placed: Iterable[tuple[str, int, T]]) -> list[PairedSentence[T]]:
    """Sentences in the order in which they first come up, from (sentence, nth, what is held)."""
    found: dict[tuple[str, int], PairedSentence[T]] = {}
    for text, nth, what in placed:
        repeat, ordinal = divmod(nth - 1, writing.size(text))
        sentence = found.get((text, repeat))
        if sentence is None:
            sentence = PairedSentence(text, writing.masked(text), repeat, writing.spans(text), {})
            found[text, repeat] = sentence
        sentence.held[ordinal + 1] = what
    return list(found.values())


def pairs(answered: Sequence[Known], there: Sequence[There]) -> Iterator[Pair]:
    """Each answered sentence with the one it is on the page: the same words, values apart, else the likest ones."""
    known, here = _by_words(answered), _by_words(there)
    for masked in [masked for masked in known if masked in here]:
        paired, known[masked], here[masked] = _told_apart(known[masked], here[masked])
        yield from paired
    known = {masked: twins for masked, twins in known.items() if twins}
    here = {masked: twins for masked, twins in here.items() if twins}
    for one, other in _likest(known, here):
        paired, _, _ = _told_apart(known[one], here[other])
        yield from paired


def _by_words(group: Iterable[PairedSentence[T]]) -> dict[str, list[PairedSentence[T]]]:
    found: dict[str, list[PairedSentence[T]]] = defaultdict(list)
    for sentence in group:
        found[sentence.masked].append(sentence)
    return dict(found)


def _by_values(group: Iterable[PairedSentence[T]]) -> dict[tuple[object, ...], list[PairedSentence[T]]]:
    found: dict[tuple[object, ...], list[PairedSentence[T]]] = defaultdict(list)
    for sentence in group:
        found[sentence.values].append(sentence)
    return found


def _told_apart(known: Sequence[Known], here: Sequence[There]) -> tuple[list[Pair], list[Known], list[There]]:
    """Pairs of sentences that differ in nothing but their values, and those of each side that are still to be paired.

    Those with the same values go together first. Where that leaves it open which is which, none of them are paired,
    now or later.
    """
    if len(known) == len(here) and _one(sentence.text for sentence in known):  # repeats: their order is known
        return list(zip(sorted(known, key=operator.attrgetter("repeat")), here, strict=True)), [], []
    paired: list[Pair] = []
    by_values, here_by_values = _by_values(known), _by_values(here)
    for values, ours in by_values.items():
        theirs = here_by_values.get(values)
        if theirs and (_agreed(ours) or len(theirs) == 1 + max(sentence.repeat for sentence in ours)):
            paired += _in_order(ours, theirs)
    known_left = [sentence for sentence in known if sentence.values not in here_by_values]
    here_left = [sentence for sentence in here if sentence.values not in by_values]
    if not known_left or not here_left:
        return paired, known_left, here_left
    if len(known_left) == len(here_left):
        paired += _one_each(known_left, here_left)
    elif len(known_left) > len(here_left) and _agreed(known_left):
        paired += zip(known_left, here_left, strict=False)
    return paired, [], []


def _one_each(known: Sequence[Known], here: Sequence[There]) -> Iterable[Pair]:
    """Pairs of as many sentences on either side, whose values have all changed; none where it is open which is which.

    It is known for repeats of one sentence by their order, and makes no difference where all answers or all values
    are the same. Else what stated less than another does so still.
    """
    if _one(sentence.text for sentence in known):
        return zip(sorted(known, key=operator.attrgetter("repeat")), here, strict=True)
    if _agreed(known) or _one(sentence.values for sentence in here):
        return zip(known, here, strict=True)
    if _stepped(known) and _stepped(here):
        return zip(sorted(known, key=_sizes), sorted(here, key=_sizes), strict=True)
    return ()


def _one(things: Iterable[object]) -> bool:
    return len(set(things)) == 1


def _in_order(ours: Sequence[Known], theirs: Sequence[There]) -> Iterator[Pair]:
    """Repeats by their number on the page, and any other by its place."""
    waiting = list(theirs)
    for one in sorted(ours, key=operator.attrgetter("repeat"), reverse=True):
        if waiting:
            yield one, waiting.pop(min(one.repeat, len(waiting) - 1))


def _agreed(known: Sequence[Known]) -> bool:
    """Whether the answers are the same for all of some sentences."""
    return _one(frozenset((nth, answer.term) for nth, answer in one.held.items()) for one in known)


def _stepped(twins: Sequence[Known] | Sequence[There]) -> bool:
    """Whether each of some sentences states more than another, value by value: what was least is least again."""
    steps = list(pairwise(sorted(map(_sizes, twins))))
    return all(a and len(a) == len(b) and all(map(operator.lt, a, b)) for a, b in steps)


def _sizes(sentence: PairedSentence[Any]) -> list[float]:
    return [kinds.magnitude(span.value) for span in sentence.spans if span.value is not None]


def _likest(known: dict[str, list[Known]], here: dict[str, list[There]]) -> Iterator[tuple[str, str]]:
    """The words of answered sentences with those they read as now, the likest first, each once."""
    ranked, sure = likely = near(known, here, SAME, APART)
    beside = likely.beside()
    done: set[str] = set()
    taken: set[str] = set()
    for likeness, one, other in ranked:
        if one in done or other in taken:
            continue
        close = [
            (mine, its)
            for rank, mine, its in (*beside[one], *beside[other])
            if rank <= likeness + APART and (mine == one) != (its == other) and mine not in done and its not in taken
        ]
        done.add(one)
        taken.add(other)
        if (sure is None or (one, other) in sure) and _stands_out(one, other, close, known, here):
            yield one, other


def _stands_out(
    one: str,
    other: str,
    close: Sequence[tuple[str, str]],
    known: dict[str, list[Known]],
    here: dict[str, list[There]],
) -> bool:
    """Whether of all that are as like the two are meant: by their values, or because it makes no difference."""

    def states(mine: str, its: str) -> bool:
        return bool({a.values for a in known[mine]} & {b.values for b in here[its]})

    if all(its == other and _agreed([*known[one], *known[mine]]) for mine, its in close):
        return True
    return states(one, other) and not any(states(mine, its) for mine, its in close)
