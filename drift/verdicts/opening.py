"""One time of day held against a rule's span of hours: 'open until 22:00' is about when the house closes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from drift.model import Claim, Language, Term
from drift.numbers import spellings
from drift.values import Value

_REACH = 40  # characters before a time in which 'until' or 'opens' stands


def end_meant(claim: Claim, expected: Value, language: Language) -> Value | None:
    """The end of a rule's span of hours that a claim of one time is about. None where that is not surely said.

    'Until' and 'from' alone do not do: breakfast is served until ten in a house that closes at midnight. Nor does
    'closed until', which is about opening.
    """
    published = claim.value
    if expected.unit != "time" or not expected.is_range or published.unit != "time" or published.is_range:
        return None
    text = claim.passage.text
    before = text[max(claim.sentence[0], claim.start - _REACH) : claim.start].lower()
    words = _words(language)
    if not words.house.search(before) or words.shut_until.search(before):
        return None
    sides = list(words.side.finditer(before))
    if not sides:
        return None
    amount = expected.high if sides[-1].lastgroup == "closes" else expected.low
    return replace(expected, low=amount, high=amount)


def on_other_days(claim: Claim, term: Term, language: Language) -> bool:
    """Whether hours are those of days off, of which the rule does not speak: 'Sat 10:00-16:00' beside 'open 9 to 18'.

    A rule that speaks of every day speaks of them too.
    """
    if claim.value.unit != "time":
        return False
    words, text = _words(language), claim.passage.text
    rule = " ".join((term.says, *term.topics)).lower()
    if words.off.search(rule) or words.daily.search(rule):
        return False
    before = _OTHER_TIME.split(text[claim.sentence[0] : claim.start])[-1]
    after = _CLAUSE.split(text[claim.end : claim.sentence[1]])[0]
    passage = claim.passage
    said = " ".join((before, *passage.row, *passage.column, passage.defines or "")).lower()
    if words.off.search(said) is None and words.first_day.search(said) is None:
        said = after.lower()
    return words.off.search(said) is not None and words.first_day.search(said) is None


def of_another_thing(claim: Claim, term: Term, language: Language) -> bool:
    """Whether a time is said of something in the house of which the rule does not speak: its café, its pool.

    What opens or closes stands right before those words. Where nothing does, the nearest heading or row says it.
    """
    if claim.value.unit != "time":
        return False
    words, text, passage = _words(language), claim.passage.text, claim.passage
    known = {_singular(word) for said in (term.says, *term.topics, term.policy) for word in _WORD.findall(said.lower())}
    before = _OTHER_TIME.split(text[claim.sentence[0] : claim.start])[-1].lower()
    opens = [match for match in words.opens.finditer(before) if match["subject"]]
    if opens:
        subject = opens[-1]["subject"]
        return not words.nobody.fullmatch(subject) and _singular(subject) not in known
    named = passage.row or passage.headings[-1:]
    nouns = [word for said in named for word in _WORD.findall(said.lower()) if not words.nobody.fullmatch(word)]
    return bool(nouns) and not any(_singular(word) in known or words.hours.fullmatch(word) for word in nouns)


def _singular(word: str) -> str:
    return word.removesuffix("s")


_WORD = re.compile(r"[^\W\d_]+")
_OTHER_TIME = re.compile(r"[0-9;|\n]")
_CLAUSE = re.compile(r"[0-9;|\n,.]")


class _Words(NamedTuple):
    house: re.Pattern[str]  # what is open and closes
    side: re.Pattern[str]
    shut_until: re.Pattern[str]
    off: re.Pattern[str]  # days on which most people do not work
    first_day: re.Pattern[str]  # 'Mon-Sun' are all days
    daily: re.Pattern[str]
    opens: re.Pattern[str]  # what opens or closes, before the word for it
    nobody: re.Pattern[str]  # 'we', 'it': words that name no thing
    hours: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(language: Language) -> _Words:
    def listed(*names: str) -> str:
        return spellings(word for name in names for word in language.phrases[name])

    def word(*names: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{listed(*names)})(?!\w)")

    desks = language.phrases["desks"]
    hours = [one for name in ("clock context", "house hours", "closing words") for one in language.phrases[name]]
    hours = [one for one in hours if one not in desks]
    closing, until = listed("closing words"), listed("until")
    return _Words(
        word("house hours"),
        re.compile(rf"(?<!\w)(?:(?P<closes>{closing}|{until})|(?P<opens>{listed('opening words')}))(?!\w)"),
        re.compile(rf"(?<!\w)(?:{closing}|{listed('bound turners')})(?!\w).*(?<!\w)(?:{until})(?!\w)"),
        word("days off"),
        word("first day"),
        word("every day"),
        re.compile(
            rf"(?<!\w)(?P<subject>[^\W\d_]+)[ ](?:(?:{listed('number is')})[ ](?:[^\W\d_]+[ ])?)?"
            rf"(?:{listed('house hours', 'closing words')})(?!\w)"
        ),
        word("noun stops", "articles", "days off", "first day"),
        re.compile(spellings(hours)),
    )
