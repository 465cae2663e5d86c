"""How a registry spells values."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.engine import kinds
from drift.model.values import Kind, Unit, Value

CANONICAL = [
    "60 days",
    "1 day",
    "3 business days",
    "24 hours",
    "6 months",
    "1 year",
    "2 quarters",
    "90 minutes",
    "USD 35",
    "USD 75000",
    "EUR 3.99 per month",
    "GBP 0.024",
    "USD 4 per user per month",
    "15%",
    "99.99%",
    "1.5% per month",
    "5 devices",
    "1 device",
    "42 replicas",
    "100 text messages per day",
    "1 guest pass",
    "24 vCPU",
    "5 people",
    "3 categories",
    "50 GB",
    "5 MiB",
    "100 Mbit/s",
    "10 GB per user",
    "23 kg",
    "158 cm",
    "2026-12-25",
    "December 25",
    "17:00",
    "free",
    "unlimited",
    "none",
    "no",
    "yes",
    "5 business days..7 business days",
    "USD 5..USD 10",
    "09:00..17:00",
    "30 days | 60 days",
]

NATURAL = [
    ("1 days", "1 day"),
    ("3 working days", "3 business days"),
    ("10 calendar days", "10 days"),
    ("two months", "2 months"),
    ("thirty-five days", "35 days"),
    ("a year", "1 year"),
    ("half-year", None),
    ("0.5 year", "6 months"),
    ("1.5 hours", "90 minutes"),
    ("2 fortnights", "4 weeks"),
    ("5..7 business days", "5 business days..7 business days"),
    ("5-7 days", "5 days..7 days"),
    ("5 to 7 days", "5 days..7 days"),
    ("24 hours..3 days", "1 day..3 days"),
    ("30 | 60 days", None),
    ("$35", "USD 35"),
    ("35 USD", "USD 35"),
    ("US$ 1,000.50", "USD 1000.50"),
    ("$20/mo", "USD 20 per month"),
    ("USD 20 / month", "USD 20 per month"),
    ("USD 5..10", "USD 5..USD 10"),
    ("$5-$10", "USD 5..USD 10"),
    ("€3.99", "EUR 3.99"),
    ("75 cents", "USD 0.75"),
    ("2.4 pence", "GBP 0.024"),
    ("15 percent", "15%"),
    ("100 megabytes", "100 MB"),
    ("5 Mbps", "5 Mbit/s"),
    ("50 pounds", "50 lb"),
    ("25 December", "December 25"),
    ("9:00..17:00", "09:00..17:00"),
    ("Free", "free"),
    ("5 Devices", "5 devices"),
    ("USD 10 per half hour", "USD 10 per 30 minutes"),
    ("USD 10 per Half Day", "USD 10 per half day"),
    ("GBP 10 per 500 grams", "GBP 10 per 500 g"),
    ("GBP 5 per 1 page", "GBP 5 per page"),
]


@pytest.mark.parametrize("text", CANONICAL)
def test_canonical_spellings_stay_as_they_are(text: str) -> None:
    assert kinds.show(kinds.parse(text)) == text


@pytest.mark.parametrize(("text", "canonical"), NATURAL)
def test_natural_spellings_become_canonical(text: str, canonical: str | None) -> None:
    if canonical is None:
        with pytest.raises(ValueError, match="is no value"):
            kinds.parse(text)
    else:
        assert kinds.show(kinds.parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is no value"),
        ("soon", "values look like 60 days"),
        ("5", "values look like"),
        ("up to 5 devices", "limits like 'at most' go into `bound:`"),
        ("5 devices maximum", "is no value"),
        ("30 days or months", "is no value"),
        ("a day or so", "is no value"),
        ("60 dyas", "did you mean '60 days'?"),
        ("3 buisness days", "did you mean '3 business days'?"),
        ("3 moths", "did you mean '3 months'?"),
        ("7..5 days", "not in ascending order"),
        ("5 days..USD 7", "different units"),
        ("1 month..60 days", "different units"),
        ("30 days | USD 5", "mixes kinds"),
        ("2026-02-31", "is no value"),
        ("x" * 300, "is no value"),
        ("December 32", "values look like"),
        ("Decembr 32", "values look like"),
        ("MUR soon", "values look like"),  # turned round it is MRU, a currency too
        ("MUR 35 or so", "values look like"),
    ],
)
def test_bad_spellings_are_told_with_the_nearest_right_one(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint.replace("?", r"\?")):
        kinds.parse(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("60 dys", "60 days"),
        ("60 dya", "60 days"),
        ("1 dayy", "1 day"),
        ("two mnths", "2 months"),
        ("2 fortnigts", "2 fortnights"),
        ("5..7 buisness days", "5..7 business days"),
        ("50 GBB", "50 GB"),
        ("5 GiBB", "5 GiB"),
        ("100 Mbitt/s", "100 Mbit/s"),
        ("5 Mbsp", "5 Mbps"),
        ("23 kgg", "23 kg"),
        ("23 kilograns", "23 kilograms"),
        ("55 x 40 x 20 cmm", "55 x 40 x 20 cm"),
        ("2 kilowat-hours", "2 kilowatt-hours"),
        ("15 percnt", "15 percent"),
        ("35 dolars", "35 dollars"),
        ("35 euors", "35 euros"),
        ("UER 35", "EUR 35"),
        ("EURR 35", "EUR 35"),
        ("EUR 35 per mnth", "EUR 35 per month"),
        ("USD 4 per user per mnth", "USD 4 per user per month"),
        ("EUR 5 per kgg", "EUR 5 per kg"),
        ("20 requests per 10 secnds", "20 requests per 10 seconds"),
        ("60 requests/mnth", "60 requests/month"),
        ("Decembr 25", "December 25"),
        ("25 Decmber", "December 25"),
        ("Dec 25", "December 25"),
        ("25th of Janurary", "January 25"),
        ("Febuary 3 2027", "2027-02-03"),
        ("3 Sept. 2027", "2027-09-03"),
        ("Decembr 24..Decembr 26", "December 24..December 26"),
    ],
)
def test_a_slip_in_a_unit_is_told_with_the_unit_meant(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"did you mean '{meant}'?")):
        kinds.parse(text)
    kinds.parse(meant)


@pytest.mark.parametrize(
    "text",
    [
        *("5 points", "5 stores", "5 sets", "5 fees", "5 prints", "3 males"),  # one letter from a unit, and words
        *("3 ways", "5 tours", "5 bins", "5 cards", "5 files", "5 gears"),  # another first letter is another word
        *("5 apps", "5 meals", "8 houses", "9 holes", "5 licences", "12 games", "24 vCPU", "5 kids"),
        *("EUR 5 per set", "EUR 5 per store", "EUR 5 per bag", "EUR 5 per mail", "USD 3 per hold", "EUR 1 per pin"),
    ],
)
def test_what_is_counted_is_no_slip(text: str) -> None:
    assert kinds.show(kinds.parse(text)) == text


def test_a_kind_asked_for_decides() -> None:
    assert kinds.parse("16 years", kind=Kind("age")).kind == "age"
    assert kinds.parse("16 years").kind == "duration"
    assert kinds.parse("3 moths", kind=Kind("count")) == Value(Kind("count"), Decimal(3), Decimal(3), Unit("moth"))
    with pytest.raises(ValueError, match="of kind 'money'"):
        kinds.parse("30 days", kind=Kind("money"))


def test_dollars_are_those_of_the_registry() -> None:
    assert kinds.show(kinds.parse("$35", dollars="CAD")) == "CAD 35"


_amounts = st.one_of(st.integers(0, 10**6).map(Decimal), st.decimals(0, 10**6, places=2))
_units = {
    Kind("duration"): ["minute", "hour", "day", "business day", "week", "month", "quarter", "year"],
    Kind("money"): ["USD", "EUR", "GBP", "CHF"],
    Kind("percentage"): ["%"],
    Kind("count"): ["device", "reply", "box", "person", "vCPU", "class", "appareil"],
    Kind("data size"): ["byte", "KB", "GB", "MiB", "Mbit/s"],
    Kind("measure"): ["kg", "lb", "cm", "in", "l"],
    Kind("age"): ["year"],
}


@st.composite
def _written(draw: st.DrawFn) -> tuple[Kind, str]:
    """A spelling as an owner may write one: amounts, ranges and alternatives of one kind."""
    kind = draw(st.sampled_from(sorted(_units)))
    unit = draw(st.sampled_from(_units[kind]))
    amounts = sorted(draw(st.sets(_amounts, min_size=1, max_size=3)))
    per = draw(st.sampled_from(["", " per month", " per user"])) if kind != "age" else ""
    spelled = [f"{unit} {amount}" if kind == "money" else f"{amount} {unit}" for amount in amounts]
    spelled = [f"{one}{per}" for one in spelled]
    return kind, draw(st.sampled_from([spelled[0], " | ".join(spelled), "..".join(spelled[:2])]))


@given(_written())
def test_what_is_shown_is_read_again_as_the_same_value(written: tuple[Kind, str]) -> None:
    kind, text = written
    value = kinds.parse(text, kind=kind)

    assert kinds.parse(kinds.show(value), kind=kind) == value


@given(st.text(max_size=60), st.sampled_from([None, *kinds.names()]))
def test_any_text_is_a_value_or_a_value_error(text: str, kind: Kind | None) -> None:
    try:
        value = kinds.parse(text, kind=kind)
    except ValueError:
        return
    assert kinds.parse(kinds.show(value), kind=value.kind) == value
