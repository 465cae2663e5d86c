"""What a review asks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from drift.model.annotation import Annotation
from drift.model.article import Page
from drift.model.claim import Claim
from drift.model.registry import Answer, Registry, Term
from drift.model.run import Examined
from drift.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sentence stands; `sentence` and `nth` are as an Answer has them."""

    page: Page
    title: str | None  # of the page
    claim: Claim
    sentence: str
    nth: int
    answer: Answer | None = None  # the one it has, where it is asked no more

    @property
    def line(self) -> int | None:
        """The 1-based source line of the value, None if it is unknown."""
        return self.claim.passage.line_at(self.claim.start)


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that a person may say of which term it states, or that it states none.

    `id` is made of the article, the sentence with its values masked and the ordinal: it holds for as long as they do.
    `proposed` is the term that was judged, or what fits best where none was; `probability` says how surely the sentence
    is about it, None if nothing was judged. An answer holds for every spot: they read alike in all respects.
    """

    id: str
    spots: tuple[Spot, ...]  # one at least, the first found before
    proposed: Term | None
    verdict: Verdict | None  # of the first spot
    terms: tuple[Term, ...]  # all that the value could be about, the proposed one first
    likely: int = 1  # how many of them, from the first on, something speaks for
    fit: float = -math.inf  # the match score of the proposed term; -inf where no words speak for it
    plain: bool = False  # an agreement that needs no answer to be known
    annotation: Annotation | None = None  # what an annotator says of the sentence, where nothing surer is known
    members: tuple[Question, ...] = ()  # of several plain agreements with one term, asked together: the shown one first

    @property
    def first(self) -> Spot:
        return self.spots[0]

    @property
    def probability(self) -> float | None:
        return self.verdict.confidence if self.verdict is not None else None

    @property
    def all(self) -> tuple[Question, ...]:
        """Each sentence of it as a question of its own."""
        return self.members or (self,)


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """The questions of some articles in the order in which they are asked, and those that have an answer."""

    registry: Registry
    as_of: date
    examined: tuple[Examined, ...]
    questions: tuple[Question, ...]
    answered: tuple[Question, ...] = ()
