"""How a value is counted: on which side of an event, and in which unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from drift.engine import languages
from drift.engine.matching.side import side
from drift.engine.matching.weights import WEIGHTS
from drift.model import Examined

SIDES = [
    ("Cancel 14 days before departure.", "14 days", "before"),
    ("Cancel 14 days prior to departure.", "14 days", "before"),
    ("Cancel 14 days, in advance.", "14 days", "before"),
    ("Cancel within 14 days after delivery.", "14 days", "after"),
    ("Cancel within 14 days from delivery.", "14 days", "after"),
    ("Before departure you have 14 days.", "14 days", None),
    ("Cancel 14 days or so before departure.", "14 days", None),
    ("Cancel 14 days beforehandedly.", "14 days", None),
    ("We keep it for another 30 days.", "30 days", None),
    ("We keep it for an additional 30 days after that.", "30 days", "after"),
    ("We keep it for 30 additional days.", "30 additional days", None),
    ("Express delivery is $20 more.", "$20", None),
    ("Express delivery is $20 on top.", "$20", None),
    ("Express delivery is $20 more than ours.", "$20", None),
    ("We keep another copy for 30 days.", "30 days", None),
    ("More than 30 days.", "30 days", None),
]


@pytest.mark.parametrize(("text", "value", "expected"), SIDES, ids=[text for text, *_ in SIDES])
def test_the_small_words_beside_a_value(text: str, value: str, expected: str | None) -> None:
    assert side(text, text.index(value) + len(value), languages.load("en")) == expected


def test_a_language_without_such_words_tells_nothing() -> None:
    english = languages.load("en")
    silent = replace(english, phrases=english.phrases._replace(counted_before=(), counted_after=()))

    assert side("30 days before it", 7, silent) is None


NOTICE = """
- term: notice
  says: A booking can be changed free of charge until 3 days before departure.
  value: 3 days
  topics: [change a booking]
"""
PAGE = "# Change a booking\n\nA booking can be changed {}.\n"


def evidence(examined: Callable[..., Examined], text: str, terms: str = NOTICE) -> dict[str, str]:
    """What speaks for and against the term, in words, by name."""
    matches = [m for m in examined(terms, PAGE.format(text)).matches if m.term]
    assert len(matches) == 1
    return {one.name: one.words for one in matches[0].evidence}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("9 days before departure", "is counted on the same side of an event"),
        ("9 days ahead of departure", "is counted on the same side of an event"),
        ("9 days after departure", "is counted on the other side of an event"),
        ("within 9 days", None),
    ],
)
def test_the_side_of_an_event_speaks_for_or_against(
    examined: Callable[..., Examined], text: str, side: str | None
) -> None:
    assert evidence(examined, text).get("side") == side


def test_a_rule_that_names_no_side_is_on_neither(examined: Callable[..., Examined]) -> None:
    terms = NOTICE.replace("3 days before departure", "3 days")

    assert "side" not in evidence(examined, "9 days after departure", terms)


UNITS = [  # of the published value, and how much of the same unit it is to a rule of 3 days
    ("9 days", 1.0),
    ("9 business days", 1.0),
    ("72 hours", 0.8),
    ("2 weeks", 0.8),
    ("9 months", 0.0),
    ("1 year", 0.0),
]


@pytest.mark.parametrize(("value", "share"), UNITS)
def test_units_of_one_scale_are_nearly_one_unit(examined: Callable[..., Examined], value: str, share: float) -> None:
    (match,) = examined(NOTICE, PAGE.format(f"until {value} before departure")).matches
    weights = {one.name: one.weight for one in match.evidence}

    assert weights.get("unit", 0.0) == pytest.approx(share * WEIGHTS["unit"], abs=0.01)
