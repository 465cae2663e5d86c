"""Whether something is to be had, and at all: 'free of charge', 'unlimited', 'non-refundable', 'not available'.

The number is 0 and the unit says which: 'free' 'unlimited' 'none' 'yes' 'no'.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from drift.engine import numbers
from drift.engine.kinds.base import FoldedText, KindOfValue
from drift.engine.numbers import spellings
from drift.model import Found, Language
from drift.model.values import Comparison, Kind, Unit, Value

KIND = Kind("availability")

WORDS = ("free", "unlimited", "none", "no", "yes")
_SURELY = ("free", "none", "yes")  # what is read only where the sentence sets no condition
_ANY = r"(?:[^\W_][\w'-]*[ ]{1,3}){0,2}"  # what '*' stands for


@lru_cache(maxsize=16)
def cues(language: Language) -> frozenset[str]:
    said = (phrase for phrases in language.units[KIND].values() for phrase in phrases)
    phrases = language.phrases
    surely = (phrase for name in _SURELY for phrase in phrases.surely[name])
    return numbers.cues((*said, *surely, *phrases.free_unless))


def loose(text: FoldedText) -> list[Found]:
    """The values a text says in words, ascending. What is refunded on a condition is neither refundable nor not."""
    return [
        Found(value((match.lastgroup or "").removeprefix("surely_")), *match.span())
        for match in _said(text.language).finditer(text.folded)
        if not (match.lastgroup or "").startswith("surely_") or not _is_conditional(text, *match.span())
    ]


def _is_conditional(text: FoldedText, start: int, end: int) -> bool:
    """Whether the sentence says when, or denies, what these words say: 'if it can be refunded', 'after 14 days'."""
    begin = max(text.folded.rfind(mark, max(0, start - _SENTENCE), start) for mark in ".!?;\n") + 1
    before, after = _conditions(text.language)
    if before.search(text.folded, max(begin, start - _SENTENCE), start):
        return True
    stop = min(
        (at for mark in ".!?;\n" if (at := text.folded.find(mark, end, end + _SENTENCE)) > 0), default=end + _SENTENCE
    )
    return after.search(text.folded, end, stop) is not None


_SENTENCE = 90  # characters of a sentence on each side


@lru_cache(maxsize=16)
def _conditions(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    phrases = language.phrases
    before = spellings((*phrases.bound_turners, *phrases.conditions, *phrases.scope_contrasts))
    after = spellings((*phrases.conditions, *phrases.counted_before, *phrases.counted_after))
    return _word(before), _word(after)


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{words})(?![\w'])")


def labelled(text: FoldedText) -> Found | None:
    """The value of a line whose label a colon ends: 'Delivery: Free', 'Refundable: yes'."""
    match = _LABELLED.search(text.folded)
    name = match and _whole(text.language).get(match["word"])
    return Found(value(name), match.start("word"), match.end("word")) if match and name else None


_LABELLED = re.compile(r"\A[^:.!?\n]{2,60}:[ ]{0,2}(?P<word>[^\W\d_][^:.!?,\n]{0,20}?)[ .!*]{0,3}\Z")


def whole(text: FoldedText) -> Found | None:
    """The value of a text that is a single word, as table cells are: 'Free', 'Unlimited', 'No'."""
    word = text.folded.strip(" *.!\n")
    name = _whole(text.language).get(word)
    if name is None:
        return None
    start = text.folded.find(word)
    return Found(value(name), start, start + len(word))


def value(word: str) -> Value:
    return Value(KIND, Decimal(0), Decimal(0), Unit(word))


def parse(words: str, dollars: str) -> Value | None:
    return value(words.lower()) if words.lower() in WORDS else None


def spell(amount: Decimal, unit: str) -> str:
    return unit


def size(amount: Decimal, unit: str) -> tuple[str, Decimal]:
    return unit, amount


@lru_cache(maxsize=16)
def _whole(language: Language) -> dict[str, str]:
    return {word: name for name in reversed(WORDS) for word in language.phrases.whole[name]}


@lru_cache(maxsize=16)
def _said(language: Language) -> re.Pattern[str]:
    phrases = language.phrases
    unless = rf"(?:{spellings(phrases.free_unless)})(?![ ]{{1,3}}(?:{spellings(phrases.unless_before)})\b)"
    groups = []
    for name, said in language.units[KIND].items():
        patterns = [spellings((phrase,)).replace(r"\*[ ]{1,3}", _ANY) for phrase in said]
        if name == "free":
            patterns.append(unless)
        groups.append(f"(?P<{name}>{'|'.join(sorted(patterns, key=len, reverse=True))})")
    groups += [f"(?P<surely_{name}>{spellings(phrases.surely[name])})" for name in _SURELY]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])")


_PRICE = frozenset(("free", "none", "no", "yes"))
_WORTH = {"none": 0.0, "no": 0.0, "free": 0.0, "yes": 1.0, "unlimited": float("inf")}


def _comparable(one: Value, other: Value) -> bool:
    return (one.unit == "unlimited") == (other.unit == "unlimited")


def _meets(own: Value, other: Value, kind: KindOfValue) -> bool:
    """'Free' and money, 'unlimited' and whatever has a size or hours."""
    return (
        (own.unit in _PRICE and kind.priced)
        or (own.unit in ("unlimited", "none", "no") and kind.sized)
        or (own.unit == "unlimited" and other.unit == "time")
    )


def _compare(published: Value, expected: Value, priced: bool) -> Comparison:
    units = {value.unit if value.kind == KIND else _free(value, priced) for value in (published, expected)}
    if units == {"no", ""} and published.unit == "no" and priced:
        return Comparison.INSIDE  # 'breakfast is not included' where it costs something
    if len(units) == 1 or units == {"none", "no"}:
        return Comparison.SAME
    if units in (
        {"free", "none"},
        {"free", "no"},
    ):  # 'no fee' is free, 'no refunds' is not: the value alone cannot tell
        return Comparison.INSIDE
    return Comparison.DIFFERENT


def _free(value: Value, priced: bool) -> str:
    return "free" if priced and not value.is_range and value.low == 0 else ""


AVAILABILITY = KindOfValue(
    KIND,
    parse,
    spell,
    size,
    cues=cues,
    loose=loose,
    tellable=False,
    comparable=_comparable,
    meets=_meets,
    compare=_compare,
    worth=lambda value: _WORTH.get(value.unit, 0.0),
    worded=True,
)
