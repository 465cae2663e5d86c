"""Finding the values of a text: numbers first, then each kind in turn, then what adjacent values say together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from drift.engine import numbers
from drift.engine.kinds import availability, date, measure, money, table
from drift.engine.kinds.base import FoldedText, KindOfValue
from drift.engine.kinds.bounds import bounded, is_ahead, within
from drift.engine.kinds.comparing import restates, with_unit_of
from drift.engine.kinds.table import of
from drift.engine.lookalikes import plain
from drift.engine.numbers import SPACE, Number, spellings
from drift.model import Found, Language
from drift.model.values import Bound, Value

_TOKEN = 200  # characters of an address that are looked at before a number in it
_UNIT = re.compile(
    r"[ ]{0,3}-?[^\W\d_]|(?:\"|'')[ ]{0,2}[x×b]|[ ]?[(][lwhd][)]|[ ]{0,3}[^\w\s.,;:!?()\[\]'\"|-]"
)  # whether a unit can follow: most numbers bear none
_REST = re.compile(rf"\S{{0,{_TOKEN}}}")
_HEADER_WORD = re.compile(r"[^\W_][\w'/-]*|[%$€£]")
_HEADER_WORDS = 12
_BARE = re.compile(r"[^\w$€£]{0,8}(?:[^\d\n]{0,24}[ ])?[\d½][\d.,]{0,14}[^\w]{0,8}")


def find(
    text: str, language: Language, *, dollars: str = "USD", bare: str | None = None, day_first: bool | None = None
) -> tuple[Found, ...]:
    """All values of a text, ascending and never overlapping; spans are half-open offsets into `text`.

    `dollars` is the currency of a bare '$', and after it those that the registry prices in; `day_first` is how the page
    writes '05/06/2026'. `bare` is the header of a table cell: where the cell is only a number,
    the header's unit or noun is read with it ('20' under 'Replicas' is 20 replicas). Never raises; the cost is linear.
    """
    text = plain(text)
    page = FoldedText(text, numbers.fold(text), language, dollars, day_first)
    if found := _all(page):
        return tuple(bounded(page.folded, one, language) for one in _joined(page, found))
    if word := availability.whole(page) or availability.labelled(page):
        return (word,)
    return _with_header(page, bare) if bare else ()


def _all(page: FoldedText) -> list[Found]:
    """Numbers with their units, and the values said without a number where no number is."""
    language = page.language
    parts = numbers.parts(page.folded)
    said_alone = table.loose()
    cues = _cues(language, said_alone).intersection(parts)
    said = not cues.isdisjoint(numbers.cues_of(language)) and numbers.in_words(parts, language)
    found = list(_at_numbers(page, digits_only=not said))
    if not cues:
        return found
    loose = [
        one
        for kind in said_alone
        if kind.cues and kind.loose and not cues.isdisjoint(kind.cues(language))
        for one in kind.loose(page)
    ]
    if not loose:
        return found
    merged: list[Found] = []
    for one in sorted((*found, *loose), key=lambda one: (one.start, -one.end)):
        if not merged or one.start >= merged[-1].end:
            merged.append(one)
    return merged


@lru_cache(maxsize=16)
def _cues(language: Language, loose: tuple[KindOfValue, ...]) -> frozenset[str]:
    """The words of which a text must hold one for a value in it to begin with a word."""
    return numbers.cues_of(language).union(*(kind.cues(language) for kind in loose if kind.cues))


def _at_numbers(page: FoldedText, *, digits_only: bool) -> Iterator[Found]:
    done = last = 0  # where reading goes on, and where the last value ended
    for start in numbers.starts(page.folded, page.language, digits_only=digits_only):
        if start < done:
            continue
        found = date.read_at(page, start) if page.folded[start].isdecimal() else None
        number = None
        if found is None:
            number = numbers.read(page.folded, start, page.language)
            found = _at_number(page, number) if number else None
        if found is None:
            done = number.end if number and len(number.numerals) == 1 else done
        elif address := _address_end(page.folded, start):
            done = address
        elif found.start >= last:
            yield found
            done = last = found.end


def _at_number(page: FoldedText, number: Number) -> Found | None:
    """The value of a number: with a letter after it as its magnitude ('$1.5M') where a kind has use for one."""
    if _LETTER.match(page.folded, number.end):
        lettered = numbers.read(page.folded, number.start, page.language, letters=True)
        if lettered and lettered.letter:
            for reader in table.readers().lettered:
                if found := reader(page, lettered):
                    return found
    found = _read(page, number) or _limited_within(page, number)
    if found and not of(found.value).multiplied and measure.is_factor(page.folded, number.start):
        return None
    if found and (first := _farther_end(page, number, found)):
        return replace(found, start=first[0], value=replace(found.value, high=first[1]))
    if found and number.plus and found.bound is Bound.EXACTLY:
        return replace(found, bound=Bound.AT_LEAST)
    return found


def _farther_end(page: FoldedText, number: Number, found: Found) -> tuple[int, Decimal] | None:
    """Where the farther end of a length before an event stands, and its amount: 'between 14 and 7 days before'."""
    if not of(found.value).counted_back or number.is_range or len(number.numerals) > 1:
        return None
    match = _joints(page.language).farther.search(page.folded, max(0, number.start - 24), number.start)
    if match is None or not is_ahead(page.folded, found.end, page.language):
        return None
    amount = Decimal(match["first"])
    return (match.start("first"), amount) if amount > found.value.low == number.low else None


def _limited_within(page: FoldedText, number: Number) -> Found | None:
    """'10 or more days': the limit stands between a number and its unit."""
    limit = within(page.folded, number.end, page.language)
    found = _read(page, number._replace(end=limit[1])) if limit else None
    return replace(found, bound=limit[0]) if limit and found and found.start == number.start else None


_LETTER = re.compile(r"[ ]{0,3}[kmbt]")


def _read(page: FoldedText, number: Number) -> Found | None:
    if money.of_no_country(page, number):
        return None
    readers = table.readers()
    for reader in readers.every if _UNIT.match(page.folded, number.end) else readers.before:
        if found := reader(page, number):
            return found
    return None


def _address_end(folded: str, start: int) -> int | None:
    """The end of the web or mail address that a number is part of, or None."""
    lowest = max(0, start - _TOKEN)
    begin = max(folded.rfind(mark, lowest, start) + 1 for mark in " \n(")
    rest = _REST.match(folded, start)
    end = rest.end() if rest else start
    token = folded[max(begin, lowest) : end]
    return end if "://" in token or "@" in token or token.startswith("www.") else None


def _joined(page: FoldedText, found: list[Found]) -> list[Found]:
    """Adjacent values that are one: a restatement in brackets, a range, alternatives."""
    joints = _joints(page.language)
    if len(found) > 1 and any(one.value.unit == "month-day" for one in found):
        found = date.shared_year(found, page.folded, page.language)
    result: list[Found] = []
    for one in found:
        if (
            result
            and 0 < one.start - result[-1].end <= _WIDEST_JOINT
            and (joint := _join(page, joints, result[-1], one))
        ):
            result[-1] = joint
        else:
            result.append(one)
    return result


_WIDEST_JOINT = 12


def _join(page: FoldedText, joints: _Joints, first: Found, second: Found) -> Found | None:
    if first.value.kind != second.value.kind or second.value.alternatives:
        return None
    gap = page.folded[first.end : second.start]
    if joints.opening.fullmatch(gap):
        closing = joints.closing.match(page.folded, second.end)
        return replace(first, end=closing.end()) if closing and restates(first.value, second.value) else None
    if gap.strip() == "/":
        return replace(first, end=second.end) if restates(first.value, second.value) else None
    if first.value.is_range or second.value.is_range or first.weak or second.weak:
        return None
    if turned := _descending(page, joints, first, second, gap):
        return turned
    if joints.to.fullmatch(gap) and numbers.is_change(page.folded, first.start, page.language):
        return None
    until = date.is_time(first.value) and date.is_time(second.value) and joints.until.fullmatch(gap)
    if (
        until
        or joints.to.fullmatch(gap)
        or (joints.both.fullmatch(gap) and joints.between.search(page.folded, max(0, first.start - 12), first.start))
    ):
        value = _range(_rescaled(page, first, second), second.value)
        return replace(first, end=second.end, value=value) if value else None
    room = len(first.value.alternatives) < numbers.MAX_ALTERNATIVES
    if room and joints.either.fullmatch(gap) and (other := with_unit_of(second.value, first.value)):
        further = (*first.value.alternatives, replace(other, alternatives=()))
        return replace(first, end=second.end, value=replace(first.value, alternatives=further))
    return None


def _descending(page: FoldedText, joints: _Joints, first: Found, second: Found, gap: str) -> Found | None:
    """A range counted before an event, from its farther end: 'between 14 days and 7 days before'."""
    other = with_unit_of(first.value, second.value)
    if other is None or other.low <= second.value.low or not is_ahead(page.folded, second.end, page.language):
        return None
    if not (joints.to.fullmatch(gap) or joints.both.fullmatch(gap)):
        return None
    if not joints.opened.search(page.folded, max(0, first.start - 12), first.start):
        return None
    return replace(second, start=first.start, value=replace(second.value, high=other.low))


def _rescaled(page: FoldedText, first: Found, second: Found) -> Value:
    """The first of two values, in the magnitude that stands after the second: '$10 to $20 million'."""
    spans = (first.start, first.end), (second.start, second.end)
    scale = numbers.rescaled(page.folded, *spans, page.language)
    if scale is None or first.value.is_range or first.value.low * scale >= second.value.low:
        return first.value
    return replace(first.value, low=first.value.low * scale, high=first.value.low * scale)


def _range(low: Value, high: Value) -> Value | None:
    other = with_unit_of(low, high)
    if other is None or low.sides or high.sides or other.low >= high.low or low.alternatives or high.alternatives:
        return None
    return replace(high, low=other.low)


class _Joints:
    """What may stand between two values that are one."""

    def __init__(self, language: Language) -> None:
        phrases = language.phrases
        self.opening = re.compile(rf"{SPACE}[(\[][ ]?")
        self.closing = re.compile(r"[ ]?[)\]]")
        self.to = re.compile(rf"{SPACE}[-~—]{SPACE}|[ ]{{1,3}}(?:{spellings(phrases.to)})[ ]{{1,3}}")
        self.both = re.compile(rf"[ ]{{1,3}}(?:{spellings(phrases.and_)})[ ]{{1,3}}")
        self.between = re.compile(rf"\b(?:{spellings(phrases.between)})[ ]{{1,3}}\Z")
        opened = spellings((*phrases.between, *phrases.from_))
        self.opened = re.compile(rf"(?<![^\W_])(?:{opened})[ ]{{1,3}}\Z")
        joint = spellings((*phrases.and_, *phrases.to))
        self.farther = re.compile(
            rf"(?<![^\W_])(?:{opened})[ ]{{1,3}}(?P<first>[0-9]{{1,3}})[ ]{{1,3}}(?:{joint})[ ]{{1,3}}\Z"
        )
        self.until = re.compile(rf"[ ]{{1,3}}(?:{spellings(phrases.until)})[ ]{{1,3}}")
        self.either = re.compile(rf",?[ ]{{1,3}}(?:{spellings(phrases.or_)})[ ]{{1,3}}")


@lru_cache(maxsize=16)
def _joints(language: Language) -> _Joints:
    return _Joints(language)


def _with_header(page: FoldedText, header: str) -> tuple[Found, ...]:
    """The bare number of a table cell, read with the noun or unit of its header, and its 'per hour'."""
    if not _BARE.fullmatch(page.raw):
        return ()
    cell = page.raw.rstrip(" *.\n")
    phrases = page.language.phrases
    noun, *per = re.split(rf"\s(?=(?:{spellings(phrases.per)})\s)", header, maxsplit=1, flags=re.IGNORECASE)
    words = [word for word in _HEADER_WORD.findall(noun) if word.lower() not in phrases.header_stops]
    best: Found | None = None
    for word in reversed(words[-_HEADER_WORDS:]):
        found = find(" ".join((cell, word, *per)), page.language, dollars=page.dollars)
        known_unit = best is not None and not of(best.value).named
        if len(found) == 1 and (best is None or (not of(found[0].value).named and not known_unit)):
            best = replace(found[0], end=min(found[0].end, len(cell)))
    return (best,) if best else ()
