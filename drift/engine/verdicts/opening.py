"""One time of day held against a rule's span of hours: 'open until 22:00' is about when the house closes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from drift.engine import kinds
from drift.engine.numbers import spellings, spoken
from drift.model import Claim, Language, Term
from drift.model.values import Value

_REACH = 40  # characters before a time in which 'until' or 'opens' stands
_OTHER_TIME = re.compile(r"[0-9;|\n]")
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[0-9;|\n,.]")


def end_meant(claim: Claim, expected: Value, language: Language) -> Value | None:
    """The end of a rule's span of hours that a claim of one time is about. None where that is not surely said.

    'Until' and 'from' alone do not do: breakfast is served until ten in a house that closes at midnight. Nor does
    'closed until', which is about opening.
    """
    published, phrases = claim.value, language.phrases
    if not (kinds.is_time(expected) and kinds.is_time(published)) or not expected.is_range or published.is_range:
        return None
    before = claim.passage.text[max(claim.sentence[0], claim.start - _REACH) : claim.start]
    until, closing = phrases.until, phrases.closing_words
    shut = spoken((*closing, *phrases.bound_turners)).search(before)
    if not spoken(phrases.house_hours).search(before) or (shut and spoken(until).search(before, shut.end())):
        return None
    sides = [one.group().lower() for one in spoken((*closing, *until, *phrases.opening_words)).finditer(before)]
    if not sides:
        return None
    amount = expected.high if sides[-1] in (*closing, *until) else expected.low
    return replace(expected, low=amount, high=amount)


def on_other_days(claim: Claim, term: Term, language: Language) -> bool:
    """Whether hours are those of days off, of which the rule does not speak: 'Sat 10:00-16:00' beside 'open 9 to 18'.

    A rule that speaks of every day speaks of them too.
    """
    if not kinds.is_time(claim.value):
        return False
    off, first_day = map(spoken, (language.phrases.days_off, language.phrases.first_day))  # 'Mon-Sun' are all days
    passage, text = claim.passage, claim.passage.text
    rule = " ".join((term.says, *term.topics))
    if off.search(rule) or spoken(language.phrases.every_day).search(rule):
        return False
    before = _OTHER_TIME.split(text[claim.sentence[0] : claim.start])[-1]
    said = " ".join((before, *passage.row, *passage.column, passage.defines or ""))
    if not off.search(said) and not first_day.search(said):
        said = _CLAUSE.split(text[claim.end : claim.sentence[1]])[0]
    return off.search(said) is not None and first_day.search(said) is None


def of_another_thing(claim: Claim, term: Term, language: Language) -> bool:
    """Whether a time is said of something in the house of which the rule does not speak: its café, its pool.

    What opens or closes stands right before those words. Where nothing does, the nearest heading or row says it.
    """
    if not kinds.is_time(claim.value):
        return False
    phrases, text, passage = language.phrases, claim.passage.text, claim.passage
    # 'we', 'it': words that name no thing
    nobody = spoken((*phrases.noun_stops, *phrases.articles, *phrases.days_off, *phrases.first_day))
    known = {_singular(word) for said in (term.says, *term.topics, term.policy) for word in _WORD.findall(said.lower())}
    before = _OTHER_TIME.split(text[claim.sentence[0] : claim.start])[-1]
    opens = [match["subject"].lower() for match in _opens(language).finditer(before)]
    if opens:
        return not nobody.fullmatch(opens[-1]) and _singular(opens[-1]) not in known
    named = passage.row or passage.headings[-1:]
    nouns = [word for said in named for word in _WORD.findall(said.lower()) if not nobody.fullmatch(word)]
    words = [
        one
        for one in (*phrases.clock_context, *phrases.house_hours, *phrases.closing_words)
        if one not in phrases.desks
    ]
    hours = spoken(tuple(words))
    return bool(nouns) and not any(_singular(word) in known or hours.fullmatch(word) for word in nouns)


def _singular(word: str) -> str:
    return word.removesuffix("s")


@lru_cache(maxsize=8)
def _opens(language: Language) -> re.Pattern[str]:
    """What opens or closes, before the word for it."""
    phrases = language.phrases
    opening = spellings((*phrases.house_hours, *phrases.closing_words))
    return re.compile(
        rf"(?<!\w)(?P<subject>[^\W\d_]+)[ ](?:(?:{spellings(phrases.number_is)})[ ](?:[^\W\d_]+[ ])?)?"
        rf"(?:{opening})(?!\w)",
        re.IGNORECASE,
    )
