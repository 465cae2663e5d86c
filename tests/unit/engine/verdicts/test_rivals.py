"""A claim that would say nothing surely of its term, and has the very value of one close behind, is about that one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from drift.engine import languages, verdicts
from drift.model import Article, Candidate, Claim, Match, Page, Passage, Registry, Zone
from drift.model.values import Kind, Unit, Value

TERMS = """
- {term: card, says: Money is paid back to a card in 5 days., value: 5 days}
- {term: bank, says: Money is paid back by bank transfer in 9 days., value: 9 days}
"""
TEXT = "The money is back in 9 days."
Judged = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def judged(registry_of: Callable[..., Registry]) -> Judged:
    """judged(days, score, of the rival) -> (term, outcome) of a claim that fits 'card' best and then 'bank'."""
    held = registry_of(TERMS)
    card, bank = held.terms

    def run(days: int, score: float, behind: float, **fields: object) -> list[tuple[str, str]]:
        number = Decimal(days)
        value = Value(Kind("duration"), number, number, Unit("day"))
        passage = Passage(TEXT, Zone.PARAGRAPH)
        claim = Claim(passage, value, TEXT.index("9"), len(TEXT) - 1, (0, len(TEXT)), (0, len(TEXT)))
        candidates = (Candidate(card, score), Candidate(bank, behind))
        match = replace(Match(claim, card, score, candidates=candidates), **fields)  # type: ignore[arg-type]
        article = Article(Page("help.md"), None, "en", (passage,))
        found = verdicts.judge([match], article.page, held, date(2026, 11, 21), languages.load("en"))
        return [(one.match.term.name, one.outcome.value) for one in found if one.match.term]

    return run


@pytest.mark.parametrize(
    ("days", "score", "behind", "said"),
    [
        (9, -1.0, -2.0, [("bank", "agrees")]),
        (9, -1.0, -1.0, [("bank", "agrees")]),
        # Too far behind, hardly about it at all, another value, or surely a divergence of the first.
        (9, -0.5, -2.4, [("card", "suspect")]),
        (9, -1.9, -3.4, [("card", "suspect")]),
        (8, -1.0, -2.0, [("card", "suspect")]),
        (9, 6.0, 5.0, [("card", "diverges")]),
        (5, -1.0, -1.0, [("card", "agrees")]),
    ],
)
def test_the_value_of_a_rule_close_behind(
    judged: Judged, days: int, score: float, behind: float, said: list[tuple[str, str]]
) -> None:
    assert judged(days, score, behind) == said


@pytest.mark.parametrize("by", ["reviewed", "pinned"])
def test_what_the_owner_said_goes_before(judged: Judged, by: str) -> None:
    assert judged(9, -1.0, -1.0, **{by: True}) == [("card", "diverges")]
