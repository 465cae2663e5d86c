"""When two values are the same, and whether they could be about the same term at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from drift.engine.kinds import duration
from drift.engine.kinds.date import month_day
from drift.engine.kinds.table import BY_KIND
from drift.model.values import Comparison, Kind, Value

SCALE = 0.8  # of one unit, for another unit of its scale: with .8 and with 1 the same 3 agreements of half a come right
_MEASURE_SLACK = Decimal("0.02")  # '23 kg (50 lb)' and '10 miles (16 km)' are rounded by up to 1.6 %
_RESTATED_SLACK = Decimal("0.05")  # '55 lb (25 kg)': what a page writes as one allowance
_PRICE = frozenset(("free", "none", "no", "yes"))
# What prices are counted by where each person pays.
_PEOPLE = frozenset(("person", "user", "seat", "member", "guest", "head", "traveller", "passenger", "visitor"))
_PEOPLE |= {"personne", "utilisateur", "membre", "voyageur", "passager", "visiteur"}
_SIZED = frozenset((Kind.COUNT, Kind.DATA_SIZE, Kind.DURATION, Kind.MONEY, Kind.MEASURE, Kind.PERCENTAGE))


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
    if Kind.AVAILABILITY in (published.kind, expected.kind):
        return _compare_availability(published, expected)
    return _compare_per(published, expected, _compare_amounts(published, expected))


def comparable(a: Value, b: Value) -> bool:
    """Whether two values could be about the same term: a hard filter, symmetric, whatever the amounts.

    True for values of one kind (counts: of the same or an unknown thing; measures and sizes: of one dimension), for
    'free' and money, for 'unlimited' and whatever has a size, and for years that may be an age.
    """
    if a.kind is not b.kind:
        return _across_kinds(a, b) or _across_kinds(b, a)
    if a.kind is Kind.COUNT:
        return not a.unit or not b.unit or _head(a.unit) == _head(b.unit)
    if a.kind in (Kind.MEASURE, Kind.DATA_SIZE):
        return _size(a)[0] == _size(b)[0] and len(a.sides) == len(b.sides)
    if a.kind is Kind.DATE:
        return (a.unit == "time") == (b.unit == "time")
    if a.kind is Kind.AVAILABILITY:
        return (a.unit == "unlimited") == (b.unit == "unlimited")
    return True


def _head(unit: str) -> str:
    """The noun of a counted thing without what stands before it: 'text message' and 'message' may be one thing."""
    return unit.lower().rpartition(" ")[2]


def magnitude(value: Value) -> float:
    """The lower end on one scale a kind (seconds, bytes, grams), for ratios of size.

    A month counts as 30.4375 days and a business day as 1.4 days: good for a ratio, never for equality.
    """
    dimension, size = _size(value)
    scale = {"calendar": 30.4375 * 86400, "business days": 1.4 * 86400, "business hours": 3600.0}
    return float(size) * (scale.get(dimension, 1.0) if value.kind is not Kind.AGE else 1.0)


def restates(first: Value, second: Value) -> bool:
    """Whether a value in brackets says again what stands before it: '$500 (five hundred dollars)', '23 kg (50 lb)'."""
    if first.alternatives or second.alternatives or not comparable(first, second):
        return False
    if first.kind is Kind.MEASURE and first.unit != second.unit:
        return all(_near(one, other, _RESTATED_SLACK) for one, other in _ends(first, second))
    if first.per and second.per and first.per != second.per:
        return False
    return _compare_amounts(first, second) is Comparison.SAME


def same_scale(a: Value, b: Value) -> float:
    """1 where both are counted in one unit, SCALE in units of one scale (72 hours, three days), else 0.

    Only durations have several scales. Business days and days count as one unit, so that a dropped 'business' shows.
    """
    if a.kind is not Kind.DURATION or b.kind is not Kind.DURATION:
        return 1.0
    first, second = (value.unit.removeprefix("business ") for value in (a, b))
    if first == second:
        return 1.0
    return SCALE if duration.dimension(first) == duration.dimension(second) else 0.0


def with_unit_of(value: Value, model: Value) -> Value | None:
    """The value in the unit and `per` of another, or None where that changes it: '24 hours' by '3 days' is 1 day."""
    if value.per and model.per and value.per != model.per:
        return None
    if value.unit == model.unit:
        return replace(value, per=value.per or model.per)
    dimension, size = _size(value)
    base, unit_size = BY_KIND[model.kind].size(Decimal(1), model.unit)
    if dimension != base or value.is_range:
        return None
    amount = size / unit_size
    return (
        replace(value, low=amount, high=amount, unit=model.unit, per=model.per) if amount * unit_size == size else None
    )


def _across_kinds(a: Value, b: Value) -> bool:
    if a.kind is Kind.AVAILABILITY:
        return (
            (a.unit in _PRICE and b.kind is Kind.MONEY)
            or (a.unit in ("unlimited", "none", "no") and b.kind in _SIZED)
            or (a.unit == "unlimited" and b.unit == "time")
        )
    return a.kind is Kind.AGE and b.kind is Kind.DURATION and b.unit == "year"


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


def _compare_availability(published: Value, expected: Value) -> Comparison:
    units = {value.unit if value.kind is Kind.AVAILABILITY else _free(value) for value in (published, expected)}
    if units == {"no", ""} and published.unit == "no" and expected.kind is Kind.MONEY:
        return Comparison.INSIDE  # 'breakfast is not included' where it costs something
    if len(units) == 1 or units == {"none", "no"}:
        return Comparison.SAME
    if units in (
        {"free", "none"},
        {"free", "no"},
    ):  # 'no fee' is free, 'no refunds' is not: the value alone cannot tell
        return Comparison.INSIDE
    return Comparison.DIFFERENT


def _free(value: Value) -> str:
    return "free" if value.kind is Kind.MONEY and not value.is_range and value.low == 0 else ""


def _compare_per(published: Value, expected: Value, amounts: Comparison) -> Comparison:
    """What the value is counted by ('month', 'user per month'): what the text leaves unsaid is the term's.

    What only the text says is undecided for money ('$5 per user' may be dearer than USD 5) and no matter elsewhere.
    """
    if amounts is not Comparison.SAME or published.per is None:
        return amounts
    said, wanted = set(published.per.split(" per ")), set((expected.per or "").split(" per ")) - {""}
    if said <= wanted or _same_windows(said, wanted):
        return amounts
    if said ^ wanted <= _PEOPLE:
        return Comparison.INSIDE  # a guest may be any person, and a seat a user's
    if wanted < said:
        return Comparison.INSIDE if published.kind is Kind.MONEY else Comparison.SAME
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
        sorted(BY_KIND[value.kind].size(side, value.unit) for side in (value.low, *value.sides))
        for value in (published, expected)
    ]
    same = all(_near(one, other, _MEASURE_SLACK) for one, other in zip(*sizes, strict=True))
    return Comparison.SAME if same else Comparison.DIFFERENT


def _compare_amounts(published: Value, expected: Value) -> Comparison:
    if published.sides:
        return _compare_sides(published, expected)
    if published.unit == "month-day" or expected.unit == "month-day":
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
    if kind is Kind.COUNT:
        return one[1] == other[1]
    if kind is Kind.MEASURE:
        return _near(one, other, _MEASURE_SLACK)
    return one == other


def _near(one: tuple[str, Decimal], other: tuple[str, Decimal], slack: Decimal) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) <= slack * max(abs(one[1]), abs(other[1]))


def _ends(a: Value, b: Value) -> list[tuple[tuple[str, Decimal], tuple[str, Decimal]]]:
    return [(_size(a), _size(b)), (_size(a, high=True), _size(b, high=True))]


def _size(value: Value, *, high: bool = False) -> tuple[str, Decimal]:
    return BY_KIND[value.kind].size(value.high if high else value.low, value.unit)


def _month_day(value: Value) -> Value:
    if value.unit != "date":
        return value
    day = month_day(value)
    return replace(value, low=day, high=day, unit="month-day")
