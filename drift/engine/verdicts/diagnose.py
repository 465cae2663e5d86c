"""Why a divergence is one, and whom it hurts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from drift.engine import kinds
from drift.model import Claim, Diagnosis, Harm, Language, Preference, Registry, Term
from drift.model.values import Bound, Comparison, Value

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def diagnose(claim: Claim, term: Term, expected: Value, registry: Registry, as_of: date) -> Diagnosis:
    """The first diagnosis that holds, in the order in which they are told."""
    published = claim.value
    if states(published, term, expected):
        return Diagnosis.BOUND
    earlier = [p.value for p in term.timeline if p.end is not None and p.end < as_of]
    coming = [p.value for p in term.timeline if p.start is not None and p.start > as_of]
    if _any_same(published, earlier):
        return Diagnosis.STALE
    if _any_same(published, coming):
        return Diagnosis.EARLY
    if _any_same(published, siblings(term, registry, as_of)):
        return Diagnosis.COPIED
    if kinds.compare(published, expected) is Comparison.UNIT:
        return Diagnosis.UNIT
    return Diagnosis.WRONG


def states(published: Value, term: Term, expected: Value) -> bool:
    """Whether a value is the term's: today's, or another wording of it that the owner accepts."""
    return _any_same(published, (expected, *term.also))


def siblings(term: Term, registry: Registry, as_of: date) -> list[Value]:
    """Today's values of the other terms of the same policy."""
    at = bisect_left(registry.policies, term.policy, key=lambda policy: policy.name)  # they are in order of name
    policy = registry.policies[at]
    periods = [other.on(as_of) for other in policy.terms if other.name != term.name]
    return [period.value for period in periods if period is not None]


def turned_round(claim: Claim, term: Term, language: Language) -> bool:
    """Whether the words around the number limit it in the direction the rule does not.

    A negation or a condition before the value may turn a limit round once more ('no claim may be made more than
    1 year after', 'if uptime falls below 99%', 'below 99%: a credit'): that tells nothing. An age is one rule said
    either way where what is left out is the rest ('under 13 may not', '13 or older'); '13 or younger' is neither, for
    whoever is 13 is on the wrong side, whichever way it is meant.
    """
    if kinds.of(claim.value).one_rule:
        if claim.bound not in (Bound.AT_MOST, Bound.AT_LEAST):
            return False
    elif _turned_once_more(claim, language):
        return False
    if term.bound is Bound.AT_LEAST:
        return claim.bound.ceiling
    if term.bound is Bound.AT_MOST:
        return claim.bound.floor
    return False


def _turned_once_more(claim: Claim, language: Language) -> bool:
    if claim.passage.text[claim.end :].lstrip()[:1] in (":", "→"):
        return True  # 'More than 30 days: no refund' is the condition of what follows
    limit = claim.start if claim.bound_start is None else claim.bound_start  # the 'no' of 'no more than' turns nothing
    before = claim.passage.text[claim.sentence[0] : limit].lower().replace("’", "'")
    words = set(_WORD.findall(before))
    return any(word in words for word in language.phrases.bound_turners)


def harm(claim: Claim, term: Term, expected: Value, diagnosis: Diagnosis) -> Harm | None:
    """Whether the page promises the customer more than the policy or less; None where the owner did not say."""
    if term.customer_prefers is None:
        return None
    more_is_better = term.customer_prefers is Preference.MORE
    if diagnosis is Diagnosis.BOUND:
        page_allows_more = term.bound is Bound.AT_MOST
    else:
        published, policy = kinds.worth(claim.value), kinds.worth(expected)
        if published == policy:
            return None
        page_allows_more = published > policy
    return Harm.GENEROUS if page_allows_more == more_is_better else Harm.HARSH


def _any_same(value: Value, others: Iterable[Value]) -> bool:
    return any(kinds.compare(value, other) is Comparison.SAME for other in others)
