"""Opening and closing times: 'open from 6am to 10pm' states both, and a registry has a pair of terms or one range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from drift.engine import kinds
from drift.engine.numbers import spellings
from drift.model import Claim, Language, Registry, Term

_REACH = 40  # characters before a time in which 'until' or 'opens' stands
OPENS, CLOSES = "opens", "closes"


def apart(claims: Sequence[Claim], registry: Registry, language: Language) -> tuple[Claim, ...]:
    """The claims, a span of hours being two times of day where the registry keeps them as a pair of terms."""
    if not any(_is_span(claim) for claim in claims):
        return tuple(claims)
    values = [period.value for term in registry.terms for period in term.timeline if kinds.is_time(period.value)]
    edges = {edge_of_term(term, language) for term in registry.terms if kinds.is_time(term.timeline[0].value)}
    if not {OPENS, CLOSES} <= edges or any(value.is_range for value in values):
        return tuple(claims)
    return tuple(part for claim in claims for part in (_two(claim, language) if _is_span(claim) else (claim,)))


def edge(claim: Claim, language: Language) -> str | None:
    """Whether a time of day is said to open or to close something; None if it is not said, or for both."""
    if not kinds.is_time(claim.value) or claim.value.is_range:
        return None
    text = claim.passage.text
    before = text[max(claim.sentence[0], claim.start - _REACH) : claim.start].lower()
    found = list(_words(language).edge.finditer(before))
    return (found[-1].lastgroup or CLOSES) if found else None


def edge_of_term(term: Term, language: Language) -> str | None:
    """Whether a term is an opening or a closing time; None if it says neither or both."""
    found = {match.lastgroup for match in _words(language).edge.finditer(term.says.lower())}
    return found.pop() if len(found) == 1 else None


def _is_span(claim: Claim) -> bool:
    return kinds.is_time(claim.value) and claim.value.is_range and not claim.value.alternatives


def _two(claim: Claim, language: Language) -> tuple[Claim, ...]:
    """The claims of both ends, each with its own part of the text."""
    joint = _words(language).joint.search(claim.value_text.lower())
    if joint is None:
        return (claim,)
    low, high = (replace(claim.value, low=end, high=end) for end in (claim.value.low, claim.value.high))
    middle = claim.start + joint.start(), claim.start + joint.end()
    return (
        replace(claim, value=low, end=middle[0]),
        replace(claim, value=high, start=middle[1], bound_start=None, ordinal=claim.ordinal + 1),
    )


class _HourWords(NamedTuple):
    edge: re.Pattern[str]
    joint: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(language: Language) -> _HourWords:
    said = language.phrases
    closes, joins = spellings((*said.closing_words, *said.until)), spellings((*said.to, *said.until))
    return _HourWords(
        re.compile(
            rf"(?<!\w)(?:(?P<{CLOSES}>{closes}|(?<=[0-9mh] )(?:{spellings(said.to)}))"
            rf"|(?P<{OPENS}>{spellings(said.opening_words)}))(?!\w)|(?<=[0-9mh])[ ]?(?:[-–—])(?=[ ]?\Z)"
        ),
        re.compile(rf"\s?[-–—]\s?|\s+(?:{joins})\s+"),
    )
