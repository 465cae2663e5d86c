"""The nearest right spelling of a wrong word, words as a name, and a closed list in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LISTED = 40  # words of a closed list that are named
_NEAR = 0.6  # of the letters: two slips in five ('plna' for 'plan', 'owners' for 'owner'), and no other word


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option a person most likely meant, or None where none is near."""
    best = process.extractOne(
        word.lower(), sorted(options), scorer=OSA.normalized_similarity, processor=str.lower, score_cutoff=_NEAR
    )
    return best[0] if best else None


def kebab(words: str) -> str:
    """Words as a name: 'Device Unlock!' -> 'device-unlock'. Empty where nothing of a-z and 0-9 is left."""
    return "-".join(re.findall("[a-z0-9]+", words.lower()))


def one_of(words: Sequence[str]) -> str:
    """A closed list in words; of a long one its beginning."""
    if len(words) > _LISTED:
        return f"one of {', '.join(words[:_LISTED])} and {len(words) - _LISTED} more"
    return f"one of {', '.join(words)}" if len(words) > 1 else words[0]
