"""A divergence needs grounds: what differs is an alarm, a question or nothing by how its rule is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from drift.engine import languages, verdicts
from drift.model import Candidate, Claim, Followed, Match, Page, Passage, Registry, Zone
from drift.model.values import Bound, Kind, Unit, Value

TERMS = "- {term: back, says: Goods come back within 30 days., value: 30 days, bound: at most}"
TEXT = "It is 20 days."
OTHER = Followed("It was 30 days.", 1, "rules/other", "s", 0.9, True)
SAME = replace(OTHER, term="rules/back")
Judged = Callable[..., list[tuple[str, str | None]]]


@pytest.fixture
def judged(registry_of: Callable[..., Registry]) -> Judged:
    """judged(score, days=..., bound=..., **fields of the match) -> (outcome, grounds) of a claim about 'back'."""
    held = registry_of(TERMS)
    (back,) = held.terms

    def run(
        score: float, days: int = 20, bound: Bound = Bound.AT_MOST, **fields: object
    ) -> list[tuple[str, str | None]]:
        value = Value(Kind("duration"), Decimal(days), Decimal(days), Unit("day"))
        spans = {"start": 6, "end": 13, "sentence": (0, len(TEXT)), "segment": (0, len(TEXT))}
        claim = Claim(Passage(TEXT, Zone.PARAGRAPH), value, bound=bound, **spans)  # type: ignore[arg-type]
        match = replace(Match(claim, back, score, candidates=(Candidate(back, score),)), **fields)  # type: ignore[arg-type]
        found = verdicts.judge([match], Page("help.md"), held, date(2026, 11, 21), languages.load("en"))
        return [(one.outcome.value, one.grounds) for one in found]

    return run


@pytest.mark.parametrize(
    ("score", "fields", "said"),
    [
        (6.0, {}, [("diverges", "plain")]),
        (0.0, {}, [("suspect", None)]),
        (-5.0, {}, []),
        (-5.0, {"reviewed": True}, [("diverges", "reviewed")]),
        (0.0, {"followed": True, "known": SAME}, [("diverges", "followed")]),
        (0.0, {"followed": True, "known": replace(SAME, confidence=0.4)}, [("suspect", None)]),
        # Reworded since: the earlier version is grounds where the words still make it probable, and for its own term.
        (0.0, {"known": SAME}, [("diverges", "followed")]),
        (-5.0, {"known": SAME}, []),
        (0.0, {"known": OTHER}, [("suspect", None)]),
        (0.0, {"known": replace(SAME, trusted=False)}, [("suspect", None)]),
        (0.0, {"pinned": True}, [("diverges", "plain")]),
    ],
)
def test_what_differs(
    judged: Judged, score: float, fields: dict[str, object], said: list[tuple[str, str | None]]
) -> None:
    assert judged(score, **fields) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, [("suspect", None)]),
        ({"pinned": True}, [("suspect", None)]),
        ({"reviewed": True, "limited_otherwise": True}, [("diverges", "reviewed")]),
    ],
)
def test_the_right_number_turned_round(
    judged: Judged, fields: dict[str, object], said: list[tuple[str, str | None]]
) -> None:
    assert judged(6.0, days=30, bound=Bound.AT_LEAST, **fields) == said
