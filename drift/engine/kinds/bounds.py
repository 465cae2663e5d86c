"""Which way the words around a value limit it: 'up to', 'at least', 'no more than' before it, 'or more' after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from drift.engine import numbers
from drift.engine.numbers import spellings
from drift.model import Found, Language
from drift.model.values import Bound

_WINDOW = 56  # characters before a value: a filler of three words after a bound of four
_WORD = re.compile(r"[^\s\"*:<>≤≥=]+|[<>≤≥=]+")
_MOST_WORDS = 8  # words of the window that are looked at


# What a limit says of a value that is counted before an event: of an act that is done early ('book up to 7 days in
# advance'), and of one that has a last moment ('cancel up to 2 hours before'). Without an event, and after one, it says
# what the language file says of it; so do all others. EXACTLY: it marks where another thing begins and limits nothing.
BEFORE_AN_EVENT: Mapping[str, tuple[Bound, Bound]] = {
    "up to": (Bound.AT_MOST, Bound.AT_LEAST),
    "within": (Bound.AT_MOST, Bound.EXACTLY),
    "less than": (Bound.LESS_THAN, Bound.EXACTLY),
    "no later than": (Bound.AT_LEAST, Bound.AT_LEAST),
    "no earlier than": (Bound.AT_MOST, Bound.AT_MOST),
}
_ACT = 120  # characters before a value in which the act stands; after it half as many
_OBJECT = 25  # characters after 'cancel' in which 'a booking' is what is cancelled
# Signs of comparison are the same in every language.
_SIGNS = {
    ">": Bound.MORE_THAN,
    "<": Bound.LESS_THAN,
    **dict.fromkeys((">=", "≥", "=>"), Bound.AT_LEAST),
    **dict.fromkeys(("<=", "≤", "=<"), Bound.AT_MOST),
}
_SIGN = re.compile(r"[<>≤≥=]{1,2}[ ]?\Z")


class _BoundWords(NamedTuple):
    before: Mapping[str, Bound]
    before_range: Mapping[str, Bound]
    longest: int
    last: frozenset[str]  # with which phrases and fillers end
    fillers: frozenset[str]
    after: re.Pattern[str]
    ahead: re.Pattern[str]  # counted before an event
    label: re.Pattern[str]  # 'minimum stay: '
    turned: Mapping[str, str]  # phrase -> its class in BEFORE_AN_EVENT


class _Events(NamedTuple):
    """What limits a value that is counted before an event: few are, and most pages are spared the compiling."""

    event: re.Pattern[str]  # with its name
    advance: re.Pattern[str]  # in words that go with acts done early
    acts: re.Pattern[str]
    latest: re.Pattern[str]  # 'two hours before the start at the latest'


def bounded(folded: str, found: Found, language: Language) -> Found:
    """The value with its bound. A bound that the kind has already read stays."""
    if found.bound is not Bound.EXACTLY:
        return found
    words = _words(language)
    before = _before(folded, found.start, words, words.before_range if found.value.is_range else words.before)
    if before and numbers.is_change(folded, found.start, language):
        return found  # 'from 30 days to 60': the old value is no lower limit
    if (
        before is None
        and (sign := _SIGN.search(folded, max(0, found.start - 3), found.start))
        and (bound := _SIGNS.get(sign[0].strip()))
    ):
        return replace(found, bound=bound, bound_start=sign.start())
    if before is not None:
        bound, start, phrase = before
        ahead = (name := words.turned.get(phrase)) and words.ahead.match(folded, found.end)
        if name and ahead:
            bound = BEFORE_AN_EVENT[name][_has_last_moment(folded, start, found.end, _events(language))]
        if ahead or bound is not Bound.EXACTLY:
            return replace(found, bound=bound, bound_start=start)
    if label := words.label.search(folded, max(0, found.start - _WINDOW), found.start):
        return replace(
            found, bound=Bound(_NAMES[label.lastgroup or ""]), bound_start=label.start(label.lastgroup or "")
        )
    if words.ahead.match(folded, found.end) and (late := _events(language).latest.match(folded, found.end)):
        return replace(found, bound=Bound.AT_LEAST if late["late"] else Bound.AT_MOST)
    if after := words.after.match(folded, found.end):
        return replace(found, bound=Bound(_NAMES[after.lastgroup or ""]))
    return replace(found, bound_start=before[1]) if before else found


def is_ahead(folded: str, end: int, language: Language) -> bool:
    """Whether a value that ends at `end` is counted before an event: '7 days before'."""
    return _words(language).ahead.match(folded, end) is not None


def within(folded: str, end: int, language: Language) -> tuple[Bound, int] | None:
    """The limit between a number that ends at `end` and its unit, and where it ends: '10 or more days'."""
    after = _words(language).after.match(folded, end)
    if after is None or after.lastgroup == "plus" or folded[after.end() : after.end() + 1] != " ":
        return None
    return Bound(_NAMES[after.lastgroup or ""]), after.end()


def _has_last_moment(folded: str, start: int, end: int, events: _Events) -> bool:
    """Whether the act that a value is counted for has a last moment: 'cancel', not 'book'. The nearest one decides."""
    nearest: re.Match[str] | None = None
    lowest = max(folded.rfind(mark, max(0, start - _ACT), start) for mark in ".;!?\n") + 1
    for act in events.acts.finditer(folded, max(lowest, start - _ACT, 0), start):
        if not (nearest and nearest["last"] and act["early"] and act.start() - nearest.end() < _OBJECT):
            nearest = act
    if nearest is None and (event := events.event.match(folded, end)):
        nearest = events.acts.search(folded, event.end(), end + _ACT // 2)  # 'before the booking' tells of no act
    if nearest is not None:
        return nearest["last"] is not None
    return events.advance.match(folded, end) is None


_NAMES = {"plus": Bound.AT_LEAST, "floor": Bound.AT_LEAST, "ceiling": Bound.AT_MOST}


def _before(folded: str, start: int, words: _BoundWords, phrases: Mapping[str, Bound]) -> tuple[Bound, int, str] | None:
    """The bound that ends right before `start`, fillers between allowed, where it begins, and its words."""
    lowest = max(0, start - _WINDOW)
    begin = 1 + max(
        folded.rfind("\n", lowest, start), folded.rfind("(", lowest, start), folded.rfind("[", lowest, start)
    )
    tokens = list(_WORD.finditer(folded, max(begin, lowest), start))[-_MOST_WORDS:]
    if not tokens or tokens[-1][0] not in words.last:
        return None
    end = len(tokens)
    for filler in (3, 2, 1, 0):  # the most words of a filler; 0: nothing between
        if filler > end or (filler and " ".join(token[0] for token in tokens[end - filler :]) not in words.fillers):
            continue
        last = end - filler
        for length in range(min(words.longest, last), 0, -1):
            phrase = " ".join(token[0] for token in tokens[last - length : last])
            if phrase in phrases:
                return phrases[phrase], tokens[last - length].start(), phrase
    return None


@lru_cache(maxsize=16)
def _words(language: Language) -> _BoundWords:
    phrases = language.phrases
    ahead = spellings(phrases.counted_before)
    between = dict.fromkeys(language.bounds[Bound.BETWEEN], Bound.BETWEEN)
    before = {
        phrase: bound for bound, phrases in language.bounds.items() for phrase in phrases if bound is not Bound.BETWEEN
    }
    fillers = frozenset(phrases.fillers)
    floor = spellings(language.phrases.after_at_least)
    ceiling = spellings(language.phrases.after_at_most)
    return _BoundWords(
        before=before,
        before_range={**before, **between},
        longest=max(len(phrase.split()) for phrase in before),
        last=frozenset(phrase.split()[-1] for phrase in (*before, *between, *fillers)),
        fillers=fillers,
        after=re.compile(rf"(?P<plus>[+])(?!\w)|[ ]?[,(]?[ ]?(?:(?P<floor>{floor})|(?P<ceiling>{ceiling}))(?![^\W_])"),
        ahead=re.compile(rf"[ ](?:{ahead})(?![^\W_])"),
        label=re.compile(
            rf"(?:\A|[.;|\n(][ ]?)(?:(?P<floor>{spellings(phrases.least_label)})"
            rf"|(?P<ceiling>{spellings(phrases.most_label)}))(?:[ ][^\W\d_]+){{1,3}}?[ ]?:[ ]{{1,3}}\Z"
        ),
        turned={phrase: name for name in BEFORE_AN_EVENT for phrase in phrases.limits[name]},
    )


@lru_cache(maxsize=16)
def _events(language: Language) -> _Events:
    phrases = language.phrases
    ahead = spellings(phrases.counted_before)
    return _Events(
        event=re.compile(rf"(?:[ ](?:{ahead})(?:[ ][^\W_]+){{1,2}})?"),
        advance=re.compile(rf"[ ](?:{spellings(phrases.in_advance)})(?![^\W_])"),
        acts=re.compile(
            rf"(?<![^\W_])(?:(?P<last>{spellings(phrases.acts_with_a_last_moment)})"
            rf"|(?P<early>{spellings(phrases.acts_done_early)}))"
        ),
        latest=re.compile(
            rf"[ ](?:{ahead})(?:[ ][^\W_]+){{0,4}}?[ ,]{{1,2}}"
            rf"(?:(?P<late>{spellings(phrases.at_the_latest)})|(?:{spellings(phrases.at_the_earliest)}))"
            r"(?![^\W_])"
        ),
    )
