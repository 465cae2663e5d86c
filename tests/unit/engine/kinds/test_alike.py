"""Values told in the spelling of a page, and never in one that would say another value."""

from __future__ import annotations

import pytest

from drift.engine.kinds import alike, as_written, parse


@pytest.mark.parametrize(
    ("published", "text", "told"),
    [
        ("GBP 12", "£12", "£12"),
        ("GBP 12", " £12 \n", "£12 (GBP 12)"),
        ("GBP 12 per month", "£12", "£12 per month"),
        ("GBP 12 per month", "£12 a month", "£12 a month"),
        ("GBP 12 per month", "£12/month", "£12/month"),
        ("EUR 12 per month", "12 EUR", "12 EUR per month"),
        ("EUR 12 per month", "12 € monthly", "12 € monthly"),
        ("5% per month", "5% monthly", "5% monthly"),
        ("GBP 0.50", "50p", "50p (GBP 0.50)"),
        ("USD 1500000", "$1.5M", "$1.5M (USD 1500000)"),
        ("USD 12", "twelve dollars", "twelve dollars (USD 12)"),
        ("GBP 3..GBP 5", "£3–£5", "£3–£5"),
        ("EUR 1072.80", "1.072,80 €", "1.072,80 €"),
        ("30 days", "30 Tage", "30 Tage"),
        ("30 days", "30-day", "30 days"),
        ("30 days", "thirty (30) days", "30 days"),
        ("3 days..5 days", "three to five days", "3 to 5 days"),
        ("5 devices", "5", "5 devices"),
        ("99.9%", "99.9", "99.9%"),
        ("20%", "pay 80% of", "20%"),
        ("2026-12-25", "25 December 2026", "25 December 2026"),
        ("17:00", "5pm", "5pm"),
        ("free", "Included", "free"),
        ("GBP 12", "", "GBP 12"),
    ],
)
def test_what_a_page_publishes(published: str, text: str, told: str) -> None:
    assert as_written(parse(published), text) == told


@pytest.mark.parametrize(
    ("expected", "published", "text", "told"),
    [
        ("GBP 10", "GBP 12", "£12", "£10"),
        ("GBP 10.50", "GBP 12", "£12", "£10.50"),
        ("GBP 6", "GBP 5.50", "£5.50", "£6.00"),
        ("USD 12500", "USD 1250", "$1,250", "$12,500"),
        ("EUR 999", "EUR 1072.80", "1.072,80 €", "999,00 €"),
        ("EUR 12500", "EUR 1250", "EUR 1 250", "EUR 12 500"),
        ("CHF 9000", "CHF 12000", "CHF 12'000", "CHF 9'000"),
        ("GBP 10 per month", "GBP 12 per month", "£12 a month", "£10 a month"),
        ("GBP 10 per month", "GBP 12 per month", "£12", "£10 per month"),
        ("GBP 3..5", "GBP 7", "£7", "£3 to £5"),
        ("3 days..5 days", "7 days", "7 days", "3 to 5 days"),
        ("USD 30 | USD 40", "USD 35", "US$35", "US$30 or US$40"),
        ("60 days", "30 days", "30 Tage", "60 Tage"),
        ("99.95%", "99.9%", "99.9%", "99.95%"),
        ("10%", "15%", "15 %", "10 %"),
        ("100 GB", "1 GB", "1GB", "100GB"),
        # what the page's own spelling cannot say is told as a registry spells it
        ("3 days", "1 day", "1 day", "3 days"),
        ("GBP 10", "GBP 12 per month", "£12 a month", "GBP 10"),
        ("EUR 10", "GBP 12", "£12", "EUR 10"),
        ("free", "GBP 12", "£12", "free"),
        ("2 weeks", "30 days", "30 days", "2 weeks"),
        ("GBP 0.40", "GBP 0.50", "50p", "GBP 0.40"),
        ("USD 2000000", "USD 1500000", "$1.5M", "USD 2000000"),
        ("60 days", "30 days", "thirty (30) days", "60 days"),
        ("60 days", "30 days", "30 days (1 month)", "60 days"),
        ("18:00", "17:00", "5pm", "18:00"),
    ],
)
def test_what_is_right_beside_it(expected: str, published: str, text: str, told: str) -> None:
    assert alike(parse(expected), parse(published), text) == told
