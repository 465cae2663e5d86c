"""Money: '$35', '35 USD', '€3,99', '2.4 pence', 'one hundred dollars', '$5 per month', 'US$1.5 million'."""

from __future__ import annotations

import re
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
from drift.engine.kinds.currencies import CODES, SIGNS
from drift.engine.numbers import SPACE, Number, spellings
from drift.model import Found, Language
from drift.model.values import Kind, Value

KIND = Kind("money")

_HUNDREDTH = "/100"
_WIDEST_PREFIX = 12  # characters: 'U.S.  $' and spaces
_SIGNS = {
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
    rf"(?:(?P<before>[^\W\d]{{1,4}}|[a-z]{{0,2}}[^\w\s.,-]) ?{REGISTRY_AMOUNT}"
    rf"|{REGISTRY_AMOUNT.replace('amount', 'number')} ?(?P<after>[^\W\d]{{1,7}}|[^\w\s.,%-])){REGISTRY_PER}",
    re.IGNORECASE,
)
_AROUND = re.compile(r"(?:[ ]{0,3}|-)(?P<unit>[^\W\d_]+(?:[ ][^\W\d_]+){0,2}|[^\W\d_]{0,3}[^\w\s.,:;!?()\[\]/*+-])")
_AHEAD = re.compile(r"(?<![^\W_])(?P<unit>[^\W\d_]{1,4}[./]?|[^\W\d_]{0,3}[^\w\s.,:;!?()\[\]*+-])[ ]{0,3}\Z")
_SURE = 4  # letters from which a name, and from which a sign, means money whatever the registry prices in


class _CurrencyName(NamedTuple):
    unit: str
    start: int
    end: int


def read(text: FoldedText, number: Number) -> Found | None:
    """An amount with its currency before or after it. One whose digits are not surely read is left unread."""
    if whole := _NO_CENTS.match(text.folded, number.end):
        number = _whole(text, number, whole.end())
    if number.article or number.unsure == "group":
        return None
    if (parted := _CENTS.match(text.folded, number.end)) and (" " not in parted[0] or _closes(text, parted.end())):
        return _parted(text, number, parted)
    before = _before(text, number.start)
    after = _after(text, number.end) or _by_its_coins(text, number.end)
    named = before or after
    if named is None or _SLASHED.match(text.folded, number.end):
        return None
    if before and after and after.unit == f"${_HUNDREDTH}":
        return None  # '$0.99¢'
    if " " in number.letter and len(number.letter.strip()) == 1 and not before and _is_word(text, after):
        return None  # '5 m dollars'
    start = before.start if before else number.start
    unit = named.unit
    end = number.end
    if after and (before is None or _agree(unit, after.unit)):  # '$35 USD', '$35 CAD'
        unit = after.unit if unit.startswith("$") else unit
        end = after.end
    code, amounts = _currency(unit, number.numerals, text.dollar)
    if len(amounts) == 1 and (rest := hundredths(text, end, unit)):
        amounts, end = (amounts[0] + rest[0],), rest[1]
    elif before and not after and _ATTACHED.match(text.folded, end) and not _per_letters(text).match(text.folded, end):
        return None  # '$5x': nobody knows five what
    per, end = read_per(text, end, lots=True)
    return Found(valued(KIND, amounts, number.is_range, code, per), start, end)


# '12€50', '12 € 50': the sign stands where the decimal mark would
_CENTS = re.compile(r"[ ]?(?P<sign>[€£$])[ ]?(?P<cents>[0-9]{2})(?![0-9]|[.,:/-][0-9]|[^\W\d_])")
# '1.250,-', '50.-', '500/-': no hundredths
_NO_CENTS = re.compile(r"(?:[.,][-~—]{1,2}|/-)(?![\w-])")


def _whole(text: FoldedText, number: Number, end: int) -> Number:
    """The number with the mark behind it that says it has no hundredths: a mark within it then groups."""
    if number.unsure == "group" and len(number.numerals) == 1:
        digits = "".join(char for char in text.folded[number.start : number.end] if char.isdecimal())
        number = number._replace(numerals=(Decimal(digits),), unsure="")
    return number._replace(end=end)


def _is_word(text: FoldedText, named: _CurrencyName | None) -> bool:
    return named is not None and text.folded[named.start : named.end].isalpha() and named.end - named.start > _CODE


_CODE = 3  # letters of a currency's code


def _closes(text: FoldedText, end: int) -> bool:
    """Whether a number that ends here counts nothing that follows: the '50' of '12 € 50.', but not of '12 € 50 GB'."""
    return _goes_on(text.language).match(text.folded, end) is not None or bool(read_per(text, end)[0])


@lru_cache(maxsize=16)
def _goes_on(language: Language) -> re.Pattern[str]:
    stops = spellings(word for word in language.phrases.noun_stops if len(word) > 1)
    return re.compile(rf"{SPACE}(?:\Z|[.,;:!?)\]|\n]|(?:{stops})(?![^\W_]))")


def _parted(text: FoldedText, number: Number, parted: re.Match[str]) -> Found | None:
    if len(number.numerals) > 1 or number.low % 1 or number.decimals:
        return None
    unit = units(text.language, KIND).name(parted["sign"])
    code, amounts = _currency(unit, (number.low + Decimal(parted["cents"]) / 100,), text.dollar)
    per, end = read_per(text, parted.end())
    return Found(valued(KIND, amounts, False, code, per), number.start, end)


_SLASHED = re.compile("/[0-9]")
_ATTACHED = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=16)
def _letters_of_per(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{spellings(language.phrases.per_letters)})(?![^\W_])")


def _per_letters(text: FoldedText) -> re.Pattern[str]:
    return _letters_of_per(text.language)


def hundredths(text: FoldedText, end: int, unit: str) -> tuple[Decimal, int] | None:
    """The cents after whole units, and where they end: '3 dollars 50 cents', 'five dollars fifty'."""
    return _in_words(text, end) or _in_coins(text, end, unit)


def _in_words(text: FoldedText, end: int) -> tuple[Decimal, int] | None:
    joint = _joint(text.language).match(text.folded, end)
    number = joint and numbers.read_one(text.folded, joint.end(), text.language)
    says = joint and number and not joint[0].strip() and _says_cents(text, number, end)
    return (number.low / 100, number.end) if number and says else None


def _in_coins(text: FoldedText, end: int, unit: str) -> tuple[Decimal, int] | None:
    joint = _joint(text.language).match(text.folded, end)
    number = joint and numbers.read_one(text.folded, joint.end(), text.language)
    cents = number and not number.article and number.low < 100 and _after(text, number.end)
    if not number or not cents or not cents.unit.endswith(_HUNDREDTH):
        return None
    whole = cents.unit.removesuffix(_HUNDREDTH)
    return (number.low / 100, cents.end) if whole == unit or "$" in (whole, unit) else None


def _by_its_coins(text: FoldedText, end: int) -> _CurrencyName | None:
    """The currency that coins tell of a word that is also a unit: the pounds of 'five pounds and fifty pence'."""
    match = _AROUND.match(text.folded, end)
    if match is None:
        return None
    name, at = match["unit"].split(" ")[0], match.start("unit")
    for code in text.language.currencies.get(name, ()):
        if _in_coins(text, at + len(name), code):
            return _CurrencyName(code, at, at + len(name))
    return None


def of_no_country(text: FoldedText, number: Number) -> bool:
    """Whether a number counts money in a word that nothing tells the country of: 'five pounds fifty' is no weight."""
    match = _AROUND.match(text.folded, number.end)
    name = match["unit"].split(" ")[0] if match else ""
    if match is None or name not in text.language.currencies or _after(text, number.end):
        return False
    return _in_words(text, match.start("unit") + len(name)) is not None


def _says_cents(text: FoldedText, number: Number, end: int) -> bool:
    """Whether a number in words right after a currency in words is its hundredths: 'five dollars fifty'."""
    in_words = number.words and text.folded[end - 1].isalpha()
    return in_words and 10 <= number.low < 100 and not number.low % 1 and _closes(text, number.end)


def _before(text: FoldedText, start: int) -> _CurrencyName | None:
    """The currency that stands right before a number."""
    lowest = max(0, start - _WIDEST_PREFIX)
    if text.folded[lowest:start].rstrip(" ").endswith(_endings(text.language)):
        match = _prefix(text.language).search(text.folded, lowest, start)
        if match and not _is_letter(text, match):
            return _CurrencyName(units(text.language, KIND).name(match["unit"]), match.start("unit"), match.end("unit"))
    match = _AHEAD.search(text.folded, lowest, start)
    code = match and _world(text, match["unit"], match.start("unit"), attached=match.end("unit") == start)
    return _CurrencyName(code, match.start("unit"), match.end("unit")) if match and code else None


def _after(text: FoldedText, end: int) -> _CurrencyName | None:
    """The currency that stands right after a number."""
    match = suffix(text.language, KIND).match(text.folded, end)
    if match and not _is_letter(text, match):
        return _CurrencyName(units(text.language, KIND).name(match["unit"]), match.start("unit"), match.end("unit"))
    match = _AROUND.match(text.folded, end)
    if match is None:
        return None
    at = match.start("unit")
    words = match["unit"].split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if code := _world(text, name, at, attached=at == end):
            return _CurrencyName(code, at, at + len(name))
    return None


def _is_letter(text: FoldedText, match: re.Match[str]) -> bool:
    """Whether the unit is a capital alone: '1P' is no penny."""
    unit = match["unit"]
    return unit.isalpha() and len(unit) == 1 and text.raw[match.start("unit")].isupper()


def _world(text: FoldedText, name: str, start: int, *, attached: bool) -> str | None:
    """The ISO code of a currency of the world by its name, its sign, or its code in capitals; None if unsure.

    What several write alike ('kr', 'pesos'), and what is a word besides ('R', 'rm', 'TRY'), is the one that the
    registry prices in.
    """
    codes = text.language.currencies.get(name) or text.language.currencies.get(name.rstrip("."))
    if not codes:
        return None
    if text.raw[start].islower() and name in units(text.language, Kind("measure")).names and len(name) < _SURE:
        return None  # '25 ft' is a length, '25 Ft' forints
    used = [code for code in codes if code in text.priced]
    if len(used) == 1:
        return used[0]
    if len(codes) > 1 or used:
        return None
    raw = text.raw[start : start + len(name)]
    if name.upper() == codes[0]:
        return codes[0] if raw.isupper() and name not in _WORDS else None
    sign = name.rstrip(".")
    return codes[0] if len(sign) >= _SURE or not sign.isascii() or not sign.strip(_ASCII_SIGNS).isalpha() else None


_ASCII_SIGNS = "./"
_WORDS = frozenset(
    ["all", "try", "top", "cup", "pen", "mop", "cop", "sos", "bob", "mad", "gel", "ang", "lak", "bam", "mur"]
)  # codes that are words


@lru_cache(maxsize=16)
def _joint(language: Language) -> re.Pattern[str]:
    return re.compile(rf",?[ ]{{1,3}}(?:(?:{spellings(language.phrases.and_)})[ ]{{1,3}})?")


def parse(words: str, dollars: str) -> Value | None:
    match = _REGISTRY.fullmatch(words)
    if match is None:
        return None
    name = (match["before"] or match["after"]).lower()
    code = name.upper() if name.upper() in CODES else None
    unit = code or _SIGNS.get(name) or _SIGNS.get(name.removesuffix("s")) or _sign(name, before=bool(match["before"]))
    if unit is None:
        return None
    code, amounts = _currency(unit, (amount_of(match["amount"] or match["number"]),), dollars.split()[0])
    return valued(KIND, amounts, False, code, counters(match["per"]))


def names() -> tuple[str, ...]:
    """The words for money that a registry may write after a number, for 'did you mean'."""
    words = [name for name in _SIGNS if name.isalpha() and name.isascii()]
    return (*(f"{name}s" for name in words if f"{name}s" not in words), *words)


def _sign(name: str, *, before: bool) -> str | None:
    """The one currency with this sign; None if there are several. Letters after a number are a unit: '25 km'."""
    codes = SIGNS.get(name, "").split()
    letters = name.isascii() and name.isalpha()
    return codes[0] if len(codes) == 1 and (not letters or (before and len(name) > 1)) else None


def spell(amount: Decimal, unit: str) -> str:
    if amount != amount.to_integral_value() and (amount * 100) % 1 == 0:
        return f"{unit} {amount:.2f}"
    return f"{unit} {plain(amount)}"


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit, amount


def _agree(unit: str, other: str) -> bool:
    return unit == other or (unit == "$" and not other.endswith(_HUNDREDTH))


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
    return re.compile(rf"(?<![^\W_])(?P<unit>{units(language, KIND).pattern}){SPACE}\Z")


MONEY = KindOfValue(
    KIND, parse, spell, size, read=read, before=True, lettered=True, cents=2, signed=4, sized=True, priced=True
)
