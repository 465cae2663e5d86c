"""What one run over some pages found, and what a review asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from drift.errors import BlindReason
from drift.model.article import Page
from drift.model.claim import Claim, Written
from drift.model.registry import Answer, Registry, Term
from drift.model.verdict import Match, Verdict


@dataclass(frozen=True, slots=True)
class Examined:
    """One page after the whole path: its article and verdicts, or why it is blind."""

    page: Page
    title: str | None = None
    blind: BlindReason | None = None
    detail: str = ""  # more about `blind`, for people
    claims: int = 0
    verdicts: tuple[Verdict, ...] = ()
    matches: tuple[Match, ...] = ()  # every claim, judged or not: for `explain`
    gone: tuple[Answer, ...] = ()  # reviewed sentences that the article no longer has
    language: str | None = None  # primary tag it was read in; None where it is blind
    written: tuple[Written, ...] = ()  # of `matches`, in their order, where the page is followed


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one run of `check` found, articles in the order given."""

    checked_at: datetime
    as_of: date
    registry: Registry
    examined: tuple[Examined, ...]
    notes: tuple[str, ...] = ()  # said to people: unused exceptions, terms whose applies_to excludes every article
    stated: Mapping[str, int] = field(default_factory=dict)  # full term name -> statements found, 0 included


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that a person may say of which term it states, or that it states none.

    `id` is made of the article, the sentence with its values masked and the ordinal: it holds for as long as they do.
    `sentence` and `nth` are as an Answer has them; `doubt` goes from 0 (the words leave none) to 1.
    """

    id: str
    page: Page
    claim: Claim
    sentence: str
    nth: int
    proposed: Term | None
    verdict: Verdict | None
    doubt: float
    terms: tuple[Term, ...]  # all that the value could be about, the best-fitting first
    answer: Answer | None = None  # the one it has, where it is asked no more


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """The questions of some articles, most doubtful and most harmful first, and those that have an answer."""

    registry: Registry
    examined: tuple[Examined, ...]
    questions: tuple[Question, ...]
    answered: tuple[Question, ...] = ()
