"""Whatever a registry accepts can be found on a page: every currency of the world, every unit of every kind."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from drift.engine import kinds, languages
from drift.engine.kinds import data_size, duration, measure
from drift.engine.kinds.currencies import CODES
from drift.model import Language
from drift.model.values import Kind, Unit, Value

ENGLISH, FRENCH = languages.load("en"), languages.load("fr")
UNITS = (
    *((Kind("duration"), unit) for unit in duration._SIZES),
    *((Kind("measure"), unit) for unit in (*measure._SIZES, "°F")),
    *((Kind("data size"), unit) for unit in data_size._SIZES),
)


def test_every_currency_is_read_where_the_registry_prices_in_it() -> None:
    assert len(CODES) > 150
    expected = {code: [Value(Kind("money"), Decimal(250), Decimal(250), Unit(code))] for code in sorted(CODES)}
    assert {code: [kinds.parse(f"{code} 250")] for code in expected} == expected
    for language, form in product((ENGLISH, FRENCH), ("{} 250", "250 {}")):
        assert {code: _found(form.format(code), language, f"USD {code}") for code in expected} == expected


def test_every_unit_is_read_as_it_is_shown() -> None:
    values = [Value(kind, Decimal(25), Decimal(25), Unit(unit)) for kind, unit in UNITS]
    assert [kinds.parse(kinds.show(value)) for value in values] == values
    assert [_found(f"It is {kinds.show(value)}.", ENGLISH) for value in values] == [[value] for value in values]


def _found(text: str, language: Language, dollars: str = "USD") -> list[Value]:
    return [found.value for found in kinds.find(text, language, dollars=dollars)]
