"""Why a divergence is one, told in a fixed order, and whom it hurts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.model import Diagnosis, Examined, Harm, Outcome, Verdict

TERMS = """
- term: wait
  says: A phone can be unlocked once it has had some days of paid service.
  value:
    - {{is: 90 days, until: 2025-12-31}}
    - {{is: {value}, from: 2026-01-01, until: 2026-12-31}}
    - {{is: 45 days, from: 2027-01-01}}
  bound: {bound}
  topics: [unlock your phone]
  published_at: ["**/article"]
- term: handling
  says: A request is answered in some days.
  value: {sibling}
  topics: [answer to a request]
"""


def verdict(
    examined: Callable[..., Examined],
    stated: str,
    *,
    value: str = "60 days",
    bound: str = "at least",
    sibling: str = "2 days",
    more: str = "",
) -> Verdict:
    terms = TERMS.format(value=value, bound=bound, sibling=sibling).replace(
        "- term: handling", f"  {more}\n- term: handling"
    )
    seen = examined(terms, f"# Unlock your phone\n\nYou can unlock your phone after {stated} of paid service.\n")
    assert len(seen.verdicts) == 1
    return seen.verdicts[0]


@pytest.mark.parametrize(
    ("stated", "options", "diagnosis"),
    [
        ("90 days", {}, "stale"),
        ("45 days", {}, "early"),
        ("2 days", {}, "copied"),
        ("up to 60 days", {}, "bound"),
        ("60 business days", {}, "unit"),
        ("60 months", {}, "unit"),
        ("30 days", {}, "wrong"),
        # one value, several truths: the first of the order is told
        ("90 days", {"sibling": "90 days"}, "stale"),
        ("45 days", {"sibling": "45 days"}, "early"),
        ("60 months", {"sibling": "60 months"}, "copied"),
        ("90 days", {"value": "90 months"}, "stale"),
        # the right number turned round is no old value, though it was the value before
        ("up to 90 days", {"value": "90 days"}, "bound"),
        ("up to 60 days", {"sibling": "60 days"}, "bound"),
    ],
)
def test_the_first_diagnosis_that_holds_is_told(
    examined: Callable[..., Examined], stated: str, options: dict[str, str], diagnosis: str
) -> None:
    found = verdict(examined, stated, **options)

    asked = diagnosis == "bound"  # the right number turned round: words alone are never enough
    assert found.outcome is (Outcome.SUSPECT if asked else Outcome.DIVERGES)
    assert found.diagnosis is Diagnosis(diagnosis)


def test_a_limit_that_heads_what_follows_is_its_condition(examined: Callable[..., Examined]) -> None:
    terms = "- {term: a, says: Our uptime is 99.9%., value: 99.9%, bound: at least, topics: [uptime]}"

    assert examined(terms, "Uptime: < 99.9%").verdicts[0].diagnosis is Diagnosis.BOUND
    assert examined(terms, "Uptime < 99.9%: a credit").verdicts[0].outcome is not Outcome.DIVERGES


def test_the_value_of_another_scope_is_copied_and_a_question(examined: Callable[..., Examined]) -> None:
    terms = """
    - {term: a, says: You can unlock your phone after some days., value: 60 days, scope: {plan: postpaid}}
    - {term: b, says: You can unlock your phone after some days., value: 180 days, scope: {plan: prepaid}}
    """
    page = "# Unlock your phone\n\n## Prepaid\n\nYou can unlock your phone after 60 days.\n"
    found = examined(terms, page).verdicts[0]

    assert (found.outcome, found.diagnosis) == (Outcome.SUSPECT, Diagnosis.COPIED)


@pytest.mark.parametrize(
    ("prefers", "stated", "bound", "harm"),
    [
        ("less", "30 days", "at least", Harm.GENEROUS),
        ("less", "70 days", "at least", Harm.HARSH),
        ("more", "30 days", "at least", Harm.HARSH),
        ("more", "70 days", "at least", Harm.GENEROUS),
        ("less", "60 hours", "at least", Harm.GENEROUS),
        ("less", "60 months", "at least", Harm.HARSH),
        ("less", "up to 60 days", "at least", Harm.GENEROUS),  # the wait may be shorter
        ("more", "up to 60 days", "at least", Harm.HARSH),
        ("more", "at least 60 days", "at most", Harm.GENEROUS),
        ("less", "at least 60 days", "at most", Harm.HARSH),
        ("less", "70 to 90 days", "at least", Harm.HARSH),
        ("less", "30 to 60 days", "at least", Harm.GENEROUS),
        ("more", "60 to 90 days", "at most", Harm.GENEROUS),
        (None, "30 days", "at least", None),
        (None, "up to 60 days", "at least", None),
    ],
)
def test_harm_is_told_in_the_direction_the_owner_named(
    examined: Callable[..., Examined], prefers: str | None, stated: str, bound: str, harm: Harm | None
) -> None:
    more = f"customer_prefers: {prefers}" if prefers else ""

    assert verdict(examined, stated, bound=bound, more=more).harm is harm


@pytest.mark.parametrize(
    ("value", "prefers", "sentence", "harm"),
    [
        ("free", "less", "The unlock fee for your phone is $5.", Harm.HARSH),
        ("USD 5", "less", "The unlock fee for your phone is free of charge.", Harm.GENEROUS),
        ("USD 5", "less", "The unlock fee for your phone is $7.", Harm.HARSH),
        ("USD 5", "less", "The unlock fee for your phone is $3.", Harm.GENEROUS),
    ],
)
def test_free_is_the_lowest_price(
    examined: Callable[..., Examined], value: str, prefers: str, sentence: str, harm: Harm
) -> None:
    terms = f"""
    - term: fee
      says: The unlock fee for a phone.
      value: {value}
      topics: [unlock fee]
      customer_prefers: {prefers}
      published_at: ["**/article"]
    """
    assert [found.harm for found in examined(terms, f"# Fees\n\n{sentence}\n").verdicts] == [harm]


def test_an_agreement_hurts_nobody_and_has_no_diagnosis(examined: Callable[..., Examined]) -> None:
    found = verdict(examined, "60 days", more="customer_prefers: less")

    assert (found.outcome, found.diagnosis, found.harm, found.settle) == (Outcome.AGREES, None, None, None)
