"""How a value is told to people: in the spelling of the page that publishes it, and the policy's in the same.

A spelling is only taken over where it is surely understood: written in it, the page's own value is the page's own text
to the letter. Everything else is told as a registry spells it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from drift.engine.kinds.base import plain
from drift.engine.kinds.spelling import show, show_per
from drift.engine.kinds.table import of
from drift.model.values import Value

_NUMBER = re.compile(r"\d+(?:[.,'’]\d+|[ \u00a0\u202f]\d{3}(?!\d))*")
_FORMS = tuple((mark[:-1], mark[-1]) for mark in (".", ",.", ".,", " ,", "\u00a0,", "\u202f,", "'.", "’.", ","))
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST = 60  # characters of a spelling that is taken over; what a page writes for one value has 2 to 30


class _Spelling(NamedTuple):
    """What stands around a number, and how the number itself is written."""

    before: str
    after: str
    group: str
    point: str
    places: int = 0  # behind the point, at least

    def number(self, amount: Decimal) -> str:
        whole, _, part = plain(amount).partition(".")
        part = part.ljust(self.places, "0")
        grouped = f"{int(whole):,}".replace(",", self.group)
        return f"{grouped}{self.point}{part}" if part else grouped


def as_written(value: Value, text: str) -> str:
    """A value that a page publishes as `text`, as people are told it: '£12', '£12 per month', '30 days'.

    The text itself where it says the whole value, and what it does not say behind it ('50p (GBP 0.50)').
    """
    words = " ".join(text.split())
    if of(value).verbatim and words:
        return words
    found = _spelling(value, text)
    if found is not None:
        return f"{words}{_per(value, found)}"
    canonical = _canonical(value)
    return f"{words} ({canonical})" if of(value).priced and 0 < len(words) <= _LONGEST else canonical


def alike(value: Value, published: Value, text: str) -> str:
    """A value in the spelling of the text that publishes another one: '£10' where that is '£12', 'USD 10' where it
    cannot be spelled so."""
    if value.alternatives:
        every = (replace(value, alternatives=()), *value.alternatives)
        return " or ".join(alike(one, published, text) for one in every)
    found = _spelling(published, text)
    same = (value.kind, value.unit, value.per) == (published.kind, published.unit, published.per)
    if found is None or not same or value.sides or not _inflected_alike(value, published, found):
        return _canonical(value)
    if (cents := of(value).cents) and value.low % 1 + value.high % 1 > 0:
        found = found._replace(places=max(found.places, cents))
    low, high = found.number(value.low), found.number(value.high)
    per = _per(value, found)
    if not value.is_range:
        return f"{found.before}{low}{found.after}{per}"
    if found.before:
        return f"{found.before}{low}{found.after} to {found.before}{high}{found.after}{per}"
    return f"{low} to {high}{found.after}{per}"


def _spelling(value: Value, text: str) -> _Spelling | None:
    """How a text spells its value; None where that is not surely known, or where it leaves out the unit."""
    kind, numbers = of(value), list(_NUMBER.finditer(text))
    amounts = (value.low, value.high) if value.is_range else (value.low,)
    if not kind.tellable or value.alternatives or value.sides:
        return None
    if len(numbers) != len(amounts) or len(text) > _LONGEST or "\n" in text:
        return None
    before, after = text[: numbers[0].start()], text[numbers[-1].end() :]
    if value.unit and not (before + after).strip(" *†‡"):
        return None
    letters = "".join(_LETTERS.findall(before))
    if len(letters) > kind.signed or re.search(r"[()\[\]]|\A-", after):
        return None
    for group, point in _FORMS:
        found = _Spelling(before, after, group, point)
        places = [len(number[0].rpartition(point)[2]) if point in number[0] else 0 for number in numbers]
        written = [found._replace(places=many).number(amount) for many, amount in zip(places, amounts, strict=True)]
        if written == [number[0] for number in numbers]:
            return found._replace(places=max(places)) if kind.cents else found
    return None


def _inflected_alike(value: Value, published: Value, found: _Spelling) -> bool:
    """Whether the word for the unit suits both: '1 day' has another than '2 days'."""
    if found.before or not of(value).inflected or not _LETTERS.match(found.after.lstrip()):
        return True
    return (value.high == 1) == (published.high == 1)


def _per(value: Value, found: _Spelling) -> str:
    """' per month' where the text leaves it to the header of its column to say so."""
    if not value.per:
        return ""
    words = _LETTERS.findall(found.after)
    unit = not found.before and found.after.lstrip()[:1].isalpha()  # the first of them: '12 EUR', '20 requests'
    return "" if len(words) > unit or "/" in found.after else show_per(value)


def _canonical(value: Value) -> str:
    """As a registry spells it, and as a person says it: '3 to 5 days'."""
    if value.alternatives:
        return " or ".join(_canonical(one) for one in (replace(value, alternatives=()), *value.alternatives))
    low, dots, high = show(value).partition("..")
    if not dots:
        return low
    number, _, unit = low.partition(" ")
    return f"{number} to {high}" if unit and high.endswith(f" {unit}") else f"{low} to {high}"
