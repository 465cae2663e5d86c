"""Claims in the words of an example: what the owner of a policy gave as a sentence that states a rule, states it.

An example comes without the page it stands on, and an alarm that it carries is a certain one. So it must be the same
sentence but for small words, and one that says enough to be told by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drift.engine import kinds, sentences
from drift.engine.matching.words import Stemming
from drift.model import Claim, Found, Language, Term
from drift.model.values import Bound, Comparison

TELLING = 3  # words beside its values that a sentence must have: '$5 a month' is said of any fee


class MaskedSentence(NamedTuple):
    """A sentence with its values masked, and its words without the small ones."""

    masked: str
    stems: frozenset[str]


class Example(NamedTuple):
    """A sentence that states a term, and the one of its values that is the term's."""

    said: MaskedSentence
    values: int
    ordinal: int  # 0-based
    bound: Bound

    def is_said(self, claim: Claim, beside: Sequence[Claim], said: MaskedSentence) -> bool:
        """Whether a claim is its value in its words.

        `beside` are the claims of the claim's sentence, itself among them; `said` is what the sentence says.
        """
        return (
            self.values == len(beside)
            and beside[self.ordinal] is claim
            and self.said.stems == said.stems
            and sentences.likeness(self.said.masked, said.masked) >= sentences.KNOWN_AGAIN
        )


def examples(term: Term, language: Language, words: Stemming, dollars: str) -> tuple[Example, ...]:
    """The examples of a term that tell a sentence: those whose words are many enough, with one value of the term's."""
    held = [period.value for period in term.timeline]
    found = []
    for text in term.examples.states:
        values = kinds.find(text, language, dollars=dollars)
        equal = [
            at
            for at, one in enumerate(values)
            if any(kinds.compare(one.value, value) is Comparison.SAME for value in held)
        ]
        said = told(text, values, (0, len(text)), words)
        if len(equal) == 1 and len(said.stems) >= TELLING:
            found.append(Example(said, len(values), equal[0], values[equal[0]].bound))
    return tuple(found)


def told(text: str, values: Sequence[Found | Claim], sentence: tuple[int, int], words: Stemming) -> MaskedSentence:
    """What a sentence of a text says beside its values and what limits them: the half-open span `sentence`."""
    spans = [
        _Span(one.start if one.bound_start is None else min(one.start, one.bound_start), one.end) for one in values
    ]
    masked = sentences.mask(text, spans, sentence)
    return MaskedSentence(masked, frozenset(words.of(masked)))


class _Span(NamedTuple):
    start: int
    end: int
