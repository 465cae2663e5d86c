"""What the policy owners keep: policies, their terms, scopes and reviewed answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from drift.model.article import Passage
from drift.model.errors import Place
from drift.model.language import DEFAULT_LANGUAGE
from drift.model.values import Bound, Kind, Value


class Severity(StrEnum):
    """How much a wrong article about a policy matters, ascending."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Owner(NamedTuple):
    """Who answers for a policy. At least one of the three is given."""

    team: str | None = None
    email: str | None = None
    slack: str | None = None


class Period(NamedTuple):
    """A term's value over a stretch of days; both ends are inside it, None is open."""

    value: Value
    start: date | None = None
    end: date | None = None


class Preference(StrEnum):
    """Which way customers like a value better."""

    LESS = "less"
    MORE = "more"

    __repr__ = str.__repr__  # of which stored fingerprints are made


@dataclass(frozen=True, slots=True)
class Examples:
    states: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One rule of a policy, with one value at a time."""

    policy: str
    name: str
    says: str
    timeline: tuple[Period, ...]  # ascending, without overlap; gaps are lint errors
    bound: Bound = Bound.EXACTLY
    scope: tuple[tuple[str, str], ...] = ()  # (dimension, value), sorted
    topics: tuple[str, ...] = ()
    not_topics: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    published_at: tuple[str, ...] = ()  # addresses or globs, with an optional #anchor
    also: tuple[Value, ...] = ()
    customer_prefers: Preference | None = None
    guidance: str | None = None
    examples: Examples = Examples()
    place: Place | None = None

    @property
    def full_name(self) -> str:
        return f"{self.policy}/{self.name}"

    @property
    def kind(self) -> Kind:
        return self.timeline[0].value.kind

    def on(self, day: date) -> Period | None:
        """The period in force on a day, or None before the first and after the last."""
        for period in self.timeline:
            if (period.start is None or period.start <= day) and (period.end is None or day <= period.end):
                return period
        return None


@dataclass(frozen=True, slots=True)
class PolicyException:
    """A value that stands, for a reason and until a day, on articles where the term's value does not."""

    policy: str
    term: str
    article: str  # glob
    value: Value
    reason: str
    by: str
    until: date
    place: Place | None = None


class Review(NamedTuple):
    last: date
    every_days: int

    @property
    def due(self) -> date:
        """The last day on which it holds; the last of the calendar where it would be later."""
        left = (date.max - self.last).days
        return self.last + timedelta(days=min(self.every_days, left))


@dataclass(frozen=True, slots=True)
class Policy:
    """A topic with an owner."""

    name: str
    title: str
    owner: Owner
    terms: tuple[Term, ...]
    source: str | None = None
    severity: Severity = Severity.MEDIUM
    review: Review | None = None
    applies_to: tuple[str, ...] = ()  # globs; empty is everywhere
    exceptions: tuple[PolicyException, ...] = ()
    place: Place | None = None

    def severity_in(self, passage: Passage) -> Severity:
        """How much a wrong statement in a passage matters: little where the page shows it to nobody."""
        return Severity.LOW if passage.hidden else self.severity


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of scope: its values with the ways articles spell them."""

    name: str
    values: Mapping[str, tuple[str, ...]]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said once about a sentence: it states `term` (full name), or none of the terms (None)."""

    article: str  # address, path or glob
    sentence: str
    term: str | None
    nth: int = 1  # 1-based among the values of the sentence
    by: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything the owners keep: policies in order of name, scopes, and the reviewed answers."""

    policies: tuple[Policy, ...]
    dimensions: tuple[Dimension, ...] = ()
    answers: tuple[Answer, ...] = ()
    dollars: str = "USD"  # what a bare '$' means here, then every currency that a value is in, parted by spaces
    language: str = field(default=DEFAULT_LANGUAGE, repr=False)  # a primary tag: of `says` and `topics`

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for policy in self.policies for term in policy.terms)
