"""Which value of a sentence is which in another wording of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from drift.engine import sentences
from drift.engine.matching.pairing import Known, PairedSentence, There

MOST_COMPARED = 2_500
"""Pairs of the values of two wordings that are compared: more than 50 values in a reworded sentence are left to their
words, as the time for them grows with their square. A list of so many has no words to tell them by."""

BESIDE = 4  # words on either side by which a value is told from its neighbours in a reworded sentence

_WORD = re.compile(r"\w+")


def aligned(known: Known, there: There) -> Iterator[tuple[int, int]]:
    """(ordinal, claim) for the answered values of one sentence: the same number, or the same words around."""
    place = {ordinal: ordinal for ordinal in known.held} if known.masked == there.masked else _moved(known, there)
    for ordinal in known.held:
        at = there.held.get(place.get(ordinal, 0))
        if at is not None:
            yield ordinal, at


def _moved(known: Known, there: There) -> dict[int, int]:
    """Ordinal of a value -> its ordinal in another wording of the sentence: the one with most of the same words beside.

    Of two with as many, the one that states the same, then the one nearer to its old place. A value none of whose
    words stand there any more has none, unless the sentence has as many values as before and its place is free.
    """
    old, new = known.values, there.values
    if len(set(old)) == len(old) and set(old) == set(new):  # only in another order
        places = {value: nth for nth, value in reversed(list(enumerate(new, start=1)))}
        return {nth: places[value] for nth, value in enumerate(old, start=1)}
    if len(old) * len(new) > MOST_COMPARED:
        return {}
    before, after = _neighbours(known), _neighbours(there)
    ranked = sorted(
        (
            -len(left & others[0]) - len(right & others[1]),
            old[nth] != new[other],
            abs(nth - other),
            nth,
            other,
        )
        for nth, (left, right) in enumerate(before)
        for other, others in enumerate(after)
        if left & others[0] or right & others[1]
    )
    moved: dict[int, int] = {}
    taken: set[int] = set()
    for *_, nth, other in ranked:
        if nth not in moved and other not in taken:
            moved[nth] = other
            taken.add(other)
    if len(before) == len(after):
        free = set(range(len(after))) - taken
        moved |= {nth: nth for nth in free if nth not in moved}
    return {nth + 1: other + 1 for nth, other in moved.items()}


def _neighbours(sentence: PairedSentence[Any]) -> list[tuple[set[str], set[str]]]:
    """For each value the words right before and right after it, other values as one word."""
    tokens: list[str] = []
    places = []
    position = 0
    for span in sentence.spans:
        tokens += _WORD.findall(sentence.text[position : span.start].casefold())
        places.append(len(tokens))
        tokens.append(sentences.MASK)
        position = span.end
    tokens += _WORD.findall(sentence.text[position:].casefold())
    return [(set(tokens[max(0, at - BESIDE) : at]), set(tokens[at + 1 : at + 1 + BESIDE])) for at in places]
