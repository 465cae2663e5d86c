"""When two values are the same, and whether they could be about the same term at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from drift.engine.kinds import duration
from drift.engine.kinds.date import MONTH_DAY, month_day
from drift.engine.kinds.table import named, of
from drift.model.values import Comparison, Kind, Value

# What prices are counted by where each person pays.
_PEOPLE = frozenset(("person", "user", "seat", "member", "guest", "head", "traveller", "passenger", "visitor"))
_PEOPLE |= {"personne", "utilisateur", "membre", "voyageur", "passager", "visiteur"}


def compare(published: Value, expected: Value) -> Comparison:
    """How a published value stands to an expected one.

    Amounts are converted within a dimension (48 hours are 2 days, 30 days are no month). A `per` unsaid in the text is
    the expected one. An end or a part of an expected range, or one of its alternatives, is INSIDE, and so is a
    range that begins or ends with the expected value. Not symmetric.
    """
    if not comparable(published, expected):
        return Comparison.INCOMPARABLE
    if published.alternatives or expected.alternatives:
        return _compare_alternatives(published, expected)
    two = of(published), of(expected)
    if compared := two[0].compare or two[1].compare:
        return compared(published, expected, any(kind.priced for kind in two))
    return _compare_per(published, expected, _compare_amounts(published, expected))


def comparable(a: Value, b: Value) -> bool:
    """Whether two values could be about the same term: a hard filter, symmetric, whatever the amounts.

    True for values of one kind (counts: of the same or an unknown thing; measures and sizes: of one dimension), for
    'free' and money, for 'unlimited' and whatever has a size, and for years that may be an age.
    """
    kind = of(a)
    if a.kind == b.kind:
        return kind.comparable(a, b)
    other = of(b)
    return kind.meets(a, b, other) or other.meets(b, a, kind)


def may_meet(a: Kind, b: Kind) -> bool:
    """Whether values of two kinds may ever be comparable: a cheap look before `comparable`."""
    one, other = named(a), named(b)
    return a == b or one.worded or other.worded or b in one.meeting or a in other.meeting


def magnitude(value: Value) -> float:
    """The lower end on one scale a kind (seconds, bytes, grams), for ratios of size.

    A month counts as 30.4375 days and a business day as 1.4 days: good for a ratio, never for equality.
    """
    dimension, size = _size(value)
    return float(size) * of(value).scales.get(dimension, 1.0)


def worth(value: Value) -> tuple[float, float]:
    """What a value gives, on one scale a kind: its lower end, then the upper. '60 to 90 days' is more than 60 days."""
    if (own := of(value).worth) is not None:
        return own(value), own(value)
    return magnitude(value), magnitude(replace(value, low=value.high))


def is_nought(value: Value) -> bool:
    """Whether a value is none at all: USD 0, 'free', 'no'."""
    own = of(value).worth
    return own(value) == 0 if own else value.low == value.high == 0


def is_price_of_free(value: Value, free: Value) -> bool:
    """Whether one value is an amount of money and the other 'free'."""
    return free.unit == "free" and of(free).worded and of(value).priced


def restates(first: Value, second: Value) -> bool:
    """Whether a value in brackets says again what stands before it: '$500 (five hundred dollars)', '23 kg (50 lb)'."""
    if first.alternatives or second.alternatives or not comparable(first, second):
        return False
    if (slack := of(first).restated) and first.unit != second.unit:
        return all(_near(one, other, slack) for one, other in _ends(first, second))
    if first.per and second.per and first.per != second.per:
        return False
    return _compare_amounts(first, second) is Comparison.SAME


def same_scale(a: Value, b: Value) -> float:
    """1 where both are counted in one unit, less in units of one scale (72 hours, three days), else 0.

    Only durations have several scales.
    """
    return of(a).same_scale(a, b) if a.kind == b.kind else 1.0


def with_unit_of(value: Value, model: Value) -> Value | None:
    """The value in the unit and `per` of another, or None where that changes it: '24 hours' by '3 days' is 1 day."""
    if value.per and model.per and value.per != model.per:
        return None
    if value.unit == model.unit:
        return replace(value, per=value.per or model.per)
    dimension, size = _size(value)
    base, unit_size = of(model).size(Decimal(1), model.unit)
    if dimension != base or value.is_range:
        return None
    amount = size / unit_size
    return (
        replace(value, low=amount, high=amount, unit=model.unit, per=model.per) if amount * unit_size == size else None
    )


def _compare_alternatives(published: Value, expected: Value) -> Comparison:
    said, wanted = _choices(published), _choices(expected)
    results = [[compare(one, other) for other in wanted] for one in said]
    known = [any(result is Comparison.SAME for result in row) for row in results]
    covered = [any(row[index] is Comparison.SAME for row in results) for index in range(len(wanted))]
    if all(known) and all(covered):
        return Comparison.SAME
    return Comparison.INSIDE if any(known) else Comparison.DIFFERENT


def _choices(value: Value) -> tuple[Value, ...]:
    return (replace(value, alternatives=()), *value.alternatives)


def _compare_per(published: Value, expected: Value, amounts: Comparison) -> Comparison:
    """What the value is counted by ('month', 'user per month'): what the text leaves unsaid is the term's.

    What only the text says is undecided for money ('$5 per user' may be dearer than USD 5) and no matter elsewhere.
    """
    if amounts is not Comparison.SAME or not published.per:
        return amounts
    said, wanted = set(published.per), set(expected.per)
    if said <= wanted or _same_windows(said, wanted):
        return amounts
    if said ^ wanted <= _PEOPLE:
        return Comparison.INSIDE  # a guest may be any person, and a seat a user's
    if wanted < said:
        return Comparison.INSIDE if of(published).priced else Comparison.SAME
    return Comparison.UNIT


def _same_windows(said: set[str], wanted: set[str]) -> bool:
    """Whether both are counted over one length of time: '60 seconds' is a minute."""
    one, other = ({_window(name) for name in names} for names in (said, wanted))
    return None not in one and one == other


def _window(name: str) -> tuple[str, Decimal] | None:
    number, _, unit = name.rpartition(" ") if name[:1].isdecimal() else ("1", "", name)
    known = duration.unit_named(unit)
    return duration.size(Decimal(number), known) if known and known != "fortnight" else None


def _compare_sides(published: Value, expected: Value) -> Comparison:
    """Sizes are the same whichever side is named first."""
    sizes = [
        sorted(of(value).size(side, value.unit) for side in (value.low, *value.sides))
        for value in (published, expected)
    ]
    same = all(_near(one, other, of(published).slack) for one, other in zip(*sizes, strict=True))
    return Comparison.SAME if same else Comparison.DIFFERENT


def _compare_amounts(published: Value, expected: Value) -> Comparison:
    if published.sides:
        return _compare_sides(published, expected)
    if MONTH_DAY in (published.unit, expected.unit):
        published, expected = _month_day(published), _month_day(expected)
    if all(_same(one, other, published.kind) for one, other in _ends(published, expected)):
        return Comparison.SAME
    if published.unit != expected.unit and (published.low, published.high) == (expected.low, expected.high):
        return Comparison.UNIT
    if published.is_range and not expected.is_range:  # '13 to 15 years' names 13 years, and more
        ends = _ends(published, replace(expected, high=expected.low))
        return Comparison.INSIDE if any(_same(*pair, published.kind) for pair in ends) else Comparison.DIFFERENT
    if not expected.is_range:
        return Comparison.DIFFERENT
    (low_dimension, low), (_, high) = _size(published), _size(published, high=True)
    (dimension, lowest), (_, highest) = _size(expected), _size(expected, high=True)
    return (
        Comparison.INSIDE if low_dimension == dimension and lowest <= low and high <= highest else Comparison.DIFFERENT
    )


def _same(one: tuple[str, Decimal], other: tuple[str, Decimal], kind: Kind) -> bool:
    known = named(kind)
    if known.named:
        return one[1] == other[1]
    return _near(one, other, known.slack) if known.slack else one == other


def _near(one: tuple[str, Decimal], other: tuple[str, Decimal], slack: Decimal) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) <= slack * max(abs(one[1]), abs(other[1]))


def _ends(a: Value, b: Value) -> list[tuple[tuple[str, Decimal], tuple[str, Decimal]]]:
    return [(_size(a), _size(b)), (_size(a, high=True), _size(b, high=True))]


def _size(value: Value, *, high: bool = False) -> tuple[str, Decimal]:
    return of(value).size(value.high if high else value.low, value.unit)


def _month_day(value: Value) -> Value:
    if value.unit != "date":
        return value
    day = month_day(value)
    return replace(value, low=day, high=day, unit=MONTH_DAY)
