"""A share that is left to pay, held against a rule that says how much is taken off: 'pay 80% of it' is 20% off."""

from __future__ import annotations

import re
from dataclasses import replace

from drift.engine.numbers import spellings, spoken
from drift.model import Claim, Language, Term
from drift.model.values import Kind, Value

_REACH = 30  # characters before a value in which 'pay' stands
_WHOLE = 100


def left_to_pay(claim: Claim, term: Term, language: Language) -> Value | None:
    """The discount that a claim's share leaves: 20% of 'pay 80% of'. None where it is no such share, or no discount."""
    value = claim.value
    if value.kind is not Kind.PERCENTAGE or value.is_range or value.alternatives or not 0 < value.low < _WHOLE:
        return None
    paid, of = (spellings(language.phrases[name]) for name in ("paid", "paid of"))
    text, says = claim.passage.text, term.says.lower()
    said = text[max(claim.sentence[0], claim.start - _REACH) : claim.start] + "%" + text[claim.end :][:_REACH]
    if not re.search(rf"(?<!\w)(?:{paid})\s(?:\w+\s)?%\s(?:{of})\b", said.lower()):
        return None
    takes_off = spoken(language.phrases["discounts"]).search(" ".join((says, *term.topics)))
    if not takes_off or re.search(rf"(?<!\w)(?:{paid})\s\S+%?\s(?:{of})\b", says):
        return None
    rest = _WHOLE - value.low
    return replace(value, low=rest, high=rest)
