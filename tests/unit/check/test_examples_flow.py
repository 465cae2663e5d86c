"""The examples of a registry, run as tests of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from drift.check.examples import examples
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.model import Registry
from drift.model.errors import Problem

TERM = """
- term: wait
  says: A phone can be unlocked after 60 days of paid service.
  value: 60 days
  topics: [unlock your phone]
  {more}
  examples: {{{kind}: ["{sentence}"]}}
- term: screen
  says: A screen locks itself after 60 seconds without a touch.
  value: 60 seconds
  topics: [screen lock]
"""
GOOD = "You can unlock your phone after 30 days of paid service."


def problems(
    registry_of: Callable[..., Registry], kind: str, sentence: str, more: str = "", **options: str
) -> tuple[Problem, ...]:
    registry = registry_of(TERM.format(kind=kind, sentence=sentence, more=more), **options)
    return examples(Standard(registry, date(2026, 11, 21), languages.load))


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("states", GOOD),
        ("states", "You can unlock your phone after 60 days of paid service."),
        ("silent", "The weather stays fine for 3 days."),
        ("silent", "A screen locks itself after 60 seconds without a touch."),
        ("silent", "Nothing of value."),
        ("silent", "Previously you could unlock your phone after 30 days of paid service."),
    ],
)
def test_an_example_that_does_what_it_says_is_no_problem(
    registry_of: Callable[..., Registry], kind: str, sentence: str
) -> None:
    assert problems(registry_of, kind, sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "more", "expected"),
    [
        ("You can unlock your phone soon.", "", "a sentence with a value"),
        ("Until 2024 you could unlock your phone after 30 days.", "", "asserts its value now (former: 'until 2024"),
        (GOOD, "must: [bootloader]", "words of the example in `topics`"),
        ("A screen locks itself after 60 seconds without a touch.", "must: [phone]", "tell it from rules/screen"),
    ],
)
def test_an_example_that_states_nothing_says_what_would_help(
    registry_of: Callable[..., Registry], sentence: str, more: str, expected: str
) -> None:
    found = problems(registry_of, "states", sentence, more)

    assert len(found) == 1
    assert "rules/wait is not found" in found[0].message
    assert expected in (found[0].expected or "")
    assert found[0].place.file.endswith("rules.yaml")
    assert found[0].place.line == 5


def test_an_example_is_read_where_its_policy_applies(registry_of: Callable[..., Registry]) -> None:
    assert problems(registry_of, "states", GOOD, applies_to='["https://help.larkspur.example/**"]') == ()


def test_the_day_of_the_values_does_not_matter(registry_of: Callable[..., Registry]) -> None:
    registry = registry_of(TERM.format(kind="states", sentence=GOOD, more=""))

    assert [examples(Standard(registry, date(year, 1, 1), languages.load)) for year in (1999, 2099)] == [(), ()]
