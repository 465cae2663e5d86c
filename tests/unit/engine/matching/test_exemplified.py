"""A sentence that a policy has as an example states its rule on every page, and what differs there is certain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.model import Examined, Grounds

RULES = """
- term: wait
  says: A phone can be unlocked after 60 days of paid service.
  value: 60 days
  examples:
    states: ["Sixty (60) days after your first bill the handset opens to every network."]
- term: fee
  says: The activation fee is USD 35.
  value: USD 35
  examples:
    states: ["It costs $35.", "New handsets open to every network for $35 after 14 days of use."]
"""
Seen = list[tuple[str, str, str, str | None]]


def seen(examined: Examined) -> Seen:
    return [
        (v.match.claim.value_text, v.outcome.value, v.match.term.name if v.match.term else "", v.grounds)
        for v in examined.verdicts
        if v.grounds is Grounds.REVIEWED
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("30 days after your first bill the handset opens to every network.", [("30 days", "diverges", "wait")]),
        ("60 days after your first bill the handset opens to every network.", [("60 days", "agrees", "wait")]),
        ("30 days after your first bill, your handset opens to every network!", [("30 days", "diverges", "wait")]),
        # Another word is another sentence.
        ("30 days after your first bill the tablet opens to every network.", []),
        ("30 days after your first bill the handset opens to every roaming network.", []),
        # Too few words to be told by.
        ("It costs $40.", []),
        # Of two values the one that stands where the rule's does.
        ("New handsets open to every network for $40 after 14 days of use.", [("$40", "diverges", "fee")]),
        ("New handsets open to every network for $35 after 9 days of use.", [("$35", "agrees", "fee")]),
        ("New handsets open to every network for $40 after 9 days of use or $9.", []),
    ],
)
def test_an_example_is_grounds(
    examined: Callable[..., Examined], sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    page = f"# Help\n\n## Good to know\n\n{sentence}\n"
    assert seen(examined(RULES, page)) == [(*one, Grounds.REVIEWED) for one in expected]


def test_an_example_of_two_rules_is_of_neither(examined: Callable[..., Examined]) -> None:
    twins = "".join(
        f"""
- term: {name}
  says: The handset opens to every network after {days} days.
  value: {days} days
  examples: {{states: ["After {days} days your handset opens to every network."]}}
"""
        for name, days in (("one", 60), ("two", 90))
    )
    assert seen(examined(twins, "# Help\n\nAfter 30 days your handset opens to every network.\n")) == []


def test_the_owners_filters_go_before_an_example(examined: Callable[..., Examined]) -> None:
    ruled_out = RULES.replace("  value: 60 days\n", "  value: 60 days\n  not_topics: [business]\n")
    page = "# Business\n\n30 days after your first bill the handset opens to every network.\n"
    assert seen(examined(ruled_out, page)) == []


RETURNED = "Unused goods in their original packaging travel back to our warehouse {} 30 days of their delivery."
RETURNS = """
- term: returns
  says: Unused goods can be returned within 30 days.
  value: 30 days
  bound: at most
"""


def test_words_that_turn_an_example_round_are_certain(examined: Callable[..., Examined]) -> None:
    rule = f'{RETURNS}  examples: {{states: ["{RETURNED.format("within")}"]}}'
    page = f"# Help\n\n{RETURNED.format('after at least')}\n"
    assert seen(examined(rule, page)) == [("30 days", "diverges", "returns", Grounds.REVIEWED)]
