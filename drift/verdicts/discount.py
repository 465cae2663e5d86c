"""A share that is left to pay, held against a rule that says how much is taken off: 'pay 80% of it' is 20% off."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from drift.model import Claim, Language, Term
from drift.numbers import spellings
from drift.values import Kind, Value

_REACH = 30  # characters before a value in which 'pay' stands
_WHOLE = 100


def left_to_pay(claim: Claim, term: Term, language: Language) -> Value | None:
    """The discount that a claim's share leaves: 20% of 'pay 80% of'. None where it is no such share, or no discount."""
    value = claim.value
    if value.kind is not Kind.PERCENTAGE or value.is_range or value.alternatives or not 0 < value.low < _WHOLE:
        return None
    words, text = _words(language), claim.passage.text
    before = text[max(claim.sentence[0], claim.start - _REACH) : claim.start].lower()
    if not words.paid.search(before) or not words.of.match(text[claim.end : claim.end + _REACH].lower()):
        return None
    rule = " ".join((term.says, *term.topics)).lower()
    if not words.discount.search(rule) or words.rule_pays.search(term.says.lower()):
        return None
    rest = _WHOLE - value.low
    return replace(value, low=rest, high=rest)


class _Words(NamedTuple):
    paid: re.Pattern[str]
    of: re.Pattern[str]
    discount: re.Pattern[str]
    rule_pays: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(language: Language) -> _Words:
    def listed(name: str) -> str:
        return spellings(language.phrases.get(name, ()))

    return _Words(
        re.compile(rf"(?<!\w)(?:{listed('paid')})\s(?:\w+\s)?\Z"),
        re.compile(rf"\s(?:{listed('paid of')})\b"),
        re.compile(rf"(?<!\w)(?:{listed('discounts')})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{listed('paid')})\s\S+%?\s(?:{listed('paid of')})\b"),
    )
