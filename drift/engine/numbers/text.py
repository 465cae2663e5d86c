"""Folded text, and patterns of words in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

SPACE = "[ ]{0,3}"

_WORD = re.compile(r"[^\W_]+")
_APART = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))  # a table of every code is quickest

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\t\u00a0\u2007\u2009\u200a\u202f\u3000", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc", "'"),
        **dict.fromkeys("\u301c\uff5e", "~"),
        **dict.fromkeys("\u201c\u201d\u2033", '"'),
    }
)


def fold(text: str) -> str:
    """The text in lower case with plain typography, each character at its own offset."""
    low = text.lower()
    if len(low) != len(text):  # 'İ' grows when it is lowered
        low = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return low if low.isascii() and "\t" not in low else low.translate(_TYPOGRAPHY)


def parts(folded: str) -> list[str]:
    """The words of a folded text, in order: what stands between characters that are neither letters nor digits."""
    return folded.translate(_APART).split() if folded.isascii() else _WORD.findall(folded)


def cues(spellings: Iterable[str]) -> frozenset[str]:
    """Words of which the `parts` of a text must hold one for `spellings` to match in it. Each needs a letter or digit.

    The longest of each spelling, as longer words are rarer: most texts hold none and need not be searched.
    """
    return frozenset(max(reversed(parts(spelling)), key=len) for spelling in spellings)


def spellings(words: Iterable[str]) -> str:
    """A pattern that matches any of these words, longest first; a space in one matches up to three."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", "[ ]{1,3}") for word in ordered) or "(?!)"


@lru_cache(maxsize=256)
def spoken(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of these words in a text, whole and in whatever case."""
    return re.compile(rf"(?<!\w)(?:{spellings(words)})(?!\w)", re.IGNORECASE)


def same(spelling: str) -> str:
    """A matched spelling with its spaces folded, as the language file writes it."""
    return " ".join(spelling.split())
