"""How far an annotator agrees with people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from drift.model.annotation import Annotation, RuleQuestion
from drift.model.article import Page
from drift.model.values import Kind
from drift.model.verdict import Match

ENOUGH = 30  # answers of people from which a share says something; as the settings' `trust` is documented


@dataclass(frozen=True, slots=True)
class Compared:
    """One sentence that a person answered for, and what the annotator says of it; None if it did not answer."""

    page: Page
    match: Match
    question: RuleQuestion
    said: str | None  # full name of the term that the person named, None for none
    answer: Annotation | None

    @property
    def agrees(self) -> bool:
        """Whether both named the same rule. One that was not offered cannot be named, and is not agreed on."""
        return self.answer is not None and self.answer.term == self.said

    @property
    def kind(self) -> Kind:
        return self.match.claim.value.kind


class Trust(NamedTuple):
    """How often an annotator agreed with people, and when that was looked at."""

    agreed: int
    answers: int
    at: datetime

    def earned(self, floor: float) -> bool:
        """Whether its answers may carry an alarm: they may until enough is known that speaks against it."""
        return self.answers < ENOUGH or self.agreed >= floor * self.answers


@dataclass(frozen=True, slots=True)
class TrustReport:
    """What came of comparing, and who was asked."""

    checked_at: datetime
    annotator: str
    model: str
    compared: tuple[Compared, ...]
    note: str  # what became of the questions, in words
    open: int = 0  # of those compared, how many it did not answer at all, not even unsurely

    @property
    def trust(self) -> Trust:
        answered = [one for one in self.compared if one.answer is not None]
        return Trust(sum(one.agrees for one in answered), len(answered), self.checked_at)
