"""'Raised from 20 GB to 50 GB' states two values, one that held and one that holds: no range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from drift.model import Found, Language
from drift.values import Bound

_REACH = 40  # characters before a range among which the word of change stands: 'increases on 1 May from'


def parted(text: str, founds: Sequence[Found], language: Language) -> tuple[Found, ...]:
    """`founds` with each range that tells a change as its two ends, ascending."""
    if not any(found.value.is_range for found in founds):
        return tuple(founds)
    return tuple(part for found in founds for part in _parts(text, found, language))


def _parts(text: str, found: Found, language: Language) -> tuple[Found, ...]:
    if not found.value.is_range:
        return (found,)
    change, joint = _patterns(language)
    begin = found.start if found.bound_start is None else found.bound_start
    if not change.search(text[max(0, begin - _REACH) : found.start]):
        return (found,)
    to = joint.search(text, found.start, found.end)
    if to is None:
        return (found,)
    low = replace(found.value, high=found.value.low)
    high = replace(found.value, low=found.value.high)
    return (
        replace(found, value=low, end=to.start(), bound=Bound.EXACTLY, bound_start=None),
        replace(found, value=high, start=to.end(), bound=Bound.EXACTLY, bound_start=None),
    )


@lru_cache(maxsize=16)
def _patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before the old value of a change, and what between the old and the new."""
    verbs = "|".join(map(re.escape, language.stances.get("words of change", ()))) or "(?!)"
    prepositions = "|".join(map(re.escape, language.stances.get("change from", ()))) or "(?!)"
    joints = "|".join(map(re.escape, language.stances.get("change to", ()))) or "(?!)"
    before = rf"\b(?:{verbs})\b[^.;:]*\b(?:{prepositions})\s+\W?$"
    return re.compile(before, re.IGNORECASE), re.compile(rf"\s(?:{joints})\s+", re.IGNORECASE)
