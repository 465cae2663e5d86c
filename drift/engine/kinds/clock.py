"""Times of day: '5:30 p.m.', '17h30', "10 o'clock in the evening", 'from 8.30 to 16.00', '0900-1700', '9-5', 'noon'.

A number that may be something else ('8.30', '9-5') is a time only among words that speak of hours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property, lru_cache

from drift.engine import numbers
from drift.engine.kinds.base import FoldedText, suffix
from drift.engine.numbers import SPACE, Number, same, spellings
from drift.model import Found, Language
from drift.model.phrases import Words
from drift.model.values import Kind, Unit, Value

TIME = Unit("time")  # minutes since midnight

_BEFORE, _AFTER = 80, 50  # characters around a number in which words speak of hours
_BETWEEN = 12  # characters of 'between' before two times
_FRACTION = 24  # characters of 'a quarter past' before an hour
_HOURS = ("h", "heures", "hours", "hrs", "hour")
_UNMEASURED = (Kind("count"), Kind("availability"))


def time(hour: int, minute: int) -> Value | None:
    """The value of a time of day; None if there is none such."""
    return minutes(hour * 60 + minute) if hour < 24 and minute < 60 else None


def minutes(since_midnight: int) -> Value:
    return Value(Kind("date"), Decimal(since_midnight), Decimal(since_midnight), TIME)


def read_at(text: FoldedText, start: int) -> Found | None:
    """A time of day, or two of them, whose first digits stand at `start`."""
    return _two(text, start) or _one(text, start) or _bare(text, start)


def read(text: FoldedText, number: Number) -> Found | None:
    """An hour said with the part of the day: "ten o'clock in the evening", 'half past nine at night'."""
    if len(number.numerals) > 1 or number.low % 1 or not 1 <= number.low <= 12 or number.letter:
        return None
    rules = _rules(text.language)
    match = rules.part.match(text.folded, number.end)
    if match is None:
        return None
    before = rules.fraction.search(text.folded, max(0, number.start - _FRACTION), number.start)
    if before and not before["fraction"]:
        return None  # 'ten to nine in the morning' may be a time or two
    minute = rules.fractions[same(before["fraction"])] if before else 0
    minute += rules.fractions[same(match["fraction"])] if match["fraction"] else 0
    hour = int(number.low) % 12 + (12 if match["pm"] else 0)
    return Found(minutes(hour * 60 + minute), before.start() if before else number.start, match.end())


@lru_cache(maxsize=16)
def cues(language: Language) -> frozenset[str]:
    return numbers.cues((*language.phrases.noon, *language.phrases.midnight))


def loose(text: FoldedText) -> list[Found]:
    """Times of day that are words: 'noon'."""
    return [
        Found(minutes(720 if match.lastgroup == "noon" else 0), *match.span())
        for match in _rules(text.language).words.finditer(text.folded)
    ]


def _one(text: FoldedText, start: int) -> Found | None:
    match = _rules(text.language).clock.match(text.folded, start)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or match["mark"] or 0)
    if match["mark"] and _is_length(text, start, match):
        return None
    if match["am"] or match["pm"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["pm"] else 0)
        if not match["sign"] and (before := _fraction(text, start)):  # 'quarter to 6pm'
            since = hour * 60 + _rules(text.language).fractions[same(before["fraction"])]
            return Found(minutes(since % (24 * 60)), before.start(), match.end())
    elif not match["mark"] and match["sign"] != ":":
        return None
    value = time(hour, minute)
    return Found(value, *match.span()) if value else None


def _fraction(text: FoldedText, start: int) -> re.Match[str] | None:
    """A half or a quarter that stands before an hour."""
    before = _rules(text.language).fraction.search(text.folded, max(0, start - _FRACTION), start)
    return before if before and before["fraction"] else None


def _is_length(text: FoldedText, start: int, match: re.Match[str]) -> bool:
    """Whether '1h30' is how long something takes: the words around it say so, and small hours where none do."""
    rules = _rules(text.language)
    before = max(0, start - 20)
    if rules.counted.match(text.folded, match.end()) or rules.length.search(text.folded, before, start):
        return True
    at = rules.at.search(text.folded, before, start)
    if at and at[0].strip() not in text.language.phrases.magnitude_of:
        return False
    return int(match["hour"]) < _SMALL_HOURS and not _speaks_of_hours(text, start, match.end())


_SMALL_HOURS = 6  # few offices open or close before that


def _two(text: FoldedText, start: int) -> Found | None:
    """Two times that share what makes them such: '9 to 5pm', '8.30-17.00', '0900 to 1600 hours', '9-5', '10h à 19h'."""
    rules = _rules(text.language)
    match = rules.two.match(text.folded, start)
    if match is None or _has_unit(text, match.end()):
        return None
    if match["own"] and not (match["apoint"] and match["bpoint"] and match["hours"]):
        return None  # '2 hours to 3.30 hrs'
    if match["and"] and not rules.between.search(text.folded, max(0, start - _BETWEEN), start):
        return None
    first, second = _part(match, "a"), _part(match, "b")
    if first is None or second is None:
        return None
    if match["half"]:
        if match["amark"] or not (1 <= second[0] <= 12 and 1 <= first[0] <= 12):
            return None
        first, second = _by_half(first, second, pm=bool(match["pm"]))
    elif not (_military(match) or _to_the_minute(match) or _speaks_of_hours(text, start, match.end())):
        return None
    elif not (match["apoint"] or match["bpoint"] or match["amark"] or _military(match)):
        if second >= first or first[0] > 12 or second[0] > 12:
            return None  # '9-11' may be anything; '9-5' ends in the afternoon
        second = (second[0] + 12, second[1])
    elif (match["amark"] is None) != (match["bmark"] is None) or (match["apoint"] is None) != (match["bpoint"] is None):
        return None
    return _spanned(first, second, start, match.end())


def _spanned(first: tuple[int, int], second: tuple[int, int], start: int, end: int) -> Found | None:
    low, high = time(*first), time(*second)
    if low is None or high is None or low.low >= high.low:
        return None
    return Found(Value(Kind("date"), low.low, high.low, TIME), start, end)


def _by_half(first: tuple[int, int], second: tuple[int, int], *, pm: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """The times of '9 to 5pm' and '6-10pm': the first is in the same half of the day where it then comes first."""
    late = (second[0] % 12 + (12 if pm else 0), second[1])
    early = (first[0] % 12 + (12 if pm else 0), first[1])
    return (early if early < late else (first[0] % 12, first[1])), late


def _part(match: re.Match[str], name: str) -> tuple[int, int] | None:
    digits = match[name]
    if len(digits) > 2:
        return (int(digits[:2]), int(digits[2:])) if len(digits) == 4 else None
    return int(digits), int(match[f"{name}point"] or match[f"{name}minutes"] or 0)


def _military(match: re.Match[str]) -> bool:
    """'0900-1700', '0900 to 1600 hours'."""
    four = len(match["a"]) == 4 and len(match["b"]) == 4
    return four and (match["a"][0] == "0" or bool(match["hours"]))


def _to_the_minute(match: re.Match[str]) -> bool:
    """'15h à 18h30', but not 'un trajet de 1h30 à 2h'."""
    return bool(match["aminutes"] or match["bminutes"]) and int(match["a"]) >= _SMALL_HOURS


def _bare(text: FoldedText, start: int) -> Found | None:
    """One time that only the words before it make one: 'closes at 22.00', 'by 0900', 'avant 16h'."""
    rules = _rules(text.language)
    match = rules.bare.match(text.folded, start)
    if match is None:
        return None
    digits = match["a"]
    if not rules.at.search(text.folded, max(0, start - 20), start) and not _is_zeroed(match):
        return None
    if _has_unit(text, match.end()) or (len(digits) == 4 and digits[0] != "0" and not match["hours"]):
        return None
    said_in_hours = match["apoint"] and match["hours"] and int(digits) >= _SMALL_HOURS  # 'until 17.00 hrs'
    if (match["mark"] or said_in_hours) and rules.counted.match(text.folded, match.end()):
        return None  # 'jusqu'à 2h avant', 'dès 3h de retard'
    surely = _is_zeroed(match) or (
        rules.sure.search(text.folded, max(0, start - 20), start) is not None and match["mark"]
    )
    surely = surely or said_in_hours
    if not surely and not _speaks_of_hours(text, start, match.end()):
        return None
    part = _part(match, "a")
    value = time(*part) if part else None
    return Found(value, *match.span()) if value else None


def _is_zeroed(match: re.Match[str]) -> bool:
    """'0830 hours', '08.30 hrs': no length begins with a zero."""
    digits = match["a"]
    return bool(match["hours"]) and digits[0] == "0" and (len(digits) == 4 or bool(match["apoint"]))


def _speaks_of_hours(text: FoldedText, start: int, end: int) -> bool:
    context = _rules(text.language).context
    return bool(
        context.search(text.folded, max(0, start - _BEFORE), start) or context.search(text.folded, end, end + _AFTER)
    )


_TAIL = r"(?![0-9]|[.,:/-][0-9]|[^\W\d_])"


class _ClockRules:
    """The patterns of one language, each made when it is first asked for: most pages tell no time."""

    def __init__(self, language: Language) -> None:
        phrases = self._phrases = language.phrases
        self._language = language
        self._halves = rf"(?:(?P<am>{spellings(phrases.am)})|(?P<pm>{spellings(phrases.pm)}))(?![^\W_])"
        self._marks = spellings(phrases.hour_marks)
        self._hours = rf"(?P<hours>[ ]?(?:{spellings(_HOURS)})(?![^\W_]))?"

    @cached_property
    def clock(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<hour>[0-9]{{1,2}})(?:[ ]?(?:{self._marks})[ ]?(?P<mark>[0-9]{{2}})(?![^\W_])"
            rf"|(?:(?P<sign>[:.])(?P<minute>[0-9]{{2}})(?![:0-9]))?(?:{SPACE}{self._halves})?(?![^\W_]))"
        )

    @cached_property
    def words(self) -> re.Pattern[str]:
        noon, midnight = spellings(self._phrases.noon), spellings(self._phrases.midnight)
        return re.compile(rf"(?<![^\W_])(?:(?P<noon>{noon})|(?P<midnight>{midnight}))(?![^\W_])")

    @cached_property
    def part(self) -> re.Pattern[str]:
        phrases = self._phrases
        after = spellings(phrases.fractions_after_an_hour)
        return re.compile(
            rf"(?:[ ]?(?:{spellings(phrases.o_clock)})(?:[ ]{{1,3}}(?P<fraction>{after}))?)?[ ]{{1,3}}"
            rf"(?:(?P<am>{spellings(phrases.in_the_morning)})|(?P<pm>{spellings(phrases.in_the_evening)}))"
            r"(?![^\W_])"
        )

    @cached_property
    def fraction(self) -> re.Pattern[str]:
        """Before an hour: 'half past'."""
        past = spellings(self._phrases.fractions_before_an_hour)
        minutes_ = spellings(self._language.units[Kind("duration")]["minute"])
        return re.compile(
            rf"(?<![^\W_])(?:(?P<fraction>{past})"
            rf"|(?:[0-9]{{1,2}}|{spellings(self._language.numbers)})(?:[ ]{{1,3}}(?:{minutes_}))?"
            rf"[ ]{{1,3}}(?:{spellings(self._phrases.minutes_from_an_hour)}))[ ]{{1,3}}\Z"
        )

    @cached_property
    def fractions(self) -> Mapping[str, int]:
        """As minutes."""
        return {
            words: int(minutes_)
            for fractions in (self._phrases.fractions_before_an_hour, self._phrases.fractions_after_an_hour)
            for words, minutes_ in fractions.items()
        }

    @cached_property
    def two(self) -> re.Pattern[str]:
        phrases = self._phrases
        to = spellings((*phrases.to, *phrases.until))
        joint = rf"(?:{SPACE}[-~—]{SPACE}|[ ]{{1,3}}(?:(?P<and>{spellings(phrases.and_)})|{to})[ ]{{1,3}})"
        first, second = (
            rf"(?P<{name}>[0-9]{{4}}|[0-9]{{1,2}})(?:[.:](?P<{name}point>[0-9]{{2}}))?"
            rf"(?P<{name}mark>[ ]?(?:{self._marks})(?:[ ]?(?P<{name}minutes>[0-5][0-9]))?)?"
            for name in ("a", "b")
        )
        own = rf"(?P<own>[ ]?(?:{spellings(_HOURS)})(?![^\W_]))?"
        return re.compile(rf"{first}{own}{joint}{second}(?P<half>{SPACE}{self._halves})?{self._hours}{_TAIL}")

    @cached_property
    def between(self) -> re.Pattern[str]:
        return self._said(self._phrases.between)

    @cached_property
    def bare(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<a>[0-9]{{4}}|[0-9]{{1,2}}(?=[.][0-9]{{2}})|[0-9]{{1,2}}(?=[ ]?(?:{self._marks})))"
            rf"(?:[.](?P<apoint>[0-9]{{2}}))?(?P<mark>[ ]?(?:{self._marks}))?(?P<aminutes>)?{self._hours}{_TAIL}"
        )

    @cached_property
    def at(self) -> re.Pattern[str]:
        return self._said(self._phrases.at_an_hour)

    @cached_property
    def sure(self) -> re.Pattern[str]:
        return self._said(self._phrases.before_an_hour)

    @cached_property
    def length(self) -> re.Pattern[str]:
        return self._said(self._phrases.length_before_hours)

    @cached_property
    def counted(self) -> re.Pattern[str]:
        phrases = self._phrases
        of = rf"(?:{spellings(phrases.magnitude_of)})(?=[ ]|(?<='))"
        return re.compile(rf"[ ](?:(?:{spellings((*phrases.counted_before, *phrases.counted_after))})(?![^\W_])|{of})")

    @cached_property
    def context(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W_])(?:{spellings(self._phrases.clock_context)})(?![^\W_])")

    def _said(self, words: Words) -> re.Pattern[str]:
        """Right before a time."""
        return re.compile(rf"(?<![^\W_])(?:{spellings(words)})[ ]{{1,3}}\Z")


@lru_cache(maxsize=16)
def _rules(language: Language) -> _ClockRules:
    return _ClockRules(language)


def _has_unit(text: FoldedText, end: int) -> bool:
    """Whether a unit stands after what would be a time: '9-5 %', '8.30 kg'."""
    return any(
        (match := suffix(text.language, kind).match(text.folded, end)) and match["unit"] not in _HOURS
        for kind in text.language.units
        if kind not in _UNMEASURED
    )
