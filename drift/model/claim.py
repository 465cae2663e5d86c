"""Values found in texts, and those that an article asserts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from drift.model.article import Passage
from drift.model.values import Bound, Value


class Stance(StrEnum):
    """How the article stands to a value. Only CURRENT is judged; the others are kept and shown."""

    CURRENT = "current"
    FORMER = "former"
    UPCOMING = "upcoming"
    EXAMPLE = "example"
    QUESTION = "question"
    HYPOTHETICAL = "hypothetical"
    THIRD_PARTY = "someone else's"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a text by a kind: what `kinds.find` gives.

    `text[start:end]` is the value with everything that restates it ('thirty (30) days'), without the words of
    its bound; those are `text[bound_start:start]` where they stand before it. `weak` marks a value that prose
    often uses loosely ('a year', 'the first month').
    """

    value: Value
    start: int
    end: int
    bound: Bound = Bound.EXACTLY
    bound_start: int | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a passage asserts, with where it stands and how the article stands to it.

    All spans are into `passage.text`: `value_text == text[start:end]`, `quote == text[slice(*sentence)]`;
    `segment` is the part of the sentence the value owns, between the neighbouring values of its kind.
    """

    passage: Passage
    value: Value
    start: int
    end: int
    sentence: tuple[int, int]
    segment: tuple[int, int]
    bound: Bound = Bound.EXACTLY
    stance: Stance = Stance.CURRENT
    stance_why: str | None = None  # the cue, in words: "'previously'"
    previous: str = ""  # the sentence before, in the passage or the one before it under the same heading
    ordinal: int = 1  # 1-based among the values of its sentence
    as_from: date | None = None  # of an upcoming one: the day it begins to hold, where its cue names it
    bound_start: int | None = None  # where the words of its bound begin, if they stand before it
    beside: tuple[str, str] = ("", "")  # what stands right before and right after its passage, where only that tells it

    @property
    def value_text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def quote(self) -> str:
        return self.passage.text[self.sentence[0] : self.sentence[1]]

    @property
    def own(self) -> str:
        """The text of the segment."""
        return self.passage.text[self.segment[0] : self.segment[1]]

    def asserted_on(self, day: date) -> bool:
        """Whether the article asserts the value on a day: now, or from a day that has come."""
        if self.stance is Stance.UPCOMING:
            return self.as_from is not None and self.as_from <= day
        return self.stance is Stance.CURRENT


class Unread(NamedTuple):
    """What looks like a value, was not surely read, and stands near the words of a term."""

    text: str
    line: int | None  # 1-based source line, None if it is unknown
    near: str  # full name of the term


class Written(NamedTuple):
    """Where a claim stands, in a form that outlives its page: `nth` is 1-based among the values of `sentence`.

    A sentence that a page holds again counts on: the values of its second repeat come after those of its first.
    """

    sentence: str  # with what a reader sees around it, where it is a cell or only a few words long
    masked: str
    nth: int


@dataclass(frozen=True, slots=True)
class Followed:
    """A sentence that an earlier version of a page held, with what there is to know of it when it comes again.

    One with a slot is a statement. `trusted`: the sentence is known to state the term, so that another value in the
    same words is a divergence, whatever they would say alone; else only the term's own value in it is taken for the
    term's.
    One with a term and no slot was never said to state it, and held its very value. One without a term only keeps
    others from being taken for it.
    """

    sentence: str
    nth: int
    term: str | None = None  # full name
    slot: str = ""
    confidence: float = 0.0  # by which the statement was known; with 0.0 it only keeps its slot
    trusted: bool = False
