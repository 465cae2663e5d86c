"""Reading one number, with its restatement, its range and its alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from drift.model import Language
from drift.numbers.grammar import Grammar, grammar
from drift.numbers.text import same

MAX_DIGITS = 15  # a longer run of digits is an identifier
MAX_WORDS = 12  # number words in a row: 'one hundred and twenty-five thousand three hundred and forty-two'
MAX_ALTERNATIVES = 8

_OPENING = re.compile("[ ]{0,3}[([][ ]?")
_CLOSING = re.compile("[ ]?[)\\]]")
_EITHER_WINDOW = 64  # characters: '30, 45, 60, 90, 120 or ' in words
_CHANGE_WINDOW = 60  # characters: 'will increase your number of users from '
_DIGITS = re.compile("[0-9½](?:(?<=[0-9])[0-9]+)?")  # as `start`, in a form that is searched ten times as fast
_PHONE = re.compile("-[0-9]")
_TENS = frozenset(Decimal(ten) for ten in range(20, 100, 10))
_SCORES = frozenset((Decimal(60), Decimal(80)))  # 'soixante-dix', 'quatre-vingt-onze'


class Number(NamedTuple):
    """A number, a range of two, or alternatives, at `folded[start:end]`.

    `numerals` are all of them in order; a range has `is_range`. `article` marks an 'a' or 'an' before a unit;
    `words` a number without any digit; `year` four digits as calendar years have them; `decimals`
    a number written with a fraction, '1.0' too.
    """

    start: int
    end: int
    numerals: tuple[Decimal, ...]
    is_range: bool = False
    article: bool = False
    words: bool = False
    year: bool = False
    decimals: bool = False

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


def read(folded: str, start: int, language: Language) -> Number | None:
    """The number that begins at `start`, with its restatement, its range and its alternatives; or None."""
    rules = grammar(language)
    first = _one(folded, start, rules)
    if first is None or first.article:
        return first
    if _is_reference(folded, start, rules):
        return None
    return _range(folded, first, rules, language) or _alternatives(folded, first, rules) or first


def is_change(folded: str, start: int, language: Language) -> bool:
    """Whether 'increased ... from' stands before `start`: what follows became something else and is no range."""
    return bool(grammar(language).change.search(folded, max(0, start - _CHANGE_WINDOW), start))


def read_one(folded: str, start: int, language: Language) -> Number | None:
    """The single number at `start`, without range or alternatives."""
    return _one(folded, start, grammar(language))


def _is_reference(folded: str, start: int, rules: Grammar) -> bool:
    """Whether the number is part of a name: 'section 5', 'step 3'."""
    if not start or folded[start - 1] != " ":
        return False
    words = folded[max(0, start - 16) : start].split()
    return bool(words) and words[-1].rpartition("'")[2].lstrip('([*"') in rules.references


def _one(folded: str, start: int, rules: Grammar) -> Number | None:
    if start >= len(folded):
        return None
    found = _plain(folded, start, rules)
    if found is None or found.article:
        return found
    opening = _OPENING.match(folded, found.end)
    again = opening and _plain(folded, opening.end(), rules)
    if again and again.numerals == found.numerals and (closing := _CLOSING.match(folded, again.end)):
        return found._replace(end=closing.end())
    return found


def _plain(folded: str, start: int, rules: Grammar) -> Number | None:
    if start >= len(folded):
        return None
    char = folded[start]
    before = folded[start - 1] if start else " "
    if "0" <= char <= "9" or char == "½":
        return _digits(folded, start, rules, before)
    if before.isalnum() or before in "_-.":
        return None
    return _words(folded, start, rules) or _article(folded, start, rules)


def _digits(folded: str, start: int, rules: Grammar, before: str) -> Number | None:
    match = rules.digits.match(folded, start)
    if match is None or _inside_a_name(folded, start, match.end(), before):
        return None
    text = match[0]
    if len(text) > MAX_DIGITS:
        return None
    amount = _amount(text, rules)
    end = match.end()
    if amount is None:
        return None
    if scale := rules.scale.match(folded, end):
        amount *= rules.numbers[same(scale["word"])]
        end = scale.end()
    elif half := rules.half.match(folded, end):
        amount += Decimal("0.5")
        end = half.end()
    return Number(start, end, (amount,), year=_is_year(text), decimals=amount % 1 != 0 or rules.decimal in text)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1990 <= int(text) <= 2039 and text != "2000"


def _inside_a_name(folded: str, start: int, end: int, before: str) -> bool:
    """Whether these digits are part of a version, a telephone number, an address, a fraction, '24/7', '1 000'."""
    if before.isalpha() and not _currency_code(folded, start):
        return True
    if before in "#_/\\@=&+.:%§" and not (before in ":/" and start > 1 and not folded[start - 2].isdecimal()):
        return True
    if before == "-" and start > 1 and (folded[start - 2].isalpha() or folded[start - 2] in "-"):
        return True
    if before == " " and folded.startswith("00", start) and folded[max(0, start - 2)].isdecimal():
        return True  # the thousands of another language: 'EUR 1 000'
    after = folded[end : end + 2]
    if len(after) == 2 and after[1].isdecimal() and after[0] in ".,:/":
        return True
    return before == "," and start > 1 and folded[start - 2].isdecimal()


def _currency_code(folded: str, start: int) -> bool:
    """Whether exactly three or two letters stand at the number, as in 'usd35'."""
    code = folded[max(0, start - 4) : start]
    return code[-3:].isalpha() and len(code[-3:]) == 3 and not code[:-3].isalnum()


def _amount(text: str, rules: Grammar) -> Decimal | None:
    """The amount that digits with marks state; None where the marks make no sense."""
    half = Decimal("0.5") if text.endswith("½") else Decimal(0)
    text = text.removesuffix("½")
    whole, mark, part = text, "", ""
    for index in range(len(text) - 1, -1, -1):
        if not text[index].isdecimal():
            whole, mark, part = text[:index], text[index], text[index + 1 :]
            break
    if mark and mark in rules.thousands and len(part) == 3:
        whole, part = whole + part, ""
    elif mark and mark != rules.decimal and len(part) > 2:
        return None
    whole = "".join(char for char in whole if char.isdecimal())
    return Decimal(f"{whole or 0}.{part}" if part else whole or 0) + half


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
    if amount >= 1 and (half := rules.half.match(folded, end)):
        amount += Decimal("0.5")
        end = half.end()
    is_article = folded[start:end] in rules.articles  # 'un' is both
    return Number(start, end, (amount,), words=True, article=is_article)


def _adds(number: Decimal, last: Decimal) -> bool:
    """Whether a number word goes on from the one before it: 'twenty-four', 'hundred and five', 'soixante-dix'."""
    if last >= 100:
        return 1 <= number < last and number < 1000
    return (last in _TENS and 1 <= number < 10) or (last in _SCORES and 1 <= number < 20)


def _article(folded: str, start: int, rules: Grammar) -> Number | None:
    match = rules.article.match(folded, start)
    return match and Number(start, match.end(), (Decimal(1),), article=True, words=True)


def _range(folded: str, first: Number, rules: Grammar, language: Language) -> Number | None:
    joint = rules.to.match(folded, first.end)
    if joint and is_change(folded, first.start, language):
        return None
    if joint is None and rules.between.search(folded, max(0, first.start - 12), first.start):
        joint = rules.both.match(folded, first.end)
    second = joint and _one(folded, joint.end(), rules)
    if not second or second.article or second.low <= first.low or _PHONE.match(folded, second.end):
        return None
    return first._replace(
        end=second.end,
        numerals=(first.low, second.low),
        is_range=True,
        year=second.year,
        decimals=first.decimals or second.decimals,
    )


def _alternatives(folded: str, first: Number, rules: Grammar) -> Number | None:
    if rules.either_word.search(folded, first.end, first.end + _EITHER_WINDOW) is None:
        return None
    numerals, end = [first.low], first.end
    sure = 0  # how many are joined by 'or'
    sure_end = end
    while len(numerals) < MAX_ALTERNATIVES:
        joint = rules.either.match(folded, end)
        more = joint and _one(folded, joint.end(), rules)
        if not joint or not more or more.article:
            break
        numerals.append(more.low)
        end = more.end
        if joint[0].strip() != ",":
            sure, sure_end = len(numerals), end
    numerals = list(dict.fromkeys(numerals[:sure]))
    return first._replace(end=sure_end, numerals=tuple(numerals)) if len(numerals) > 1 else None
