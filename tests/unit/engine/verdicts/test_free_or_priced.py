"""A price where the rule says 'free' is at least a question, where the words name the rule; other prices are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.model import Examined

TERMS = """
- {term: standard, says: Standard delivery is free., value: free, topics: [standard delivery, free delivery]}
- {term: cancel, says: Cancelling a booking is free., value: free, topics: [cancel a booking, cancellation fee]}
- {term: incoming, says: An incoming transfer is free., value: free, topics: [incoming domestic transfer]}
- {term: outgoing, says: An outgoing transfer costs USD 25., value: USD 25, topics: [outgoing domestic transfer]}
"""
TABLE = "| Service | Price |\n|---|---|\n| {} | {} |\n| Express delivery | $12 |\n"


def said(examined: Callable[..., Examined], text: str) -> list[tuple[str, str]]:
    """(term, outcome) of each verdict on an article."""
    found = examined(TERMS, f"# What it costs\n\n{text}\n").verdicts
    return [(one.match.term.name, one.outcome.value) for one in found if one.match.term]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Standard delivery costs $5.", "standard"),
        ("You pay $5 for standard delivery.", "standard"),
        (TABLE.format("Standard delivery", "$5"), "standard"),
        ("There is a $25 cancellation fee.", "cancel"),
        ("An incoming domestic transfer costs $10.", "incoming"),
    ],
)
def test_a_price_beside_the_words_of_a_free_thing_is_asked_about(
    examined: Callable[..., Examined], text: str, term: str
) -> None:
    assert said(examined, text) in ([(term, "suspect")], [(term, "diverges")])


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Express delivery costs $12 and standard delivery is free.", [("standard", "agrees")]),
        (TABLE.format("Standard delivery", "free"), [("standard", "agrees")]),
        ("Express delivery costs $12.", []),
        ("Standard delivery is free over $50.", [("standard", "agrees")]),
    ],
)
def test_a_price_of_something_else_is_not(
    examined: Callable[..., Examined], text: str, right: list[tuple[str, str]]
) -> None:
    assert said(examined, text) == right
