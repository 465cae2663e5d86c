"""Which term a claim is about: told by the words around the value, within what the owner allows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.model import Examined, Outcome

RULES = """
- term: unlock-wait
  says: A phone can be unlocked after 60 days of paid service.
  value: 60 days
  topics: [unlock your phone, device unlock]
- term: refund-window
  says: An order can be returned for a refund within 30 days of delivery.
  value: 30 days
  topics: [return an order, refund window]
- term: late-fee
  says: A bill that is paid late costs a late payment fee of USD 5.
  value: USD 5
  topics: [late payment fee]
- term: plan-lines
  says: A family plan holds up to 5 lines.
  value: 5 lines
  topics: [lines on a family plan]
- term: plan-tablets
  says: A family plan holds up to 2 tablets.
  value: 2 tablets
  topics: [tablets on a family plan]
- term: children-age
  says: A child must be at least 13 years old to have a line.
  value: 13 years
  topics: [minimum age of a child]
"""
UNLOCK = "# Unlock your phone\n\nYou can unlock your phone after {} of paid service.\n"
RETURNS = "# Return an order\n\nYou can return an order for a refund within {} of delivery.\n"


def chosen(examined: Examined) -> list[str | None]:
    return [match.term.name if match.term else None for match in examined.matches]


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        (UNLOCK.format("60 days"), "unlock-wait"),
        (RETURNS.format("30 days"), "refund-window"),
        ("A late payment fee of $5 is charged for a bill that is paid late.", "late-fee"),
        ("A family plan holds up to 5 lines.", "plan-lines"),
        ("A child must be at least 13 years old to have a line.", "children-age"),
        ("The weather was fine for 60 days.", None),
    ],
)
def test_the_words_choose_the_term(examined: Callable[..., Examined], sentence: str, term: str | None) -> None:
    assert chosen(examined(RULES, sentence)) == [term]


@given(number=st.integers(2, 400), page=st.sampled_from([UNLOCK, RETURNS]))
@settings(max_examples=40, deadline=None)
def test_the_number_does_not_choose_the_term(examined: Callable[..., Examined], number: int, page: str) -> None:
    assert chosen(examined(RULES, page.format(f"{number} days"))) == chosen(examined(RULES, page.format("99 days")))


@pytest.mark.parametrize(("page", "other"), [(UNLOCK, "30 days"), (RETURNS, "60 days")])
def test_the_value_of_another_rule_is_a_divergence_of_this_one(
    examined: Callable[..., Examined], page: str, other: str
) -> None:
    assert [verdict.outcome for verdict in examined(RULES, page.format(other)).verdicts] == [Outcome.DIVERGES]


def test_equality_breaks_a_tie_between_terms_of_the_same_words(examined: Callable[..., Examined]) -> None:
    twins = """
    - {term: first, says: A parcel takes some days to arrive., value: 3 days, topics: [parcel delivery]}
    - {term: second, says: A parcel takes some days to arrive., value: 9 days, topics: [parcel delivery]}
    """
    page = "# Parcel delivery\n\nA parcel takes {} to arrive.\n"

    assert chosen(examined(twins, page.format("3 days"))) == ["first"]
    assert chosen(examined(twins, page.format("9 days"))) == ["second"]


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("You can unlock your phone after paying $60 of paid service.", "unlock-wait"),  # money is no duration
        ("A family plan holds up to 5 tablets.", "plan-lines"),  # tablets are no lines
        ("A family plan holds up to 2 lines.", "plan-tablets"),
        ("You can unlock your phone after 60% of paid service.", "unlock-wait"),
        ("A child must wait 13 days to have a line.", "children-age"),  # a time is no age
    ],
)
def test_the_kind_and_the_counted_noun_are_filters(
    examined: Callable[..., Examined], sentence: str, never: str
) -> None:
    matches = examined(RULES, sentence).matches

    assert matches
    assert all(candidate.term.name != never for match in matches for candidate in match.candidates)


FILTERED = """
- term: unlock-wait
  says: A device can be unlocked after 60 days.
  value: 60 days
  topics: [unlock, device]
  must: [carrier lock]
  not_topics: [unlock the screen]
"""


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("A device can be unlocked after 60 days: the lock of your carrier goes.", "unlock-wait"),
        ("A device can be unlocked after 60 days.", None),  # not a word of `must`
        ("A device can be unlocked after 60 days: the lock goes.", None),  # not every word
        ("The carrier lock of a device goes 60 days after you unlock the screen.", None),
        ("The carrier lock of a device goes after 60 days. The screen is another matter.", "unlock-wait"),
    ],
)
def test_must_and_not_topics_are_the_owners_filters(
    examined: Callable[..., Examined], sentence: str, term: str | None
) -> None:
    assert chosen(examined(FILTERED, sentence)) == [term]


def test_what_the_owner_rules_out_may_stand_in_the_heading(examined: Callable[..., Examined]) -> None:
    page = "# Help\n\n## Unlock the screen\n\nThe carrier lock: a device can be unlocked after 60 days.\n"

    assert chosen(examined(FILTERED, page)) == [None]


def test_a_silent_example_keeps_its_sentence_whatever_its_value(examined: Callable[..., Examined]) -> None:
    terms = """
    - term: unlock-wait
      says: A phone can be unlocked after 60 days.
      value: 60 days
      topics: [unlock your phone]
      examples: {silent: ["An unlocked phone locks itself again after 60 seconds without a touch."]}
    """

    assert chosen(examined(terms, "An unlocked phone locks itself again after 5 days without a touch.")) == [None]
    assert chosen(examined(terms, "You can unlock your phone after 5 days.")) == ["unlock-wait"]


def test_an_example_that_states_a_term_lends_it_words(examined: Callable[..., Examined]) -> None:
    terms = """
    - term: wait
      says: The wait is 60 days.
      value: 60 days
      {examples}
    """
    sentence = "Liberation of handsets happens 45 days after joining Larkspur."
    example = 'examples: {states: ["Liberation of handsets happens 60 days after joining Larkspur."]}'

    assert chosen(examined(terms.format(examples=""), sentence)) == [None]
    assert chosen(examined(terms.format(examples=example), sentence)) == ["wait"]


def test_a_name_with_digits_is_a_word(examined: Callable[..., Examined]) -> None:
    terms = """
    - {term: s23, says: The Finch S23 is repaired within 5 days., value: 5 days, topics: [Finch S23 repair]}
    - {term: s24, says: The Finch S24 is repaired within 9 days., value: 9 days, topics: [Finch S24 repair]}
    """
    page = "# Finch S24 repair\n\nThe Finch S24 is repaired within 5 days.\n"
    seen = examined(terms, page)

    assert (chosen(seen), [verdict.outcome for verdict in seen.verdicts]) == (["s24"], [Outcome.DIVERGES])


def test_applies_to_keeps_a_policy_to_its_articles(examined: Callable[..., Examined]) -> None:
    page, wireless = UNLOCK.format("60 days"), '["https://help.larkspur.example/wireless/**"]'

    inside = examined(RULES, page, applies_to=wireless, address="https://help.larkspur.example/wireless/unlock")
    outside = examined(RULES, page, applies_to=wireless, address="https://help.larkspur.example/cable/unlock")

    assert (chosen(inside), chosen(outside)) == (["unlock-wait"], [None])


def test_why_is_said_in_words(examined: Callable[..., Examined]) -> None:
    match = examined(RULES, UNLOCK.format("60 days")).matches[0]

    assert any("names 'unlocked'" in evidence.words for evidence in match.evidence)
    assert match.score == pytest.approx(sum(evidence.weight for evidence in match.evidence), abs=0.1)
