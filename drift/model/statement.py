"""A verdict as it is kept: all that is told and compared of it later.

Values are kept as they are spelled (`drift.engine.kinds.show`), so that what was stored years ago compares with what is
read today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from drift.model.registry import Severity
from drift.model.values import Bound
from drift.model.verdict import Diagnosis, Grounds, Harm, Outcome


class Cause(StrEnum):
    """Which of the three made a change: what was published, what is right, or how we read."""

    PAGE = "page"
    POLICY = "policy"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a term, as one reading of a page made it: what is kept of a Verdict.

    `value_text` stands in `quote` from `value_start` on; `sentence`, `words` and `nth` are those of its Written.
    `known` says how surely the sentence is known to state the term, because it was reviewed or seen to agree: 0.0
    where neither was. `agreed_at` is when the page last agreed here; None while it does, and where it never did.
    `published_text` and `expected_text` are `published` and `expected` as people are told them, in the page's own
    spelling; '' in what was kept before they were.
    """

    slot: str  # which statement of its page it is, kept for as long as it is followed; '' before it has one
    policy: str
    term: str  # the short name
    outcome: Outcome
    published: str
    expected: str | None
    sentence: str
    words: str  # the sentence with its values masked
    nth: int
    quote: str
    value_text: str
    value_start: int
    confidence: float
    because: str = ""
    diagnosis: Diagnosis | None = None
    harm: Harm | None = None
    severity: Severity = Severity.MEDIUM  # of the policy; low where it is hidden
    heading: tuple[str, ...] = ()
    line: int | None = None
    link: str | None = None
    reviewed: bool = False  # a person said which term the sentence states
    followed: bool = False  # it was held for the term because an earlier version of the page stated it there
    annotated: str = ""  # the model that said which term it states, where nothing surer is known
    annotated_sure: float = 0.0  # how probable it held that, 0..1
    annotated_why: str = ""  # in its own words: shown as a quotation only
    annotated_agreed: tuple[int, int] | None = None  # with 97 of 100 answers given by people, as far as known then
    known: float = 0.0
    agreed_at: datetime | None = None
    hidden: bool = False  # the page holds it and shows it to nobody
    published_text: str = ""
    expected_text: str = ""
    bound: Bound = Bound.EXACTLY  # which way the page's words limit the value
    row: tuple[str, ...] = ()  # this and the following as in its Passage
    column: tuple[str, ...] = ()
    caption: str | None = None
    question: str | None = None
    defines: str | None = None

    @property
    def full_name(self) -> str:
        """Of the term: 'policy/term'."""
        return f"{self.policy}/{self.term}"

    @property
    def grounds(self) -> Grounds:
        """How it is known which term it states."""
        if self.reviewed:
            return Grounds.REVIEWED
        if self.followed:
            return Grounds.FOLLOWED
        return Grounds.ANNOTATED if self.annotated else Grounds.PLAIN
