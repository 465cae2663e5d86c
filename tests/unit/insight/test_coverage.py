"""Where terms are stated, from counts: silence never looks like agreement."""

from __future__ import annotations

from collections.abc import Callable

from drift.insight.coverage import coverage
from drift.model import Outcome, Registry
from drift.model.desk import Coverage, StatedTally

TERMS = """
- term: window
  says: Goods come back within 14 days.
  value: 14 days
  topics: [goods come back]
- term: grace
  says: Late returns are taken for 3 days.
  value: 3 days
  topics: [late returns]
"""


def test_every_term_is_told_whether_pages_state_it_or_not(registry_of: Callable[..., Registry]) -> None:
    registry = registry_of(TERMS)
    policy = registry.policies[0].name
    told = coverage(
        registry,
        [
            StatedTally(policy, "window", Outcome.AGREES, 7, 2),
            StatedTally(policy, "window", Outcome.DIVERGES, 1, 0),
            StatedTally(policy, "window", Outcome.SUSPECT, 3, 0),
            StatedTally(policy, "window", Outcome.UNCLEAR, 2, 1),
            StatedTally("old", "rule", Outcome.AGREES, 1, 0),
        ],
    )
    assert list(told) == [f"{policy}/window", f"{policy}/grace", "old/rule"]
    assert told[f"{policy}/window"] == Coverage(policy, "window", 5, 1, 3, 1, 3)
    assert told[f"{policy}/grace"].unstated
    assert told["old/rule"] == Coverage("old", "rule", 1, known=False)


def test_what_only_blind_pages_said_is_neither_agreement_nor_unstated() -> None:
    told = coverage(None, [StatedTally("returns", "window", Outcome.AGREES, 2, 2)])["returns/window"]
    assert (told.agrees, told.blind, told.pages, told.unstated) == (0, 2, 0, False)
