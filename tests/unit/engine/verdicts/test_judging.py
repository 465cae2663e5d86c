"""Whether a claim agrees: typed values decide, in words as plain as pages have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from drift.engine import kinds
from drift.model import Examined, Outcome, Verdict

TERM = """
- term: rule
  says: {says}
  value: {value}
  topics: [{topic}]
  published_at: ["**/article"]
"""
UNLOCK = ("A phone can be unlocked once it has had some days of paid service.", "unlock your phone")
DELIVERY = ("A parcel is delivered some days after the order.", "delivery of a parcel")
LATE = ("A bill that is paid late costs a late fee.", "late fee")


def only(examined: Examined) -> Verdict:
    """The one verdict on a page."""
    assert len(examined.verdicts) == 1, [(m.claim.value_text, m.claim.stance) for m in examined.matches]
    return examined.verdicts[0]


def judged(examined: Callable[..., Examined], rule: tuple[str, str], value: str, sentence: str, more: str = "") -> str:
    """'agrees', 'unclear', or the diagnosis of a divergence."""
    terms = TERM.format(says=rule[0], topic=rule[1], value=value) + more
    verdict = only(examined(terms, f"# {rule[1].capitalize()}\n\n{sentence}\n"))
    return verdict.diagnosis.value if verdict.diagnosis else verdict.outcome.value


AMOUNTS = [
    ("60 days", "You can unlock your phone after 60 days of paid service.", "agrees"),
    ("60 days", "You can unlock your phone after sixty (60) days of paid service.", "agrees"),
    ("60 days", "You can unlock your phone within 60 days of paid service.", "agrees"),
    ("60 days", "You can unlock your phone after 61 days of paid service.", "wrong"),
    ("2 days", "You can unlock your phone after 48 hours of paid service.", "agrees"),
    ("12 months", "You can unlock your phone after one year of paid service.", "agrees"),
    ("30 days", "You can unlock your phone after 1 month of paid service.", "wrong"),
    ("60 days", "You can unlock your phone after 60 months of paid service.", "unit"),
    ("5 days", "You can unlock your phone after 5 business days of paid service.", "unit"),
    ("5 business days", "You can unlock your phone after 5 working days of paid service.", "agrees"),
]


@pytest.mark.parametrize(("value", "sentence", "said"), AMOUNTS, ids=[f"{v}: {s}" for v, s, _ in AMOUNTS])
def test_the_number_must_be_the_terms(examined: Callable[..., Examined], value: str, sentence: str, said: str) -> None:
    assert judged(examined, UNLOCK, value, sentence) == said


RANGES = [
    ("Delivery of a parcel takes 5 to 7 business days.", "agrees"),
    ("Delivery of a parcel takes 5-7 business days.", "agrees"),
    ("Delivery of a parcel takes up to 7 business days.", "agrees"),
    ("Delivery of a parcel takes from 5 business days.", "agrees"),
    ("Delivery of a parcel takes at least 5 business days.", "agrees"),
    ("Delivery of a parcel takes no more than 7 business days.", "agrees"),
    ("Delivery of a parcel takes 7 business days.", "unclear"),
    ("Delivery of a parcel takes 5 business days.", "unclear"),
    ("Delivery of a parcel takes up to 5 business days.", "unclear"),
    ("Delivery of a parcel takes at least 7 business days.", "unclear"),
    ("Delivery of a parcel takes 3 to 7 business days.", "wrong"),
    ("Delivery of a parcel takes up to 9 business days.", "wrong"),
]


@pytest.mark.parametrize(("sentence", "said"), RANGES, ids=[sentence for sentence, _ in RANGES])
def test_a_range_is_the_same_range_or_the_end_that_is_named(
    examined: Callable[..., Examined], sentence: str, said: str
) -> None:
    assert judged(examined, DELIVERY, "5 business days..7 business days", sentence) == said


def test_a_bare_end_says_what_would_settle_it(examined: Callable[..., Examined]) -> None:
    terms = TERM.format(says=DELIVERY[0], topic=DELIVERY[1], value="5 days..7 days")
    verdict = only(examined(terms, "# Delivery of a parcel\n\nDelivery of a parcel takes 7 days.\n"))

    assert (verdict.outcome, verdict.diagnosis, verdict.settle) == (
        Outcome.UNCLEAR,
        None,
        "'5 days..7 days'",
    )
    assert "only a part of 5 to 7 days" in verdict.because


AROUND = [  # a range where the rule is one value: 60 days
    ("at most", "30 to 60 days", "agrees"),  # the same longest wait
    ("at most", "60 to 90 days", "wrong"),  # a longer one
    ("at least", "60 to 90 days", "agrees"),
    ("at least", "30 to 60 days", "wrong"),
    ("exactly", "30 to 60 days", "unclear"),
    ("exactly", "30 to 90 days", "wrong"),
]


@pytest.mark.parametrize(("bound", "stated", "said"), AROUND)
def test_a_range_that_ends_at_the_rule_agrees_on_the_side_of_its_limit(
    examined: Callable[..., Examined], bound: str, stated: str, said: str
) -> None:
    terms = TERM.format(says=DELIVERY[0], topic=DELIVERY[1], value="60 days") + f"  bound: {bound}\n"
    verdict = only(examined(terms, f"# Delivery of a parcel\n\nDelivery of a parcel takes {stated}.\n"))

    assert (verdict.diagnosis or verdict.outcome).value == said


ALTERNATIVES = [
    ("You can unlock your phone after 30 or 60 days of paid service.", "agrees"),
    ("You can unlock your phone after 60 or 30 days of paid service.", "agrees"),
    ("You can unlock your phone after 30 or 90 days of paid service.", "unclear"),
    ("You can unlock your phone after 45 or 90 days of paid service.", "wrong"),
    ("You can unlock your phone after 30 days of paid service.", "unclear"),
]


@pytest.mark.parametrize(("sentence", "said"), ALTERNATIVES, ids=[sentence for sentence, _ in ALTERNATIVES])
def test_alternatives_agree_only_with_the_same_alternatives(
    examined: Callable[..., Examined], sentence: str, said: str
) -> None:
    assert judged(examined, UNLOCK, "30 days | 60 days", sentence) == said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("You can unlock your phone after two months of paid service.", "agrees"),
        ("You can unlock your phone after 2 months of paid service.", "agrees"),
        ("You can unlock your phone after 3 months of paid service.", "wrong"),
        ("You can unlock your phone after up to 2 months of paid service.", "bound"),
    ],
)
def test_another_wording_that_the_owner_accepts_is_the_value(
    examined: Callable[..., Examined], sentence: str, said: str
) -> None:
    assert judged(examined, UNLOCK, "60 days", sentence, "  also: [two months]\n  bound: at least\n") == said


BOUNDS = [
    ("at least", "You can unlock your phone after up to 60 days of paid service.", "bound"),
    ("at least", "You can unlock your phone after no more than 60 days of paid service.", "bound"),
    ("at least", "You can unlock your phone after at least 60 days of paid service.", "agrees"),
    ("at least", "You can unlock your phone after 60 days of paid service.", "agrees"),
    ("at most", "You can unlock your phone after at least 60 days of paid service.", "bound"),
    ("at most", "You can unlock your phone after up to 60 days of paid service.", "agrees"),
    ("at most", "You can unlock your phone within 60 days of paid service.", "agrees"),
    ("exactly", "You can unlock your phone after at least 60 days of paid service.", "agrees"),
    ("exactly", "You can unlock your phone after up to 60 days of paid service.", "agrees"),
    # a negation or a condition may turn the limit round once more
    ("at most", "Nobody can unlock your phone after more than 60 days of paid service.", "agrees"),
    ("at least", "You can't unlock your phone with less than 60 days of paid service.", "agrees"),
    ("at least", "If your phone had less than 60 days of paid service, unlock it later.", "agrees"),
    # the wrong number is wrong, whichever way it limits
    ("at least", "You can unlock your phone after up to 45 days of paid service.", "wrong"),
]


@pytest.mark.parametrize(("bound", "sentence", "said"), BOUNDS, ids=[f"{b}: {s}" for b, s, _ in BOUNDS])
def test_words_around_the_number_matter_only_where_they_turn_the_rule_round(
    examined: Callable[..., Examined], bound: str, sentence: str, said: str
) -> None:
    assert judged(examined, UNLOCK, "60 days", sentence, f"  bound: {bound}\n") == said


@pytest.mark.parametrize(
    "sentence", ["You must be 13 or older to have a line.", "Nobody under the age of 13 may have a line."]
)
def test_an_age_is_one_rule_said_either_way(examined: Callable[..., Examined], sentence: str) -> None:
    rule = ("The minimum age to have a line is 13 years.", "minimum age to have a line")

    assert judged(examined, rule, "13 years", sentence, "  bound: at least\n") == "agrees"


@pytest.mark.parametrize(
    "sentence",
    [
        "You can have a line if you are 13 or under.",
        "You must be 13 or younger to have a line.",
        "You may have a line up to the age of 13.",
        "If you are 13 or under you cannot have a line.",
    ],
)
def test_an_age_that_shuts_out_whoever_is_just_as_old_is_turned_round(
    examined: Callable[..., Examined], sentence: str
) -> None:
    rule = ("The minimum age to have a line is 13 years.", "minimum age to have a line")

    assert judged(examined, rule, "13 years", sentence, "  bound: at least\n") == "bound"


@pytest.mark.parametrize(
    ("value", "sentence", "said"),
    [
        ("free", "The late fee is free of charge.", "agrees"),
        ("free", "The late fee of a bill that is paid late is $5.", "wrong"),
        ("USD 5", "The late fee of a bill that is paid late is $5.", "agrees"),
        ("USD 5", "The late fee of a bill that is paid late is £5.", "unit"),
        ("15%", "The late fee of a bill that is paid late is 15 percent.", "agrees"),
    ],
)
def test_fees(examined: Callable[..., Examined], value: str, sentence: str, said: str) -> None:
    assert judged(examined, LATE, value, sentence) == said


STANCES = [
    "Until March 2024 you could unlock your phone after 30 days of paid service.",
    "Can you unlock your phone after 30 days of paid service?",
    "For example, suppose you unlock your phone after 30 days of paid service.",
    "Your old carrier may unlock your phone after 30 days of paid service.",
    "It is not 30 days of paid service until you can unlock your phone.",
    "From 1 May 2027, you can unlock your phone after 30 days of paid service.",
]


@pytest.mark.parametrize("sentence", STANCES)
def test_what_the_article_does_not_assert_now_is_kept_and_not_judged(
    examined: Callable[..., Examined], sentence: str
) -> None:
    terms = TERM.format(says=UNLOCK[0], topic=UNLOCK[1], value="60 days")
    seen = examined(terms, f"# Unlock your phone\n\n{sentence}\n")

    assert "30 days" in [match.claim.value_text for match in seen.matches]
    assert [verdict.match.claim.value_text for verdict in seen.verdicts] == []


@pytest.mark.parametrize(
    ("day", "judged"),
    [(date(2027, 4, 30), False), (date(2027, 5, 1), True), (date(2028, 1, 1), True)],
)
def test_what_is_announced_is_judged_once_its_day_has_come(
    examined: Callable[..., Examined], day: date, judged: bool
) -> None:
    terms = TERM.format(says=UNLOCK[0], topic=UNLOCK[1], value="60 days")
    page = "# Unlock your phone\n\nFrom 1 May 2027, you can unlock your phone after 30 days of paid service.\n"
    outcomes = [(kinds.show(v.match.claim.value), v.outcome) for v in examined(terms, page, day=day).verdicts]

    assert outcomes == ([("30 days", Outcome.DIVERGES)] if judged else [])


def test_a_divergence_takes_more_evidence_than_an_agreement(examined: Callable[..., Examined]) -> None:
    terms = TERM.format(says=UNLOCK[0], topic=UNLOCK[1], value="60 days").replace("**/article", "**/elsewhere")
    vague = "# Unlock\n\nAfter {} your phone is yours.\n"

    equal, other = (examined(terms, vague.format(value)).verdicts for value in ("60 days", "59 days"))

    assert [verdict.outcome for verdict in equal] == [Outcome.AGREES]
    assert all(verdict.confidence < equal[0].confidence for verdict in other)
