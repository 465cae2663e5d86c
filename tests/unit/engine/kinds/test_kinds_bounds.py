"""What a limit says of a value: every phrase of the table, before and after an event, of acts of either kind."""

from __future__ import annotations

from itertools import product

import pytest

from drift.engine import kinds, languages
from drift.engine.kinds.bounds import BEFORE_AN_EVENT
from drift.model.values import Bound

ENGLISH = languages.load("en")
ACTS = {"book a seat": 0, "check in": 0, "cancel a trip": 1, "change a booking": 1, "return a case": 1}
AFTER_AN_EVENT = {
    "up to": Bound.AT_MOST,
    "within": Bound.AT_MOST,
    "less than": Bound.LESS_THAN,
    "no later than": Bound.AT_MOST,
    "no earlier than": Bound.AT_LEAST,
}
PHRASES = [
    (name, phrase)
    for name in BEFORE_AN_EVENT
    for phrase in ENGLISH.phrases.limits[name]
    if phrase not in ("starting", "starting from", "until up to")  # with days they name a first one
]


def _bound(text: str) -> Bound:
    (found,) = kinds.find(text, ENGLISH)
    return found.bound


@pytest.mark.parametrize("act", ACTS)
def test_before_an_event_the_act_decides(act: str) -> None:
    events = ("before", "prior to", "ahead of")
    told = {
        f"You can {act} {phrase} 3 days {event} departure.": BEFORE_AN_EVENT[name][ACTS[act]]
        for (name, phrase), event in product(PHRASES, events)
    }
    assert len(told) == len(PHRASES) * len(events)
    assert {text: _bound(text) for text in told} == told


@pytest.mark.parametrize("act", ACTS)
def test_after_an_event_and_without_one_it_says_what_it_says(act: str) -> None:
    # 'Until 14 days have passed' may tell a first day or a last one: it limits nothing surely.
    events = ("after departure", "of it", "")
    told = {
        f"You can {act} {phrase} 3 days {event}".strip() + ".": Bound.EXACTLY
        if phrase == "until"
        else AFTER_AN_EVENT[name]
        for (name, phrase), event in product(PHRASES, events)
    }
    assert len(told) == len(PHRASES) * len(events)
    assert {text: _bound(text) for text in told} == told


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Up to 3 days in advance.", Bound.AT_MOST),  # words that go with acts done early
        ("Up to 3 days before.", Bound.AT_LEAST),
        ("You can cancel 3 days before departure at the latest.", Bound.AT_LEAST),
        ("You can cancel at least 3 days before departure.", Bound.AT_LEAST),
        (">3 days", Bound.MORE_THAN),
        ("> 3 days", Bound.MORE_THAN),
        ("<3 days", Bound.LESS_THAN),
        ("≥3 days", Bound.AT_LEAST),
        (">= 3 days", Bound.AT_LEAST),
        ("≤ 3 days", Bound.AT_MOST),
        ("<=3 days", Bound.AT_MOST),
        ("3+ days", Bound.AT_LEAST),
    ],
)
def test_other_ways_to_limit(text: str, bound: Bound) -> None:
    assert _bound(text) is bound
