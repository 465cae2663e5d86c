"""Harm has two directions: whoever prefers the other is hurt by the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.model import Examined, Harm

TERM = """
- term: wait
  says: A phone can be unlocked after some days of paid service.
  value: {value}
  topics: [unlock your phone]
  customer_prefers: {prefers}
  published_at: ["**/article"]
"""
PAGE = "# Unlock your phone\n\nYou can unlock your phone after {} of paid service.\n"


def harms(examined: Callable[..., Examined], stated: str, value: str, prefers: str) -> list[Harm | None]:
    seen = examined(TERM.format(value=value, prefers=prefers), PAGE.format(stated))
    return [verdict.harm for verdict in seen.verdicts]


@given(stated=st.integers(2, 600), unit=st.sampled_from(["hours", "days", "weeks"]))
@settings(max_examples=30, deadline=None)
def test_what_is_generous_to_one_is_harsh_to_the_other(
    examined: Callable[..., Examined], stated: int, unit: str
) -> None:
    less, more = (harms(examined, f"{stated} {unit}", "60 days", prefers) for prefers in ("less", "more"))
    hours = stated * {"hours": 1, "days": 24, "weeks": 168}[unit]

    if hours == 60 * 24:
        assert less == more == [None]
    else:
        assert less == [Harm.GENEROUS if hours < 60 * 24 else Harm.HARSH]
        assert {*less, *more} == {Harm.GENEROUS, Harm.HARSH}


@pytest.mark.parametrize(
    ("stated", "harm"),
    [("60 to 90 days", Harm.HARSH), ("50 to 70 days", Harm.GENEROUS), ("80 to 90 days", Harm.HARSH)],
)
def test_of_a_range_the_lower_end_tells_first_then_the_upper(
    examined: Callable[..., Examined], stated: str, harm: Harm
) -> None:
    assert harms(examined, stated, "60 days..70 days", "less") == [harm]
