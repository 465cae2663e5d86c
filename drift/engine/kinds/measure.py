"""Weights, lengths, volumes and the like: '23 kg', '158 cm', '35 °C'; and sizes of several sides: '55 x 40 x 20 cm'."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift.engine import numbers
from drift.engine.kinds.base import (
    REGISTRY_AMOUNT,
    REGISTRY_PER,
    FoldedText,
    KindOfValue,
    amount_of,
    counters,
    plain,
    read_per,
    suffix,
    units,
    valued,
)
from drift.engine.numbers import SPACE, Number, spellings
from drift.model import Found, Language
from drift.model.values import Kind, Value

KIND = Kind("measure")

_SIZES: dict[str, tuple[str, Decimal]] = {
    unit: (dimension, Decimal(size))
    for dimension, sizes in {
        "weight": "mg .001 g 1 kg 1000 t 1000000 oz 28.349523125 lb 453.59237 stone 6350.29318",
        "length": "mm 1 cm 10 m 1000 km 1000000 in 25.4 ft 304.8 yd 914.4 mi 1609344",
        "volume": "ml 1 cl 10 dl 100 l 1000 gal 3785.411784 pt 473.176473",
        "area": "m² 1 ha 10000 km² 1000000 ft² .09290304 acre 4046.8564224",
        "speed": "km/h 1 mph 1.609344",
        "power": "W 1 kW 1000 MW 1000000",
        "energy": "Wh 1 kWh 1000 MWh 1000000",
        "charge": "mAh 1",
        "frequency": "Hz 1 kHz 1000 MHz 1000000 GHz 1000000000",
        "temperature": "°C 1",
    }.items()
    for unit, size in zip(sizes.split()[::2], sizes.split()[1::2], strict=True)
}
_NAMES = {
    "g": ("gram",),
    "kg": ("kgs", "kilogram", "kilo"),
    "t": ("tonne",),
    "oz": ("ounce",),
    "lb": ("lbs", "pound"),
    "mm": ("millimetre", "millimeter"),
    "cm": ("centimetre", "centimeter"),
    "m": ("metre", "meter"),
    "km": ("kilometre", "kilometer"),
    "in": ("inch", "inches", "linear inch", "linear inches"),
    "ft": ("foot", "feet"),
    "yd": ("yard",),
    "mi": ("mile",),
    "l": ("litre", "liter"),
    "gal": ("gallon",),
    "pt": ("pint",),
    "ha": ("hectare",),
    "m²": ("m2", "sqm", "sq m", "square metre", "square meter"),
    "ft²": ("ft2", "sqft", "sq ft", "square foot", "square feet"),
    "km²": ("km2", "square kilometre", "square kilometer"),
    "km/h": ("kmh", "kph"),
    "°C": ("c", "celsius", "degrees celsius"),
    "°F": ("f", "fahrenheit", "degrees fahrenheit"),
    "W": ("watt",),
    "kW": ("kilowatt",),
    "kWh": ("kilowatt hour", "kilowatt-hour"),
}
_ALIASES = {
    **{unit.lower(): unit for unit in (*_SIZES, "°F")},
    **{spelling: unit for unit, names in _NAMES.items() for name in names for spelling in (name, name + "s")},
}
_BELOW_FREEZING = Decimal(32)  # °F at 0 °C
_REGISTRY = re.compile(rf"{REGISTRY_AMOUNT} ?(?P<unit>[a-z°²][a-z°²/-]*[2]?(?: [a-z]+)?){REGISTRY_PER}", re.IGNORECASE)
_REGISTRY_SIDES = re.compile(
    rf"{REGISTRY_AMOUNT}(?: ?[a-z]+)? ?[x×] ?(?P<second>[0-9.]+)(?: ?[a-z]+)?"
    r"(?: ?[x×] ?(?P<third>[0-9.]+))? ?(?P<unit>[a-z]+)",
    re.IGNORECASE,
)


def read(text: FoldedText, number: Number) -> Found | None:
    if number.article or number.unsure:
        return None
    if not number.is_range and len(number.numerals) == 1 and (sides := _sides(text, number)):
        return sides
    match = suffix(text.language, KIND).match(text.folded, number.end)
    if match is None:
        return None
    unit = units(text.language, KIND).name(match["unit"])
    if len(match["unit"]) == 1 and (text.raw[match.start("unit")] != unit or text.folded.startswith("-", match.end())):
        return None  # '5G' is a network, and '5 t-shirts' weigh nothing
    if _SIZES.get(unit, ("",))[0] == "length" and (
        is_factor(text.folded, number.start) or _LAST_SIDE.search(text.folded, max(0, number.start - 24), number.start)
    ):
        return None
    if unit == "lb" and match["unit"].startswith("pound") and _priced_in_pounds(text, match.end()):
        return None
    if unit == "lb" and _STONES.search(text.folded, max(0, number.start - 8), number.start):
        return None  # '10 st 5 lb'
    amounts, end = number.numerals, match.end()
    if len(amounts) == 1 and (rest := _rest(text, end, unit)):
        amounts, unit, end = (amounts[0] * rest.times + rest.amount,), rest.unit, rest.end
    per, end = read_per(text, end)
    return Found(valued(KIND, amounts, number.is_range, unit, per), number.start, end)


class _Rest(NamedTuple):
    """What follows whole units in the next smaller one: the 10 inches of '5 ft 10 in', of which a foot has 12."""

    amount: Decimal
    unit: str
    times: Decimal
    end: int


def _rest(text: FoldedText, end: int, unit: str) -> _Rest | None:
    joint = _REST.match(text.folded, end)
    number = joint and numbers.read_one(text.folded, joint.end(), text.language)
    if not number or number.words or number.article:
        return None
    inches = _INCHES.match(text.folded, number.end) if unit == "ft" else None
    match = inches or suffix(text.language, KIND).match(text.folded, number.end)
    if not match:
        return None
    smaller = "in" if inches else units(text.language, KIND).name(match["unit"])
    (dimension, whole), (other, part) = (_SIZES.get(name, ("", Decimal(1))) for name in (unit, smaller))
    times = whole / part
    if not dimension or dimension != other or times % 1 or not 1 < times <= 1000 or number.low >= times:
        return None
    return _Rest(number.low, smaller, times, match.end())


_INCHES = re.compile(r"[ ]?in(?![^\W_])")  # a word of its own elsewhere
_STONES = re.compile("[0-9][ ]?st[ ]{1,2}\\Z")
_REST = re.compile("[ ]{1,2}(?=[0-9])")


def _priced_in_pounds(text: FoldedText, end: int) -> bool:
    """Whether 'pounds' is money here: the registry prices in it and nothing speaks of weight."""
    return "GBP" in text.priced and not text.folded.startswith((" of weight", " in weight"), end)


_LAST_SIDE = re.compile(
    r"[0-9][a-z]{0,2}[ ]?(?:[+]|[-/][ ]?[0-9.]{1,5}[ ]?[-/])[ ]?\Z"
)  # '55-40-20 cm', '55 + 40 + 20 cm'
_FACTOR = re.compile(r"[0-9\"][a-z]{0,2}[ ]{0,2}[x×][ ]{0,2}[lwhd]?\Z")


def is_factor(folded: str, start: int) -> bool:
    """Whether a number is multiplied by what stands before it: the 1080 of '1920 x 1080', the 23 of '2 x 23 kg'."""
    return folded[max(0, start - 3) : start].rstrip("lwhd ")[-1:] in ("x", "×") and bool(
        _FACTOR.search(folded, max(0, start - 8), start)
    )


class _Times(NamedTuple):
    """What stands between the sides of a size."""

    joint: re.Pattern[str]
    unit: re.Pattern[str]


@lru_cache(maxsize=16)
def _times(language: Language) -> _Times:
    by = spellings(language.phrases.by)
    side = r"(?:[ ]?[(]?[lwhd][)]?)?"
    return _Times(
        re.compile(rf"{side}{SPACE}(?:[x×*]|[ ](?:{by})[ ]){SPACE}(?:[lwhd](?=[0-9]))?"),
        re.compile(rf"(?:[ ]?[(][lwhd][)])?(?:{SPACE}|-)(?P<unit>{units(language, KIND).pattern}|\"|'')(?![\w$])"),
    )


def _sides(text: FoldedText, number: Number) -> Found | None:
    """A size of two or three sides: '55 x 40 x 20 cm', '22" x 14" x 9"'. All are lengths in one unit."""
    rules = _times(text.language)
    sides, end, unit = [number.low], number.end, ""
    while len(sides) < 4:
        own = rules.unit.match(text.folded, end)
        name = _length(text.language, own["unit"]) if own else ""
        if own and not name:
            return None
        unit, after = (name, own.end()) if own else (unit, end)
        joint = rules.joint.match(text.folded, after)
        more = joint and numbers.read_one(text.folded, joint.end(), text.language, joined=True)
        if not more or more.article:
            end = after
            break
        sides.append(more.low)
        end = more.end
    if len(sides) not in (2, 3) or not unit:
        return None
    value = valued(KIND, sides[:1], False, unit)
    return Found(replace(value, sides=tuple(sides[1:])), number.start, end)


def _length(language: Language, spelling: str) -> str:
    """The unit of length with this spelling, or ''."""
    unit = "in" if spelling in ('"', "''") else units(language, KIND).name(spelling)
    return unit if _SIZES.get(unit, ("",))[0] == "length" else ""


def parse(words: str, dollars: str) -> Value | None:
    if match := _REGISTRY_SIDES.fullmatch(words):
        unit = _ALIASES.get(match["unit"].lower())
        if unit is None or _SIZES.get(unit, ("",))[0] != "length":
            return None
        value = valued(KIND, [amount_of(match["amount"])], False, unit)
        return replace(value, sides=tuple(amount_of(one) for one in (match["second"], match["third"]) if one))
    match = _REGISTRY.fullmatch(words)
    unit = _ALIASES.get(match["unit"].lower()) if match else None
    if not match or unit is None:
        return None
    return valued(KIND, [amount_of(match["amount"])], False, unit, counters(match["per"]))


def unit_named(word: str) -> str | None:
    """The canonical unit of a registry's word, or None."""
    return _ALIASES.get(word)


def names() -> tuple[str, ...]:
    """The units as they are written, for 'did you mean'."""
    plurals = (name if name.endswith(("s", "feet", "2")) else f"{name}s" for names in _NAMES.values() for name in names)
    return (*_SIZES, "°F", *(name for names in _NAMES.values() for name in names), *plurals)


def spell(amount: Decimal, unit: str) -> str:
    return f"{plain(amount)} {unit}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    if unit == "°F":
        return "temperature", (amount - _BELOW_FREEZING) * 5 / 9
    dimension, factor = _SIZES[unit]
    return dimension, amount * factor


def _comparable(one: Value, other: Value) -> bool:
    return size(one.low, one.unit)[0] == size(other.low, other.unit)[0] and len(one.sides) == len(other.sides)


MEASURE = KindOfValue(
    KIND,
    parse,
    spell,
    size,
    read=read,
    multiplied=True,
    inflected=False,
    comparable=_comparable,
    slack=Decimal("0.02"),  # '23 kg (50 lb)' and '10 miles (16 km)' are rounded by up to 1.6 %
    restated=Decimal("0.05"),  # '55 lb (25 kg)': what a page writes as one allowance
    sized=True,
)
