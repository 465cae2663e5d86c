"""Which term a claim is about, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from drift.model.annotation import Annotation
from drift.model.claim import Claim, Followed
from drift.model.registry import Answer, PolicyException, Term
from drift.model.values import Value


class Evidence(NamedTuple):
    """One piece of evidence for or against a match: its name, its weight in the score, and its reason in words."""

    name: str
    weight: float
    words: str


class Candidate(NamedTuple):
    """A term a claim may be about, with its value-blind score and the evidence."""

    term: Term
    score: float  # log-odds
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Which term a claim is about: the best candidate, or none; rivals in order of score."""

    claim: Claim
    term: Term | None
    score: float
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reviewed: bool = False
    pinned: bool = False  # the term's `published_at` says that it stands here
    answer: Answer | None = None  # what was answered, where it is reviewed
    limited_otherwise: bool = False  # reviewed, and its words limit the value in another way than when it was
    known: Followed | None = None  # the statement of an earlier version of the page that the claim is
    followed: bool = False  # and is about the term because that one was
    annotation: Annotation | None = None  # what an annotator answered, where nothing surer is known

    @property
    def grounds(self) -> Grounds:
        """How we know which term the claim is about."""
        if self.reviewed:
            return Grounds.REVIEWED
        if self.followed:
            return Grounds.FOLLOWED
        return Grounds.ANNOTATED if self.affirmed else Grounds.PLAIN

    @property
    def sure(self) -> bool:
        """Whether more than words and annotators says what the claim is about."""
        return self.reviewed or self.followed

    @property
    def affirmed(self) -> Annotation | None:
        """What an annotator said, where it is that the claim states the term, and nothing surer is known."""
        said = self.annotation
        return said if said is not None and said.term is not None and not self.sure else None

    @property
    def denied(self) -> bool:
        """Whether an annotator said that the claim states no term, and nothing surer is known."""
        return self.annotation is not None and self.annotation.term is None and not self.sure


class Outcome(StrEnum):
    """What is said of a statement. The last two are said, and count as neither of the first."""

    AGREES = "agrees"
    DIVERGES = "diverges"  # never without grounds
    SUSPECT = "suspect"  # a value that differs where only words say which rule it is, and not surely: a question
    UNCLEAR = "unclear"  # the typed comparison cannot tell

    @property
    def decided(self) -> bool:
        """Whether it says that the article is right, or that it is wrong."""
        return self in (Outcome.AGREES, Outcome.DIVERGES)


class Grounds(StrEnum):
    """How we know which rule a statement is about, the surest first."""

    REVIEWED = "reviewed"  # a person said so of this sentence, or the registry has it as an example
    FOLLOWED = "followed"  # an earlier version of the page stated the rule in this sentence
    ANNOTATED = "annotated"  # an annotator said so
    PLAIN = "plain"  # its words alone


class Diagnosis(StrEnum):
    """Why a divergence is one, in the order of telling."""

    STALE = "stale"  # it equals an earlier value of the term
    EARLY = "early"  # it equals a coming one
    COPIED = "copied"  # it equals the value of another scope or of a sibling term
    BOUND = "bound"  # right number, wrong direction
    UNIT = "unit"  # right number, wrong unit
    WRONG = "wrong"  # none of these


class Harm(StrEnum):
    """Whom a divergence hurts: a page too generous costs the company its word, one too harsh the customer."""

    GENEROUS = "generous"  # the page promises the customer more than the policy
    HARSH = "harsh"  # less


@dataclass(frozen=True, slots=True)
class Verdict:
    """What we say of a claim. `because` is in words; `settle` says what would decide one that is open.

    `confidence` is the probability that the claim is about the term, of which `grounds` tells how it is known; None
    where nothing is known that would carry a verdict.
    """

    match: Match
    outcome: Outcome
    expected: Value | None
    diagnosis: Diagnosis | None = None
    harm: Harm | None = None
    confidence: float = 0.0  # 0..1
    because: str = ""
    settle: str | None = None
    exception: PolicyException | None = None  # the exception that made it agree
    grounds: Grounds | None = None
