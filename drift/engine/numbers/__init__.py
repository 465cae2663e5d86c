"""Numbers as prose writes them: '1,000', 'thirty', 'thirty (30)', '3 to 5', '30 or 60', 'one and a half'.

Everything works on *folded* text: lower case, with plain hyphens, quotes and spaces, character for character, so
that an offset into it is an offset into the text. A number here has no unit: what it counts is for the kinds.
"""

from __future__ import annotations

from drift.engine.numbers.reading import (
    MAX_ALTERNATIVES,
    Number,
    cues_of,
    in_words,
    is_change,
    read,
    read_one,
    rescaled,
    starts,
)
from drift.engine.numbers.text import SPACE, cues, fold, parts, same, spellings, spoken

__all__ = [
    "MAX_ALTERNATIVES",
    "SPACE",
    "Number",
    "cues",
    "cues_of",
    "fold",
    "in_words",
    "is_change",
    "parts",
    "read",
    "read_one",
    "rescaled",
    "same",
    "spellings",
    "spoken",
    "starts",
]
