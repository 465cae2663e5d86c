"""What the kinds share: the text they read in, patterns of units, and how amounts are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import NamedTuple

from drift.engine import numbers
from drift.engine.numbers import SPACE, Number, fold, same, spellings
from drift.model import Found, Language
from drift.model.values import Comparison, Kind, Unit, Value

# By whose units other values are counted: 'per month', 'per kg', 'per GB', 'per request'.
_DURATION, _MEASURE, _DATA_SIZE, _COUNT = map(Kind, ("duration", "measure", "data size", "count"))


class FoldedText(NamedTuple):
    """A text to find values in: as it is, and folded, with the same offsets.

    `dollars` is the currency of a bare '$', then the others that the registry prices in, parted by spaces.
    `day_first` says how the page writes '05/06/2026'; None if nobody knows.
    """

    raw: str
    folded: str
    language: Language
    dollars: str = "USD"
    day_first: bool | None = None

    @property
    def dollar(self) -> str:
        return self.dollars.partition(" ")[0]

    @property
    def priced(self) -> frozenset[str]:
        return _priced(self.dollars)


@dataclass(frozen=True, eq=False, slots=True)
class KindOfValue:
    """All that is known of one kind of value: every file of a kind makes one, and `table` lists them.

    `parse` gives the value a registry spells by some words, one amount without range or alternatives, or None: its
    arguments are the words and the currency of a bare '$'. `spell` gives one end of a value as a registry spells it,
    without its `per`. `size` gives the dimension of a unit, and the amount in the base of that dimension: amounts of
    one dimension compare as numbers, those of two never equal one another.

    `read` gives the value that stands at a number, or None. `loose` gives the values a text says without a number,
    ascending, and `cues` the words of which the text must hold one for it to find anything.
    """

    name: Kind
    parse: Callable[[str, str], Value | None]
    spell: Callable[[Decimal, Unit], str]
    size: Callable[[Decimal, Unit], tuple[str, Decimal]]

    # how prose says it
    read: Callable[[FoldedText, Number], Found | None] | None = None
    before: bool = False  # `read` looks at what stands before a number as well as at what follows it
    lettered: bool = False  # `read` takes a letter after a number as its magnitude: '$1.5M', '10k requests'
    multiplied: bool = False  # a factor may stand before the number: '2 x 23 kg'
    cues: Callable[[Language], frozenset[str]] | None = None
    loose: Callable[[FoldedText], list[Found]] | None = None
    counted_back: bool = False  # may be counted before an event, from its farther end: 'between 14 and 7 days before'
    speaks_of: Callable[[Language], tuple[str, ...]] = lambda language: ()  # words that are meant where it stands

    # how it is told
    tellable: bool = True  # a number with its unit, which another value can be told alike
    verbatim: bool = False  # told in the very words of the page, which hold no number with a unit
    inflected: bool = True  # '1 day' has another word for its unit than '2 days'
    cents: int | None = None  # digits behind the point, where there are any
    signed: int = 0  # letters that may stand before the number: 'US$', 'EUR', 'kr'

    # how it compares
    comparable: Callable[[Value, Value], bool] = lambda one, other: True  # two of the kind
    meets: Callable[[Value, Value, KindOfValue], bool] = lambda own, other, kind: False  # one of another kind
    meeting: tuple[Kind, ...] = ()  # of which kinds there may be such
    compare: Callable[[Value, Value, bool], Comparison] | None = None  # with any kind, and whether it is a price
    slack: Decimal = Decimal(0)  # the share by which equal amounts may differ
    restated: Decimal | None = None  # the same for what a page writes twice, in another unit
    same_scale: Callable[[Value, Value], float] = lambda one, other: 1.0
    scales: Mapping[str, float] = field(default_factory=dict)  # dimension -> its base, on one scale for ratios of size
    worth: Callable[[Value], float] | None = None  # how much it is to a customer, where that is not its size
    rest: Callable[[Value], Value | None] = lambda value: None  # what it leaves of a whole: 20% of 80%
    unit_slips: bool = False  # the right number in a wrong unit is a slip; else it is another rate, often another rule

    # what it is
    asked: bool = False  # a registry's spelling is of another kind unless this one is asked for
    takes: Callable[[Value, str, Language], bool] = lambda value, words, language: False  # by the words
    worded: bool = False  # its values are words without an amount, which say what a rule is about, and join any kind
    negative: bool = False  # may be below nought
    sized: bool = False  # may be without limit
    priced: bool = False  # may be free; its unit is a currency
    named: bool = False  # its unit is a name that people may call otherwise: 'members' and 'users'
    condition: bool = False  # alone in the name of a row it says when the row holds
    dates_texts: bool = False  # may be the day of a text, which promises nothing
    one_rule: bool = False  # limited either way it may be one rule said from its two sides
    counted: bool = True  # by what it is counted tells rules apart


class Units(NamedTuple):
    """The units of one kind in one language: a pattern and what each spelling stands for."""

    pattern: str
    names: Mapping[str, str]

    def name(self, spelling: str) -> str:
        return self.names[same(spelling)]


@lru_cache(maxsize=64)
def units(language: Language, kind: Kind) -> Units:
    names = {word: unit for unit, words in language.units.get(kind, {}).items() for word in words}
    return Units(spellings(names), names)


@lru_cache(maxsize=64)
def suffix(language: Language, kind: Kind) -> re.Pattern[str]:
    """The unit right after a number: ' days', '-day', 'GB'; group `unit`."""
    return re.compile(rf"(?:{SPACE}|-)(?P<unit>{units(language, kind).pattern})(?![\w$])")


@lru_cache(maxsize=64)
def _priced(dollars: str) -> frozenset[str]:
    return frozenset(dollars.split()[1:])


class _Per:
    """What may say by what a value is counted. Each pattern is made when it is first asked for."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._phrases = language.phrases
        self._time = units(language, _DURATION).pattern
        self._measures = units(language, _MEASURE).names
        self._joint = spellings(self._phrases.per)

    @cached_property
    def thing(self) -> re.Pattern[str]:
        """'per month', '/user', 'monthly', 'pcm'; the last group that matched says which."""
        phrases = self._phrases
        compound = spellings(name for name in self._measures if not name.isalpha())
        more = rf"(?:(?:{spellings(phrases.per_modifiers)})[ ]{{1,3}}){{0,2}}"
        first = re.escape(phrases.per[0])  # '$5 per user, per month'
        joint = rf"(?:{SPACE}/{SPACE}|(?:,(?=[ ]{{1,3}}{first}[ ]))?[ ]{{1,3}}(?:{self._joint})[ ]{{1,3}})"
        per = rf"{joint}{more}(?P<thing>{compound}|[^\W\d_]{{1,20}})"
        adverbs = [rf"[ ]{{1,3}}(?P<{unit}>{spellings(phrases.per_adverbs[unit])})" for unit in _ADVERBS]
        letters = [
            rf"{SPACE}(?P<{unit}_>{spellings(words)})" for unit, words in phrases.per_unit_in_letters.items() if words
        ]
        several = rf"{SPACE}(?P<letters>{spellings(self.in_letters)})"
        return re.compile(rf"{_MARKS}(?:{'|'.join((*letters, several, per, *adverbs))})(?![^\W_])")

    @cached_property
    def in_letters(self) -> Mapping[str, str]:
        """'p/m', 'pppn', by what they stand for: 'month', 'person per night'."""
        return self._phrases.per_in_letters

    @cached_property
    def hyphened(self) -> re.Pattern[str]:
        """'month' in '$0.05 per GB-month'."""
        return re.compile(rf"-(?P<unit>{self._time})(?![\w-])")

    @cached_property
    def article(self) -> re.Pattern[str]:
        """The article of 'a month' and 'le kilo', without the unit: few values have one, and units are many."""
        either = spellings((*self._phrases.per_article, *self._phrases.per_article_of_measures))
        return re.compile(rf"{_MARKS}[ ]{{1,3}}(?:{either})[ ]")

    @cached_property
    def with_article(self) -> re.Pattern[str]:
        phrases = self._phrases
        measures = spellings(name for name in self._measures if len(name) > 1)
        times = "|".join((self._time, spellings(phrases.per_article_things)))
        return re.compile(
            rf"{_MARKS}[ ]{{1,3}}(?:(?:{spellings(phrases.per_article)})[ ]{{1,3}}(?P<time>{times})"
            rf"|(?:{spellings(phrases.per_article_of_measures)})[ ]{{1,3}}(?P<measure>{measures}))(?![^\W_])"
        )

    @cached_property
    def window(self) -> re.Pattern[str]:
        """Before a number: 'per 10 seconds', 'every 5 minutes', 'over five minutes'."""
        loose, more = spellings(self._phrases.per_window), spellings(self._phrases.per_modifiers)
        return re.compile(
            rf"{_MARKS}(?:{SPACE}/{SPACE}|[ ]{{1,3}}(?:{self._joint}|(?P<loose>{loose}))[ ]{{1,3}}"
            rf"(?:(?:{self._joint}|{more})[ ]{{1,3}})?)"
        )

    @cached_property
    def unit(self) -> re.Pattern[str]:
        """After that number."""
        return re.compile(rf"(?:{SPACE}|-)(?P<unit>{self._time})(?![^\W_])")

    @cached_property
    def counted(self) -> re.Pattern[str]:
        """After the number of what a sum is paid for: 'per 500 g', 'per 100 pages'."""
        units_ = spellings((*self._measures, *units(self._language, _DATA_SIZE).names))
        return re.compile(rf"{SPACE}(?:(?P<unit>{units_})|(?P<noun>[^\W\d_]{{2,20}}s))(?![\w-])")

    def match(self, folded: str, end: int) -> re.Match[str] | None:
        """What stands at `end`, if it says by what a value is counted."""
        if found := self.thing.match(folded, end):
            return found
        return self.with_article.match(folded, end) if self.article.match(folded, end) else None


_MARKS = "[*†‡¹²³]{0,2}"  # of a footnote


@lru_cache(maxsize=16)
def _per(language: Language) -> _Per:
    return _Per(language)


_ADVERBS = ("month", "year", "week", "day", "hour")


def read_per(text: FoldedText, end: int, *, windows: bool = False, lots: bool = False) -> tuple[tuple[str, ...], int]:
    """The 'per month', '/user', 'a year' after a value that ends at `end`: its canonical names and its end.

    With `windows` a length of time counts too: 'per 10 seconds' is '10 seconds', and '1 minute' a minute. With `lots`
    also a number of things: 'per 100 pages', 'per 500 g'.
    """
    names: list[str] = []
    while len(names) < 3:
        if (windows or lots) and not names and (window := _window(text, end, lots=lots)):
            name, end = window
            names.append(name)
            continue
        match = _per(text.language).match(text.folded, end)
        if match is None:
            break
        group = match.lastgroup or ""
        if match[group] in text.language.phrases.per_occasion:
            break
        end = match.end()
        if group == "letters":
            names.extend(_per(text.language).in_letters[same(match[group])].split(" per "))
        elif group in ("thing", "time", "measure"):
            names.append(_thing(text, match.start(group), match.end(group)))
            if more := _per(text.language).hyphened.match(text.folded, end):
                names.append(units(text.language, _DURATION).name(more["unit"]))
                end = more.end()
        else:
            names.append(group.removesuffix("_"))
    return tuple(names), end


_SHORT = ("ms", "second", "minute", "hour")


def _window(text: FoldedText, end: int, *, lots: bool) -> tuple[str, int] | None:
    """A length of time that a count is for, or with `lots` what a sum is for, and its end."""
    rules = _per(text.language)
    opening = rules.window.match(text.folded, end)
    if not opening or (lots and opening["loose"]):
        return None
    number = numbers.read_one(text.folded, opening.end(), text.language)
    if not number or number.article or number.unsure:
        return None
    unit = rules.unit.match(text.folded, number.end)
    if unit is None:
        return _lot(text, number) if lots else None
    name = units(text.language, _DURATION).name(unit["unit"])
    if number.low == _HALF:
        return half(name), unit.end()
    surely = opening[0].strip() in ("/", text.language.phrases.per[0])
    if (opening["loose"] or (lots and not surely)) and name not in _SHORT:
        return None  # 'two accidents in 12 months' says how long a cover lasts, '$10 every 3 months' when it is paid
    return (name if number.low == 1 else f"{plain(number.low)} {plural(name)}"), unit.end()


_HALF = Decimal("0.5")


def half(unit: str) -> str:
    """The canonical name of half a unit of time: 'half day', '30 minutes'."""
    return "30 minutes" if unit == "hour" else f"half {unit}"


def _lot(text: FoldedText, number: Number) -> tuple[str, int] | None:
    """How many of a thing a sum is for, and its end: '100 pages', '500 g'."""
    match = _per(text.language).counted.match(text.folded, number.end)
    if match is None or number.low <= 0 or same(match[0].strip()) in text.language.phrases.noun_stops:
        return None
    kind = match.lastgroup or ""
    name = _thing(text, match.start(kind), match.end(kind))
    return many(number.low, name, measured=kind == "unit"), match.end()


def many(amount: Decimal, name: str, *, measured: bool) -> str:
    """The canonical name of so many of a thing: '100 pages', '500 g', 'page'."""
    if amount == 1:
        return name
    return f"{plain(amount)} {name if measured else plural(name)}"


def _thing(text: FoldedText, start: int, end: int) -> str:
    """The canonical name of what something is counted by: a unit of time or of measure, else the noun."""
    word = same(text.folded[start:end])
    for kind in (_DURATION, _MEASURE, _DATA_SIZE):
        known = units(text.language, kind).names
        if word in known and (len(word) > 1 or not text.raw[start].isupper()):
            return known[word]
    counted = units(text.language, _COUNT).names
    return counted.get(word) or noun(text.raw[start:end])


_PLURALS = {"people": "person", "children": "child", "men": "man", "women": "woman"}


def noun(word: str) -> str:
    """A counted noun in the singular, lower case unless it is an abbreviation: 'Replicas' -> 'replica'."""
    if any(char.isupper() for char in word[1:]):
        return word[:-1] if len(word) > 2 and word.endswith("s") and word[-2].isupper() else word
    low = fold(word)
    if low in _PLURALS:
        return _PLURALS[low]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 2:
        return low[:-1]
    return low


def plural(word: str) -> str:
    """The plural that `noun` folds back to `word`."""
    for many, one in _PLURALS.items():
        if word == one:
            return many
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("ss", "sh", "ch", "x")):
        return word + "es"
    return word if noun(word + "s") != word or word[-1:].isupper() else word + "s"


def plain(amount: Decimal) -> str:
    """A number without exponent and without zeros that say nothing: '30', '99.99'."""
    if amount == amount.to_integral_value():
        return str(int(amount))
    return f"{amount.normalize():f}"


REGISTRY_AMOUNT = r"(?P<amount>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
REGISTRY_PER = r"(?:(?: per |[ ]?/[ ]?)(?P<per>(?:[0-9]+ )?[^\W\d]+(?: [^\W\d]+)??(?: per [^\W\d]+){0,2}))?"


def valued(kind: Kind, amounts: Sequence[Decimal], is_range: bool, unit: str, per: tuple[str, ...] = ()) -> Value:
    """The value of these amounts: one, the two ends of a range, or alternatives."""
    if is_range:
        return Value(kind, amounts[0], amounts[-1], Unit(unit), per)
    further = tuple(Value(kind, amount, amount, Unit(unit), per) for amount in amounts[1:])
    return Value(kind, amounts[0], amounts[0], Unit(unit), per, further)


def counters(per: str | None) -> tuple[str, ...]:
    """What a registry's 'user per month' counts by."""
    return tuple(per.split(" per ")) if per else ()


MOST_DIGITS = 15  # of a number in a registry: USD 1 trillion with cents has that many, and arithmetic is exact up to 28


def amount_of(digits: str) -> Decimal:
    """The number that digits of a registry spell. Raises ValueError where they are none, or too many to mean one."""
    if sum(character.isdecimal() for character in digits) > MOST_DIGITS:
        raise ValueError(f"{digits[:20]}... has more than {MOST_DIGITS} digits: no rule has such a value")
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{digits!r} is no number") from None
