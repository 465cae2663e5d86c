"""How a registry spells values: one amount, a range with '..', alternatives with '|'.

The canonical spelling is the same in every language; owners may also write an amount in words ('two months').
"""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz.distance import OSA

from drift.engine.kinds import duration, measure, slips, table
from drift.engine.kinds.base import REGISTRY_AMOUNT, amount_of, half, many, noun, plain
from drift.engine.kinds.comparing import with_unit_of
from drift.engine.kinds.currencies import CODES
from drift.engine.kinds.table import named, of
from drift.model.values import Kind, Value

_BARE = re.compile(f"-?{REGISTRY_AMOUNT}")
_NUMBERED = re.compile(rf"{REGISTRY_AMOUNT}(?P<after>.*)", re.DOTALL)
_RANGE = re.compile(r" ?(?:\.\.|–) ?|(?<=\d)-(?=[\d$€£])| to ")
_BOUND = re.compile(r"(?P<bound>at least|at most|exactly) (?=\S)", re.IGNORECASE)
_NAMED = ("free", "unlimited", "none", "yes", "no")
_LONGEST = 200  # characters of a spelling that are read
_EXAMPLES = (
    "60 days, 3 business days, USD 35, EUR 3.99 per month, 15%, 5 devices, 50 GB, 23 kg, 18 years, 2026-12-25, 17:00, "
    "free, unlimited, 5 days..7 days, 30 days | 60 days"
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {
    **{word: number for number, word in enumerate(_UNITS.split())},
    **{word: number for number, word in zip(range(20, 100, 10), _TENS.split(), strict=True)},
    "a": 1,
    "an": 1,
}
_IN_WORDS = re.compile(
    rf"\A(?P<first>{'|'.join(_WORDS)})(?:-(?P<second>{'|'.join(_UNITS.split()[1:10])}))? ", re.IGNORECASE
)


def parse(text: str, *, kind: Kind | None = None, dollars: str = "USD") -> Value:
    """The value a registry spells: '60 days', 'USD 35 per month', '5..7 business days', '30 days | 60 days'.

    `kind` decides where the words leave it open: '16 years' is a duration unless an age is asked for. `dollars` is the
    currency of a bare '$'. Raises ValueError with the nearest right spelling, or with examples.
    """
    words = " ".join(text.split())
    if not words or len(words) > _LONGEST:
        raise ValueError(f"{words[:40]!r} is no value; values look like {_EXAMPLES}")
    first, *further = (_range_or_one(part.strip(), kind, dollars) for part in words.split("|"))
    if any(other.kind != first.kind for other in further):
        raise ValueError(f"{words!r} mixes kinds of value; alternatives are of one kind")
    return replace(first, alternatives=tuple(further))


def show(value: Value) -> str:
    """The canonical spelling, which `parse` reads back as the same value (given its kind)."""
    if value.alternatives:
        return " | ".join(show(one) for one in (replace(value, alternatives=()), *value.alternatives))
    kind, per = of(value), show_per(value)
    if value.sides:
        return (
            " x ".join(plain(side) for side in (value.low, *value.sides[:-1]))
            + f" x {kind.spell(value.sides[-1], value.unit)}"
        )
    low = kind.spell(value.low, value.unit) + per
    return f"{low}..{kind.spell(value.high, value.unit)}{per}" if value.is_range else low


def show_per(value: Value) -> str:
    """By what a value is counted, as it stands behind it: ' per user per month'."""
    return "".join(f" per {name}" for name in value.per)


def _range_or_one(words: str, kind: Kind | None, dollars: str) -> Value:
    one = _one(words, kind, dollars)
    if one is not None:
        return one
    parts = _RANGE.split(words)
    if len(parts) == 2:
        return _range(words, parts[0], parts[1], kind, dollars)
    raise ValueError(_complaint(words, kind))


def _range(words: str, lower: str, upper: str, kind: Kind | None, dollars: str) -> Value:
    """Either end may lean on the other for its unit: '5..7 business days', 'USD 5..10'."""
    low = _one(lower, kind, dollars) if not _BARE.fullmatch(lower) else None
    high = _one(upper, kind, dollars) if low is None or not of(low).priced else _price(upper, low, dollars)
    if low is None and high is not None and (of(high).negative or lower[:1] != "-") and _BARE.fullmatch(lower):
        low = replace(high, low=amount_of(lower), high=amount_of(lower))
    if low is None or high is None:
        raise ValueError(_complaint(words, kind))
    low_in_unit = with_unit_of(low, high) if low.kind == high.kind else None
    if low_in_unit is None:
        raise ValueError(f"the ends of {words!r} have different units")
    if low_in_unit.low >= high.low:
        raise ValueError(f"the ends of {words!r} are not in ascending order")
    return replace(high, low=low_in_unit.low)


def _price(upper: str, low: Value, dollars: str) -> Value | None:
    """The upper end of a range of money, which may leave the currency to the lower one."""
    return _one(f"{low.unit} {upper}" if upper[:1].isdecimal() and _NUMBERED.match(upper) else upper, low.kind, dollars)


def _one(words: str, kind: Kind | None, dollars: str) -> Value | None:
    """One amount, by the kind asked for or the first that reads it.

    Raises ValueError for a unit that is one slip away from a known one.
    """
    words = _IN_WORDS.sub(_digits, words, count=1) if words[:1].isalpha() else words
    if kind is not None:
        tried = (named(kind), *(one for one in table.KINDS if one.worded))
        value = next((value for one in tried if (value := one.parse(words, dollars))), None)
        return value and _with_plain_per(value, words)
    for one in sorted(table.KINDS, key=lambda one: one.asked):
        value = one.parse(words, dollars)
        if value is None:
            continue
        if one.named and any(duration.unit_named(word) for word in value.unit.lower().split()):
            continue  # '30 days or months' counts nothing
        if one.named and (hint := _nearest(words)):
            raise ValueError(
                f"{words!r} is a count of {value.unit!r}; did you mean {hint!r}? ('kind: count' where it is one)"
            )
        return _with_plain_per(value, words)
    return None


def _with_plain_per(value: Value, words: str) -> Value:
    """The value counted by canonical names: '/mo' is 'per month', 'per Users' is 'per user'.

    Raises ValueError for a name that is one slip away from a unit.
    """
    if not value.per:
        return value
    for name in value.per:
        if near := slips.meant_per(name):
            before, written, after = words.rpartition(name.rpartition(" ")[2])
            raise ValueError(f"{words!r} is counted per {written!r}; did you mean '{before}{near}{after}'?")
    return replace(value, per=tuple(map(_plain_name, value.per)))


_HALF = re.compile(r"half[ -](?P<unit>[a-z]+)")


def _plain_name(name: str) -> str:
    """'Users' is 'user', 'kilo' is 'kg', 'calendar month' is 'month', '10 secs' '10 seconds'."""
    number, _, unit = name.rpartition(" ") if name[:1].isdecimal() else ("", "", name)
    word = unit.lower()
    last = word.rpartition(" ")[2]
    known = (
        duration.unit_named(word) or measure.unit_named(word) or (duration.unit_named(last) if " " in word else None)
    )
    if whole := _HALF.fullmatch(word):
        return half(duration.unit_named(whole["unit"]) or whole["unit"])
    if number:
        return many(amount_of(number), known or noun(unit), measured=measure.unit_named(word) is not None)
    return known or noun(unit)


def _digits(match: re.Match[str]) -> str:
    first, second = match["first"].lower(), (match["second"] or "zero").lower()
    return f"{_WORDS[first] + _WORDS[second]} " if second == "zero" or _WORDS[first] >= 20 else match[0]


def _nearest(words: str) -> str | None:
    """The value that was most likely meant, with its unit or its month, or None."""
    hint = slips.meant_day(words) or slips.meant(words)
    return hint if hint and hint != words and _is_value(hint) else None


def _slip(words: str) -> str | None:
    """A value that is one slip away, or was given with its bound; None where there is none."""
    if bound := _BOUND.match(words):
        return f"{words[bound.end() :]}' with 'bound: {bound['bound'].lower()}"
    if hint := _nearest(words):
        return hint
    if len(ends := _RANGE.split(words)) == 2 and any(map(slips.meant_day, ends)):
        meant = "..".join(slips.meant_day(end) or end for end in ends)
        return meant if meant != words and _is_value(meant) else None
    low = words.lower()
    if len(low) > 2 and (near := [one for one in _NAMED if OSA.distance(low, one) == 1]):
        return near[0]
    currency, _, amount = words.partition(" ")
    for meant in (re.sub(r"(.)\1", r"\1", currency), *_turned(currency)):
        if meant != currency and amount and _is_value(f"{meant} {amount}"):
            return f"{meant} {amount}"
    return None


def _turned(code: str) -> list[str]:
    """The currency whose code has two letters of this one turned round: 'UER' is EUR. Of several, none."""
    if len(code) != 3 or code.upper() in CODES:  # MUR is no slip for MRU
        return []
    meant = [turned for turned in (code[1] + code[0] + code[2], code[0] + code[2] + code[1]) if turned.upper() in CODES]
    return meant if len(meant) == 1 else []


def _is_value(words: str) -> bool:
    try:
        return bool(_range_or_one(words, None, "USD"))
    except ValueError:
        return False


def _complaint(words: str, kind: Kind | None) -> str:
    wanted = f" of kind {kind!r}" if kind else ""
    if hint := _slip(words):
        return f"{words!r} is no value{wanted}; did you mean '{hint}'?"
    return f"{words!r} is no value{wanted}; values look like {_EXAMPLES}; limits like 'at most' go into `bound:`"
