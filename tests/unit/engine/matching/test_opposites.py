"""Rules that only a small word tells apart: a page that speaks of the one is never held against the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.model import Examined

ARRIVAL = """
- term: arrival
  says: Guests check in from three.
  value: "15:00"
  bound: at least
  topics: [check-in]
"""
DEPARTURE = """
- term: departure
  says: Guests leave by half past ten.
  value: "10:30"
  bound: at most
  topics: [check-out]
"""
Told = set[tuple[str, str, str]]


def told(seen: Examined) -> Told:
    return {
        (one.match.term.name, one.match.claim.value_text, one.outcome.value) for one in seen.verdicts if one.match.term
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Check-out is by 10:30am.", {("departure", "10:30am", "agrees")}),
        ("Check out by 11 am.", {("departure", "11 am", "diverges")}),
        ("Check-in is from 2 pm.", {("arrival", "2 pm", "diverges")}),
        (
            "| | Check-in | Check-out |\n|---|---|---|\n| Rooms | 3 pm | 10.30 am |\n",
            {("arrival", "3 pm", "agrees"), ("departure", "10.30 am", "agrees")},
        ),
    ],
)
def test_each_goes_to_its_own(examined: Callable[..., Examined], text: str, expected: Told) -> None:
    assert told(examined(ARRIVAL + DEPARTURE, text)) == expected


@pytest.mark.parametrize("text", ["Check-out is by 11 am.", "Checkout is by 11 am.", "## Check out\n\nBy 11 am."])
def test_the_opposite_is_no_statement_where_it_has_no_rule(examined: Callable[..., Examined], text: str) -> None:
    assert told(examined(ARRIVAL, text)) == set()


def test_a_sentence_that_says_both_may_state_the_rule(examined: Callable[..., Examined]) -> None:
    assert told(examined(ARRIVAL, "Before check-out and check-in: check-in is from 4 pm.")) == {
        ("arrival", "4 pm", "diverges")
    }
