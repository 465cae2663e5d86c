"""Money: '$35', '35 USD', '€3,99', '2.4 pence', 'one hundred dollars', '$5 per month', 'US$1.5 million'."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from drift.kinds.base import REGISTRY_AMOUNT, REGISTRY_PER, Text, amount_of, plain, read_per, suffix, units, valued
from drift.model import Found, Language
from drift.numbers import SPACE, Number
from drift.values import Kind, Value

KIND = Kind.MONEY

_HUNDREDTH = "/100"
_WIDEST_PREFIX = 12  # characters: 'U.S.  $' and spaces
_NAMES = {
    "$": "$",
    "us$": "USD",
    "ca$": "CAD",
    "a$": "AUD",
    "nz$": "NZD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "dollar": "$",
    "cent": "$/100",
    "euro": "EUR",
    "pence": "GBP/100",
    "penny": "GBP/100",
}
_REGISTRY = re.compile(
    rf"(?:(?P<before>[a-z]{{3}}|[a-z]{{0,2}}[$€£¥₹]) ?{REGISTRY_AMOUNT}"
    rf"|{REGISTRY_AMOUNT.replace('amount', 'number')} ?(?P<after>[a-z]{{3,7}}|[$€£¥₹])){REGISTRY_PER}",
    re.IGNORECASE,
)
_CODES = (
    "USD CAD AUD NZD SGD HKD MXN BRL EUR GBP CHF JPY CNY INR KRW SEK NOK DKK PLN CZK ZAR HUF RON BGN TRY ILS AED SAR"
    " THB MYR IDR PHP VND TWD ARS CLP COP PEN EGP NGN KES UAH ISK"
)
_CURRENCIES = frozenset(_CODES.split())


def read(text: Text, number: Number) -> Found | None:
    if number.article:
        return None
    before = _named_before(text, number.start)
    after = suffix(text.language, KIND).match(text.folded, number.end)
    named = before or after
    if named is None:
        return None
    if named["unit"].isalpha() and len(named["unit"]) == 1 and text.raw[named.start("unit")].isupper():
        return None  # '1P' is no penny
    money = units(text.language, KIND)
    start = before.start("unit") if before else number.start
    unit = money.name(named["unit"])
    end = number.end
    if after and (before is None or _agree(unit, money.name(after["unit"]))):  # '$35 USD', '$35 CAD'
        unit = money.name(after["unit"]) if unit.startswith("$") else unit
        end = after.end()
    per, end = read_per(text, end)
    code, amounts = _currency(unit, number.numerals, text.dollars)
    return Found(valued(KIND, amounts, number.is_range, code, per), start, end)


def _named_before(text: Text, start: int) -> re.Match[str] | None:
    lowest = max(0, start - _WIDEST_PREFIX)
    if not text.folded[lowest:start].rstrip(" ").endswith(_endings(text.language)):
        return None
    return _prefix(text.language).search(text.folded, lowest, start)


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    if match is None:
        return None
    name = (match["before"] or match["after"]).lower()
    code = name.upper() if name.upper() in _CURRENCIES else None
    unit = code or _NAMES.get(name) or _NAMES.get(name.removesuffix("s"))
    if unit is None:
        return None
    code, amounts = _currency(unit, (amount_of(match["amount"] or match["number"]),), dollars)
    return valued(KIND, amounts, False, code, match["per"])


def spell(amount: Decimal, unit: str) -> str:
    if amount != amount.to_integral_value() and (amount * 100) % 1 == 0:
        return f"{unit} {amount:.2f}"
    return f"{unit} {plain(amount)}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit, amount


def _agree(unit: str, other: str) -> bool:
    return unit == other or unit == "$"


def _currency(unit: str, amounts: tuple[Decimal, ...], dollars: str) -> tuple[str, tuple[Decimal, ...]]:
    """The ISO code of a unit, and the amounts in it: pence are hundredths of a pound."""
    if unit.endswith(_HUNDREDTH):
        amounts = tuple(amount / 100 for amount in amounts)
        unit = unit.removesuffix(_HUNDREDTH)
    return dollars if unit == "$" else unit, amounts


@lru_cache(maxsize=16)
def _endings(language: Language) -> tuple[str, ...]:
    """The last word of each unit: nearly no text before a number ends with one, which is quickly seen."""
    return tuple({unit.split()[-1] for unit in units(language, KIND).names})


@lru_cache(maxsize=16)
def _prefix(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?P<unit>{units(language, KIND).pattern}){SPACE}\Z")
