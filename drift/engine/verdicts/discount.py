"""A share that is left to pay, held against a rule that says how much is taken off: 'pay 80% of it' is 20% off."""

from __future__ import annotations

import re

from drift.engine import kinds
from drift.engine.numbers import spellings, spoken
from drift.model import Claim, Language, Term
from drift.model.values import Value

_REACH = 30  # characters before a value in which 'pay' stands


def left_to_pay(claim: Claim, term: Term, language: Language) -> Value | None:
    """The discount that a claim's share leaves: 20% of 'pay 80% of'. None where it is no such share, or no discount."""
    rest = kinds.of(claim.value).rest(claim.value)
    if rest is None:
        return None
    paid, of = map(spellings, (language.phrases.paid, language.phrases.paid_of))
    text, says = claim.passage.text, term.says.lower()
    said = text[max(claim.sentence[0], claim.start - _REACH) : claim.start] + "%" + text[claim.end :][:_REACH]
    if not re.search(rf"(?<!\w)(?:{paid})\s(?:\w+\s)?%\s(?:{of})\b", said.lower()):
        return None
    takes_off = spoken(language.phrases.discounts).search(" ".join((says, *term.topics)))
    if not takes_off or re.search(rf"(?<!\w)(?:{paid})\s\S+%?\s(?:{of})\b", says):
        return None
    return rest
