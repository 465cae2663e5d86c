"""How a registry spells values: one amount, a range with '..', alternatives with '|'."""

from __future__ import annotations

import re
from dataclasses import replace

from drift.kinds import duration
from drift.kinds.base import REGISTRY_AMOUNT, amount_of
from drift.kinds.comparing import with_unit_of
from drift.kinds.table import BY_KIND, KINDS
from drift.values import Kind, Value

_BARE = re.compile(REGISTRY_AMOUNT)
_PREFIXED = re.compile(rf"(?P<before>\D{{0,4}}){REGISTRY_AMOUNT}(?P<after>.*)", re.DOTALL)
_RANGE = re.compile(r" ?(?:\.\.|–) ?|(?<=\d)-(?=\d)| to ")
_LONGEST = 200
_EXAMPLES = "60 days, 3 business days, USD 35, 15%, 5 devices, 50 GB, 23 kg, 18 years, 2026-12-25, free, 5 days..7 days, 30 days | 60 days"


def parse(text: str, *, kind: Kind | None = None, dollars: str = "USD") -> Value:
    """The value a registry spells. See `drift.kinds.parse`."""
    words = " ".join(text.split())
    if not words or len(words) > _LONGEST:
        raise ValueError(f"{words[:40]!r} is no value; values look like {_EXAMPLES}")
    first, *further = (_range_or_one(part.strip(), kind, dollars) for part in words.split("|"))
    if not further:
        return first
    if any(other.kind is not first.kind for other in further):
        raise ValueError(f"{words!r} mixes kinds of value; alternatives are of one kind")
    return replace(first, alternatives=tuple(further))


def show(value: Value) -> str:
    """The canonical spelling. See `drift.kinds.show`."""
    if value.alternatives:
        return " | ".join(show(one) for one in (replace(value, alternatives=()), *value.alternatives))
    kind = BY_KIND[value.kind]
    per = f" per {value.per}" if value.per else ""
    low = kind.spell(value.low, value.unit) + per
    return f"{low}..{kind.spell(value.high, value.unit)}{per}" if value.is_range else low


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
    low, high = _one(lower, kind, dollars), _one(upper, kind, dollars)
    if high is not None and _BARE.fullmatch(lower):
        low = replace(high, low=amount_of(lower), high=amount_of(lower))
    elif low is not None and (bare := _PREFIXED.fullmatch(upper)) and high is None and not bare["before"]:
        high = _one(f"{low.unit} {upper}", kind, dollars) if low.kind is Kind.MONEY else None
    if low is None or high is None:
        raise ValueError(_complaint(words, kind))
    low_in_unit = with_unit_of(low, high) if low.kind is high.kind else None
    if low_in_unit is None:
        raise ValueError(f"the ends of {words!r} have different units")
    if low_in_unit.low >= high.low:
        raise ValueError(f"the ends of {words!r} are not in ascending order")
    return replace(high, low=low_in_unit.low)


def _one(words: str, kind: Kind | None, dollars: str) -> Value | None:
    """One amount, by the kind asked for or the first that reads it. Raises ValueError for a unit nearly spelled right."""
    if kind is not None:
        value = BY_KIND[kind].parse(words, dollars)
        if value is None and kind is not Kind.AVAILABILITY:
            value = BY_KIND[Kind.AVAILABILITY].parse(words, dollars)
        return value
    for one in KINDS:
        if one.KIND is Kind.AGE or (value := one.parse(words, dollars)) is None:
            continue
        if value.kind is Kind.COUNT and (hint := _nearest(words)):
            raise ValueError(f"{words!r} is a count of {value.unit!r}; did you mean {hint!r}?")
        return value
    return BY_KIND[Kind.AGE].parse(words, dollars)


def _nearest(words: str) -> str | None:
    """The spelling of a duration that is one slip away, or None."""
    from rapidfuzz.distance import OSA

    number, _, unit = words.partition(" ")
    for name in duration.names():
        for spelling in (name, name + "s"):
            if len(spelling) > 3 and spelling not in (unit, unit + "s") and OSA.distance(unit.lower(), spelling) == 1:
                return f"{number} {spelling}"
    return None


def _complaint(words: str, kind: Kind | None) -> str:
    wanted = f" of kind {kind.value}" if kind else ""
    if (match := _PREFIXED.fullmatch(words)) and not match["before"].strip() and match["after"].strip():
        if hint := _nearest(f"{match['amount']} {match['after'].strip()}"):
            return f"{words!r} is no value{wanted}; did you mean {hint!r}?"
    return f"{words!r} is no value{wanted}; values look like {_EXAMPLES}; limits like 'at most' go into `bound:`"
