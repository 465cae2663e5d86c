"""What an annotator is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OfferedRule:
    """A rule as an annotator sees it: never with its value. All texts have their values masked."""

    name: str  # full name of the term
    says: str
    topics: tuple[str, ...] = ()
    scope: tuple[tuple[str, str], ...] = ()  # (dimension, value)
    bound: str | None = None  # in words: 'at least'; None if the value is meant exactly
    states: tuple[str, ...] = ()  # examples of sentences that state it
    silent: tuple[str, ...] = ()  # and of sentences that do not


@dataclass(frozen=True, slots=True)
class RuleQuestion:
    """Which of the offered rules does the marked value state, if any?

    `sentence[start:end]` is the marked value. All else is what a reader sees around the sentence, '' or () where there
    is nothing. `key` is the same whatever the values are: it is made of the sentence with its values masked, of what
    stands around it and of the rules.
    """

    key: str
    sentence: str
    start: int
    end: int
    rules: tuple[OfferedRule, ...]  # the best-fitting one first; at least one
    title: str = ""
    headings: tuple[str, ...] = ()  # outermost first
    question: str = ""  # of a FAQ
    lead_in: str = ""
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    caption: str = ""
    previous: str = ""  # the sentence before


@dataclass(frozen=True, slots=True)
class Annotation:
    """What an annotator answered to a question: the rule that the marked value states, or none of those offered.

    `model` and `prompt` say who answered to which words: the question is asked anew when one of them changes.
    """

    key: str  # of the question
    term: str | None  # full name of the rule
    probability: float  # 0..1, how sure the annotator is of its answer
    why: str  # in the annotator's own words, at most 200 characters: shown as a quotation only
    model: str
    prompt: str
    at: datetime
    tokens: int = 0  # sent and received together, 0 where unknown
    trusted: bool = True  # False: it agreed too seldom with people, and is no grounds for an alarm
    sure: bool = True  # False: of a probability that the settings do not take for an answer; it counts for nothing
    agreed: tuple[int, int] | None = None  # with 97 of 100 answers given by people; None if that is not known


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that got no answer that counts, and why, in words that hold no secret.

    `spent` says whether the annotator answered at all: what it answered was paid for and is of no use.
    """

    key: str
    why: str
    spent: bool = False
    tokens: int = 0
