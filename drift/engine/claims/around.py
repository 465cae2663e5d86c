"""The words around a value among which a cue may stand: those of its clause."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from drift.engine.claims.cues import OTHER, OWN, tokens
from drift.engine.claims.strangers import Strangers
from drift.model import Found, Language, Passage

_BEFORE, _AFTER = 80, 40  # words of a sentence that are read: real clauses are shorter
_LEAD_IN = 300  # characters of a list's lead-in that are read
_APPOSITION = 4  # words up to which a bracketed value reads on in the sentence around it: '(up to 30 days)'


class SentenceWords:
    """The words of one sentence, cut once for all its values."""

    def __init__(
        self, passage: Passage, sentence: tuple[int, int], founds: Sequence[Found], strangers: Strangers
    ) -> None:
        self._founds = founds
        text = passage.text
        words = tokens(f"{passage.lead_in[-_LEAD_IN:]} ") if passage.lead_in else []
        self._starts: list[int] = []  # where the words of each value begin
        self._ends: list[int] = []
        position = sentence[0]
        for found in founds:
            words += tokens(text[position : found.start])
            self._starts.append(len(words))
            words += tokens(text[found.start : found.end])
            self._ends.append(len(words))
            position = found.end
        words += tokens(text[position : sentence[1]])
        self._words = strangers.marked(words)

    def around(self, index: int, language: Language) -> list[str]:
        """The words of the clause of one value, lower case; it and others of its kind are replaced by their signs.

        A list's lead-in is read before its items. Of a sentence without end only what is near is read.
        """
        own = self._founds[index]
        position = max(0, self._starts[index] - _BEFORE)
        end = self._ends[index] + _AFTER
        words: list[str] = []
        for at, found in enumerate(self._founds):
            if self._ends[at] <= position or found.value.kind != own.value.kind:
                continue
            if self._starts[at] >= end:
                break
            words += self._words[position : self._starts[at]]
            words.append(OWN if at == index else OTHER)
            position = self._ends[at]
        words += self._words[position:end]
        return _clause(_unbracketed(words), language)


def _unbracketed(words: list[str]) -> list[str]:
    """The words inside the brackets the own value stands in; else, and where they hold little more than the value
    itself, the words around with other brackets left out."""
    if "(" not in words:
        return words
    outer: list[str] = []
    inner: list[str] | None = None
    for word in words:
        if word == "(" and inner is None:
            inner = []
        elif word == ")" and inner is not None:
            if OWN in inner:
                if len(inner) > _APPOSITION:
                    return inner
                outer += inner
            inner = None
        else:
            (outer if inner is None else inner).append(word)
    return inner if inner and OWN in inner else outer


def _clause(words: list[str], language: Language) -> list[str]:
    """The words between the semicolons and contrasting words ('but', 'now') around the own value."""
    breaks = _contrasts(language)
    own = words.index(OWN)
    start = max((at + 1 for at in range(own) if words[at] in breaks), default=0)
    end = next((at for at in range(own + 1, len(words)) if words[at] in breaks), len(words))
    return words[start:end]


@lru_cache(maxsize=16)
def _contrasts(language: Language) -> frozenset[str]:
    return frozenset((";", *language.phrases.contrasts))
