"""Which sentences of two versions of a page may be one, without comparing each with each where there are many.

Comparing words is dear, and of 2,000 changed sentences each with each are four million pairs. There a sentence is held
against those alone that share its rarest words. One that shares none of them cannot be seen to be as like, so that a
likest one is sure only where what it has in common with ours outweighs what the others could.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from drift.engine import sentences

MOST_PAIRS = 40_000
MOST_LETTERS = 4_000_000_000
"""Pairs of sentences, and of their letters, up to which all are compared: 200 changed sentences on either side. 2,000
that are not are followed in 2.5 s of CPU, judging included (docs/decisions/0022)."""

NEIGHBOURS = (
    24  # sentences that are looked at for one by its rarest words: a name in a table stands in its row and column
)

Rank = tuple[float, str, str]  # likeness as a negative number, so that the likest comes first; one, other


class Near(NamedTuple):
    """Pairs of sentences that may be one, likest first; `sure` are those that no pair left out can come near."""

    ranked: list[Rank]
    sure: frozenset[tuple[str, str]] | None = None  # None if none was left out

    def beside(self) -> Mapping[str, list[Rank]]:
        """By sentence, the pairs it stands in. The two sides share no sentence."""
        found: dict[str, list[Rank]] = defaultdict(list)
        for rank in self.ranked:
            found[rank[1]].append(rank)
            found[rank[2]].append(rank)
        return found


def near(known: Collection[str], here: Collection[str], least: float, apart: float) -> Near:
    """The pairs of two sets of masked sentences with a likeness of `least`; `apart` is what tells two likenesses."""
    letters = sum(map(len, known)) * sum(map(len, here))
    if len(known) * len(here) <= MOST_PAIRS and letters <= MOST_LETTERS:
        return Near(_ranked(((one, other) for one in known for other in here), least))
    ours, theirs = _rarest(known, here), _rarest(here, known)
    pairs = {(one, other): None for one, found in ours.items() for other in found.neighbours}
    pairs |= {(one, other): None for other, found in theirs.items() for one in found.neighbours}
    ranked = _ranked(pairs, least)
    sure = []
    for likeness, one, other in ranked:
        changed = (1 + likeness + apart) * (sentences.weight(one) + sentences.weight(other))
        if changed < 2 * min(ours[one].weight, theirs[other].weight):
            sure.append((one, other))
    return Near(ranked, frozenset(sure))


def _ranked(pairs: Iterator[tuple[str, str]] | Mapping[tuple[str, str], None], least: float) -> list[Rank]:
    likely = ((-sentences.likeness(one, other), one, other) for one, other in pairs if _may_be_alike(one, other, least))
    return sorted(rank for rank in likely if -rank[0] >= least)


class _Rarest(NamedTuple):
    """The sentences that share the rarest words of one, and what those words weigh in it."""

    neighbours: Collection[str]
    weight: int


def _rarest(group: Collection[str], others: Collection[str]) -> dict[str, _Rarest]:
    """For each sentence of a group: the others that share its rarest words, as many as are looked at."""
    holding: dict[str, list[str]] = defaultdict(list)
    for other in others:
        for stem in sentences.stems(other):
            holding[stem].append(other)
    found = {}
    for one in group:
        left, weight = NEIGHBOURS, 0
        neighbours: dict[str, None] = {}
        stems = sentences.stems(one)
        for stem in sorted(stems, key=lambda stem: (len(holding.get(stem, ())), stem)):
            left -= len(holding.get(stem, ()))
            if left < 0:
                break
            weight += stems[stem]
            neighbours.update(dict.fromkeys(holding.get(stem, ())))
        found[one] = _Rarest(neighbours, weight)
    return found


def _may_be_alike(a: str, b: str, least: float) -> bool:
    """Whether two lengths leave room for the likeness that is asked for: comparing words is dear."""
    short, long = sorted((len(a), len(b)))
    return 2 * short >= 0.8 * least * (short + long)
