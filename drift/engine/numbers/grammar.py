"""What is compiled from a language to read its numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from drift.engine.numbers.text import SPACE, cues, parts, spellings
from drift.model import Language
from drift.model.values import Kind


class Grammar(NamedTuple):
    """What is compiled from one language."""

    numbers: Mapping[str, Decimal]
    decimal: str
    thousands: str
    cues: frozenset[str]  # a text without one of these words has no number in words
    counted: frozenset[str]  # the words an article is followed by where it is a number, each its first
    said: frozenset[str]  # both
    start: re.Pattern[str]
    digits: re.Pattern[str]
    scale: re.Pattern[str]
    of: re.Pattern[str]  # what parts a magnitude from its unit: 'deux millions d'euros'
    magnitude: re.Pattern[str]  # either, anywhere in a value
    letter: re.Pattern[str]  # a magnitude written as a letter: 'k', 'm', 'bn'
    letters: Mapping[str, Decimal]
    codes: frozenset[str]  # letters that name a currency and may stand at the number itself: 'usd35', 'rm50'
    word: re.Pattern[str]
    article: re.Pattern[str]
    joint: re.Pattern[str]
    half: re.Pattern[str]
    to: re.Pattern[str]
    between: re.Pattern[str]
    change: re.Pattern[str]
    both: re.Pattern[str]
    either: re.Pattern[str]
    either_word: re.Pattern[str]
    references: frozenset[str]
    articles: frozenset[str]


@lru_cache(maxsize=16)
def grammar(language: Language) -> Grammar:
    phrases = language.phrases
    words = spellings(language.numbers)
    counted = [word for unit in language.units[Kind("duration")].values() for word in unit]
    units = spellings(counted)
    article = spellings(phrases.articles)
    thousands = "".join(re.escape(mark) for mark in language.thousands)
    large = spellings(word for word, number in language.numbers.items() if number >= 1000 and " " not in word)
    either = spellings(phrases.or_)
    said = cues(language.numbers)
    letters = phrases.magnitudes
    of = spellings(phrases.magnitude_of)
    first = frozenset(parts(unit)[0] for unit in counted)
    money = [word for words in language.units[Kind("money")].values() for word in words]
    to = spellings(phrases.to)
    return Grammar(
        numbers=language.numbers,
        decimal=language.decimal,
        thousands="".join(language.thousands),
        cues=said,
        counted=first,
        said=said | first,
        start=re.compile(rf"[0-9]+|½|\b(?:(?:{words})\b|(?:{article})[ ]{{1,3}}(?=(?:{units})\b))"),
        digits=re.compile(
            rf"[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?½?|½"
        ),
        scale=re.compile(rf"[+]?{SPACE}-?(?P<word>{large})\b(?:[ ]{{1,3}}(?:{of})(?=[ ]|(?<=')))?"),
        of=re.compile(rf"[ ]{{1,3}}(?:{of})(?=[ ]|(?<='))"),
        magnitude=re.compile(rf"(?<![^\W\d_])(?:(?P<word>{large})|(?P<letter>{spellings(letters)}))(?![^\W_])"),
        letter=re.compile(
            rf"{SPACE}(?P<letter>{spellings(letters)})(?:[.](?=[ ](?:[^\w\s.,:;()]|[a-z]{{3}}(?![^\W_]))))?(?![^\W_])"
        ),
        letters=letters,
        codes=frozenset({name for name in (*language.currencies, *money) if name.isalpha() and len(name) <= 4}),
        word=re.compile(rf"(?:{words})\b"),
        article=re.compile(rf"(?:{article})(?=[ ]{{1,3}}(?:{units})\b)"),
        joint=re.compile(
            rf"[ ]{{1,3}}(?:(?:{spellings(phrases.and_)})[ ]{{1,3}})?|-(?:(?:{spellings(phrases.and_)})-)?"
        ),
        half=re.compile(rf"[ ]{{1,3}}(?:{spellings(phrases.and_a_half)})\b|[ ]1/2(?![\w/])"),
        to=re.compile(rf"-?[ ]{{1,3}}(?:{to})[ ]{{1,3}}|-(?:{to})-|{SPACE}[-~—]{SPACE}"),
        between=re.compile(rf"\b(?:{spellings(phrases.between)})[ ]{{1,3}}\Z"),
        change=re.compile(rf"\b(?:{spellings(phrases.changes)})\b[^.\n]*\b(?:{spellings(phrases.from_)})[ ]{{1,3}}\Z"),
        both=re.compile(rf"[ ]{{1,3}}(?:{spellings(phrases.and_)})[ ]{{1,3}}"),
        either_word=re.compile(rf"[ ](?:{either})[ ]"),
        either=re.compile(rf"[ ]?,[ ]{{1,3}}(?:(?:{either})[ ]{{1,3}})?|-?[ ]{{1,3}}(?:{either})[ ]{{1,3}}"),
        references=frozenset(phrases.references),
        articles=frozenset(phrases.articles),
    )
