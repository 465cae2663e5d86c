"""Whatever a registry accepts can be found on a page: every currency of the world, every unit of every kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drift.engine import kinds, languages
from drift.engine.kinds import data_size, duration, measure
from drift.engine.kinds.currencies import CODES
from drift.model.values import Kind, Value

ENGLISH, FRENCH = languages.load("en"), languages.load("fr")
UNITS = (
    *((Kind.DURATION, unit) for unit in duration._SIZES),
    *((Kind.MEASURE, unit) for unit in (*measure._SIZES, "°F")),
    *((Kind.DATA_SIZE, unit) for unit in data_size._SIZES),
)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_currency_is_read_where_the_registry_prices_in_it(code: str) -> None:
    expected = Value(Kind.MONEY, Decimal(250), Decimal(250), code)
    assert kinds.parse(f"{code} 250") == expected
    for language in (ENGLISH, FRENCH):
        for text in (f"{code} 250", f"250 {code}"):
            (found,) = kinds.find(text, language, dollars=f"USD {code}")
            assert found.value == expected


@pytest.mark.parametrize(("kind", "unit"), UNITS)
def test_every_unit_is_read_as_it_is_shown(kind: Kind, unit: str) -> None:
    value = Value(kind, Decimal(25), Decimal(25), unit)
    shown = kinds.show(value)
    assert kinds.parse(shown) == value
    (found,) = kinds.find(f"It is {shown}.", ENGLISH)
    assert found.value == value
