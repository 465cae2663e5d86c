"""What holds on a day: timelines as of it, and exceptions until theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from drift.engine import kinds
from drift.model import Diagnosis, Examined, Outcome

SAYS = """
- term: wait
  says: A phone can be unlocked once it has had some time of paid service.
  topics: [unlock your phone]
  bound: at least
"""
PAGE = "# Unlock your phone\n\nYou can unlock your phone after {} of paid service.\n"
TIMELINE = (
    SAYS
    + """
  value:
    - {is: 90 days, from: 2025-01-01, until: 2025-12-31}
    - {is: 60 days, from: 2026-01-01, until: 2026-12-31}
"""
)


@pytest.mark.parametrize(
    ("day", "stated", "expected", "said"),
    [
        (date(2025, 1, 1), "90 days", "90 days", "agrees"),
        (date(2025, 12, 31), "90 days", "90 days", "agrees"),
        (date(2026, 1, 1), "90 days", "60 days", "stale"),
        (date(2026, 12, 31), "60 days", "60 days", "agrees"),
        (date(2025, 12, 31), "60 days", "90 days", "early"),
    ],
)
def test_the_value_of_the_day_counts(
    examined: Callable[..., Examined], day: date, stated: str, expected: str, said: str
) -> None:
    verdict = examined(TIMELINE, PAGE.format(stated), day=day).verdicts[0]

    assert verdict.expected is not None
    assert kinds.show(verdict.expected) == expected
    assert (verdict.diagnosis.value if verdict.diagnosis else verdict.outcome.value) == said


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2027, 1, 1)])
@pytest.mark.parametrize("stated", ["90 days", "60 days", "5 days"])
def test_on_a_day_without_a_value_nothing_can_be_told(
    examined: Callable[..., Examined], day: date, stated: str
) -> None:
    verdict = examined(TIMELINE, PAGE.format(stated), day=day).verdicts[0]

    assert (verdict.outcome, verdict.expected, verdict.diagnosis) == (Outcome.UNCLEAR, None, None)
    assert str(day) in verdict.because
    assert verdict.settle


RULE = SAYS + "  value: 60 days\n"
EXCEPTION = """
- term: wait
  article: "{article}"
  value: {value}
  reason: grandfathered plan
  by: ana@larkspur.example
  until: 2026-12-31
"""
LEGACY = "https://help.larkspur.example/legacy/unlock"


def outcome(
    examined: Callable[..., Examined],
    stated: str,
    *,
    value: str = "30 days",
    article: str = "https://help.larkspur.example/legacy/**",
    address: str = LEGACY,
    day: date = date(2026, 11, 21),
) -> tuple[Outcome, bool]:
    """The outcome, and whether an exception made it."""
    exceptions = EXCEPTION.format(article=article, value=value)
    verdict = examined(RULE, PAGE.format(stated), exceptions=exceptions, address=address, day=day).verdicts[0]
    return verdict.outcome, verdict.exception is not None


def test_an_exception_lets_its_value_stand(examined: Callable[..., Examined]) -> None:
    exceptions = EXCEPTION.format(article="**/legacy/*", value="30 days")
    verdict = examined(RULE, PAGE.format("30 days"), exceptions=exceptions, address=LEGACY).verdicts[0]

    assert (verdict.outcome, verdict.diagnosis, verdict.harm) == (Outcome.AGREES, None, None)
    assert verdict.expected is not None
    assert kinds.show(verdict.expected) == "30 days"
    assert "grandfathered plan" in verdict.because
    assert "2026-12-31" in verdict.because


@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        ({}, (Outcome.AGREES, True)),
        ({"day": date(2026, 12, 31)}, (Outcome.AGREES, True)),
        ({"day": date(2027, 1, 1)}, (Outcome.DIVERGES, False)),
        ({"address": "https://help.larkspur.example/unlock"}, (Outcome.DIVERGES, False)),
        ({"article": LEGACY}, (Outcome.AGREES, True)),
        ({"article": "https://help.larkspur.example/legacy"}, (Outcome.DIVERGES, False)),
        ({"stated": "31 days"}, (Outcome.DIVERGES, False)),
        ({"stated": "4 weeks", "value": "28 days"}, (Outcome.AGREES, True)),
        # what agrees by itself needs no exception, so that the exception is seen to hide nothing
        ({"stated": "60 days"}, (Outcome.AGREES, False)),
        ({"stated": "60 days", "value": "60 days"}, (Outcome.AGREES, False)),
    ],
)
def test_an_exception_holds_for_its_value_on_its_articles_until_its_day(
    examined: Callable[..., Examined], changed: dict[str, object], seen: tuple[Outcome, bool]
) -> None:
    options = {"stated": "30 days", **changed}

    assert outcome(examined, **options) == seen  # type: ignore[arg-type]


def test_an_exception_is_for_its_own_term_alone(examined: Callable[..., Examined]) -> None:
    terms = (
        RULE
        + """
- term: refund
  says: An order can be returned for a refund for some days after delivery.
  value: 14 days
  topics: [return an order]
"""
    )
    page = "# Return an order\n\nYou can return an order for a refund for 30 days after delivery.\n"
    exceptions = EXCEPTION.format(article="**", value="30 days")
    verdict = examined(terms, page, exceptions=exceptions, address=LEGACY).verdicts[0]

    assert (verdict.outcome, verdict.diagnosis) == (Outcome.DIVERGES, Diagnosis.WRONG)
