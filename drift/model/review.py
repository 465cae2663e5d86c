"""What a review asks."""

from __future__ import annotations

from dataclasses import dataclass

from drift.model.article import Page
from drift.model.claim import Claim
from drift.model.registry import Answer, Registry, Term
from drift.model.run import Examined
from drift.model.verdict import Verdict


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
