"""Reading one number, with its restatement, its range and its alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from drift.engine.numbers import digits
from drift.engine.numbers.grammar import Grammar, grammar
from drift.engine.numbers.text import same
from drift.model import Language

MAX_WORDS = 12  # number words in a row: 'one hundred and twenty-five thousand three hundred and forty-two'
MAX_ALTERNATIVES = 8

_OPENING = re.compile("[ ]{0,3}[([][ ]?")
_CLOSING = re.compile("[ ]?[)\\]]")
_CLOSED = re.compile("[)](?=[ ][^\\W\\d_])")  # after a range in brackets whose unit follows: '(3-5) days'
_EITHER_WINDOW = 64  # characters: '30, 45, 60, 90, 120 or ' in words
_CHANGE_WINDOW = 60  # characters: 'will increase your number of users from '
_DIGITS = re.compile("[0-9½](?:(?<=[0-9])[0-9]+)?")  # as `start`, in a form that is searched ten times as fast
_SLASH = re.compile("/(?=[0-9])")
_PHONE = re.compile("-[0-9]")
_TENS = frozenset(Decimal(ten) for ten in range(20, 100, 10))
_SCORES = frozenset((Decimal(60), Decimal(80)))  # 'soixante-dix', 'quatre-vingt-onze'


class Number(NamedTuple):
    """A number, a range of two, or alternatives, at `folded[start:end]`.

    `numerals` are all of them in order; a range has `is_range`. `article` marks an 'a' or 'an' before a unit;
    `words` a number without any digit; `year` four digits as calendar years have them; `decimals`
    a number written with a fraction, '1.0' too. `scale` is the magnitude that the last was multiplied by, `letter` the
    letter it is written with; `plus` the sign of '14+'. `unsure` says what the digits alone leave open: 'group' where
    '1.500' may be grouped by another country's mark, 'space' where '1 250' may be two numbers.
    """

    start: int
    end: int
    numerals: tuple[Decimal, ...]
    is_range: bool = False
    article: bool = False
    words: bool = False
    year: bool = False
    decimals: bool = False
    scale: Decimal = Decimal(1)
    letter: str = ""
    unsure: str = ""
    plus: bool = False

    @property
    def low(self) -> Decimal:
        return self.numerals[0]

    @property
    def high(self) -> Decimal:
        return self.numerals[-1] if self.is_range else self.numerals[0]


def cues_of(language: Language) -> frozenset[str]:
    """The words of which a text must hold one for `in_words` to be true of it."""
    return grammar(language).said


def in_words(parts: Sequence[str], language: Language) -> bool:
    """Whether a text of these words may hold a number that begins with a word: 'thirty', the 'a' of 'a day'."""
    rules = grammar(language)
    if not rules.cues.isdisjoint(parts):
        return True
    if rules.counted.isdisjoint(parts) or rules.articles.isdisjoint(parts):
        return False
    return any(unit in rules.counted for word, unit in pairwise(parts) if word in rules.articles)


def starts(folded: str, language: Language, *, digits_only: bool = False) -> Iterator[int]:
    """Offsets at which a number may begin, ascending."""
    pattern = _DIGITS if digits_only else grammar(language).start
    for match in pattern.finditer(folded):
        yield match.start()


def read(folded: str, start: int, language: Language, *, letters: bool = False) -> Number | None:
    """The number that begins at `start`, with its restatement, its range and its alternatives; or None.

    With `letters` a 'k' or 'm' after digits multiplies them: only the kinds know where it does not mean a unit.
    """
    rules = grammar(language)
    first = _one(folded, start, rules, letters)
    if first is None or first.article:
        return first
    if _is_reference(folded, start, rules):
        return None
    ranged = _range(folded, first, rules, language, letters)
    if ranged and folded[start - 1 : start] == "(" and (closed := _CLOSED.match(folded, ranged.end)):
        return ranged._replace(end=closed.end())
    return (ranged and _restated(folded, ranged, rules)) or _alternatives(folded, first, rules, letters) or first


def rescaled(folded: str, first: tuple[int, int], second: tuple[int, int], language: Language) -> Decimal | None:
    """What the amount of a first value is to be multiplied by: '$10 to $20 million' are millions at both ends.

    None if the first has its own magnitude or the second has none.
    """
    rules = grammar(language)
    scale = rules.magnitude.search(folded, *second)
    if scale is None or rules.magnitude.search(folded, *first):
        return None
    word = scale["word"]
    return rules.numbers[same(word)] if word else rules.letters[scale["letter"]]


def is_change(folded: str, start: int, language: Language) -> bool:
    """Whether 'increased ... from' stands before `start`: what follows became something else and is no range."""
    return bool(grammar(language).change.search(folded, max(0, start - _CHANGE_WINDOW), start))


def read_one(folded: str, start: int, language: Language, *, joined: bool = False) -> Number | None:
    """The single number at `start`, without range or alternatives. `joined`: what stands before it is known."""
    return _one(folded, start, grammar(language), joined=joined)


def _is_reference(folded: str, start: int, rules: Grammar) -> bool:
    """Whether the number is part of a name: 'section 5', 'step 3'."""
    if not start or folded[start - 1] != " ":
        return False
    words = folded[max(0, start - 16) : start].split()
    return bool(words) and words[-1].rpartition("'")[2].lstrip('([*"') in rules.references


def _one(folded: str, start: int, rules: Grammar, letters: bool = False, joined: bool = False) -> Number | None:
    if start >= len(folded):
        return None
    found = _plain(folded, start, rules, letters, joined)
    if found is None or found.article:
        return found
    opening = _OPENING.match(folded, found.end)
    again = opening and _plain(folded, opening.end(), rules, letters)
    if again and again.numerals == found.numerals and (closing := _CLOSING.match(folded, again.end)):
        return found._replace(end=closing.end())
    return found


def _plain(folded: str, start: int, rules: Grammar, letters: bool = False, joined: bool = False) -> Number | None:
    if start >= len(folded):
        return None
    char = folded[start]
    before = folded[start - 1] if start else " "
    if "0" <= char <= "9" or char == "½":
        return _digits(folded, start, rules, letters, joined)
    if not joined and (before.isalnum() or before in "_-."):
        return None
    return _words(folded, start, rules) or _article(folded, start, rules)


def _digits(folded: str, start: int, rules: Grammar, letters: bool, joined: bool) -> Number | None:
    found = digits.read(folded, start, rules, letters=letters, joined=joined)
    if found is None:
        return None
    whole = found.amount % 1 == 0
    return Number(
        found.start,
        found.end,
        (found.amount,),
        year=_is_year(found.text) and found.scale == 1,
        decimals=not whole or (rules.decimal in found.text and found.scale == 1),
        scale=found.scale,
        letter=found.letter,
        unsure=found.unsure,
        plus=found.plus,
    )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1990 <= int(text) <= 2039 and text != "2000"


def _words(folded: str, start: int, rules: Grammar) -> Number | None:
    match = rules.word.match(folded, start)
    if match is None:
        return None
    total, current = Decimal(0), rules.numbers[same(match[0])]
    last, end = current, match.end()
    for _ in range(MAX_WORDS):
        joint = rules.joint.match(folded, end)
        more = joint and rules.word.match(folded, joint.end())
        if not more:
            break
        number = rules.numbers[same(more[0])]
        if number >= 1000 and current:
            total, current = total + current * number, Decimal(0)
        elif number == 100 and 0 < current < 100:
            current *= 100
        elif _adds(number, last):
            current += number
        else:
            break
        last, end = number, more.end()
    amount = total + current
    scale = Decimal(1)
    if amount >= 1 and (half := rules.half.match(folded, end)):
        amount += Decimal("0.5")
        end = half.end()
        if large := rules.scale.match(folded, end):  # 'one and a half million'
            scale = rules.numbers[same(large["word"])]
            amount, end = amount * scale, large.end()
    elif last >= 1000 and (of := rules.of.match(folded, end)):
        scale, end = last, of.end()
    elif last >= 1000:
        scale = last
    is_article = folded[start:end] in rules.articles  # 'un' is both
    return Number(
        start, end, (amount,), words=True, article=is_article, scale=scale, decimals=amount % 1 != 0 and amount > 1
    )


def _adds(number: Decimal, last: Decimal) -> bool:
    """Whether a number word goes on from the one before it: 'twenty-four', 'hundred and five', 'soixante-dix'."""
    if last >= 100:
        return 1 <= number < last and number < 1000
    return (last in _TENS and 1 <= number < 10) or (last in _SCORES and 1 <= number < 20)


def _article(folded: str, start: int, rules: Grammar) -> Number | None:
    match = rules.article.match(folded, start)
    return match and Number(start, match.end(), (Decimal(1),), article=True, words=True)


def _range(folded: str, first: Number, rules: Grammar, language: Language, letters: bool) -> Number | None:
    joint = rules.to.match(folded, first.end)
    if joint and is_change(folded, first.start, language):
        return None
    if joint is None and rules.between.search(folded, max(0, first.start - 12), first.start):
        joint = rules.both.match(folded, first.end)
    joint = joint or _SLASH.match(folded, first.end)
    second = joint and _one(folded, joint.end(), rules, letters, joined=True)
    if not joint or not second or second.article or _PHONE.match(folded, second.end):
        return None
    if joint[0] == "/" and not _is_slashed(first, second):
        return None
    low = _shared(first, second)
    if second.low <= low:
        return None
    return second._replace(
        start=first.start,
        numerals=(low, second.low),
        is_range=True,
        words=first.words,
        decimals=first.decimals or second.decimals,
        letter=second.letter or first.letter,
        unsure=second.unsure or first.unsure,
    )


def _shared(first: Number, second: Number) -> Decimal:
    """The first of two amounts, multiplied by the magnitude that stands after the second: '10 to 20 million'."""
    if first.scale != 1 or second.scale == 1 or first.low >= second.low / second.scale:
        return first.low
    return first.low * second.scale


def _is_slashed(first: Number, second: Number) -> bool:
    """Whether '24/48' is a range: '1/2' and '3/4' are fractions, '24/7' is a name."""
    return (
        not (first.decimals or second.decimals or first.words or second.words)
        and first.low > 1
        and second.low - first.low > (first.low < 5)
        and second.low < 100
    )


def _restated(folded: str, ranged: Number, rules: Grammar) -> Number:
    """The range with its repetition in brackets: 'four to seven (4-7)'."""
    opening = _OPENING.match(folded, ranged.end)
    first = opening and _plain(folded, opening.end(), rules)
    joint = first and rules.to.match(folded, first.end)
    second = joint and _plain(folded, joint.end(), rules)
    closing = second and _CLOSING.match(folded, second.end)
    if first and second and closing and (first.low, second.low) == ranged.numerals:
        return ranged._replace(end=closing.end())
    return ranged


def _alternatives(folded: str, first: Number, rules: Grammar, letters: bool) -> Number | None:
    if rules.either_word.search(folded, first.end, first.end + _EITHER_WINDOW) is None:
        return None
    found, end = [first], first.end
    sure = 0  # how many are joined by 'or'
    sure_end = end
    while len(found) < MAX_ALTERNATIVES:
        joint = rules.either.match(folded, end)
        more = joint and _one(folded, joint.end(), rules, letters)
        if not joint or not more or more.article:
            break
        found.append(more)
        end = more.end
        if joint[0].strip() != ",":
            sure, sure_end = len(found), end
    last = found[sure - 1]
    numerals = tuple(dict.fromkeys(_shared(one, last) for one in found[:sure]))
    if len(numerals) < 2:
        return None
    return first._replace(end=sure_end, numerals=numerals, scale=last.scale, letter=last.letter or first.letter)
