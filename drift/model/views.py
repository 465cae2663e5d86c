"""What is shown of a watch: the nouns of `drift findings`, `drift history` and `drift status`.

Each holds all that its screen says, so that what shows it asks nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from drift.model import Owner, Policy, Severity, Term
from drift.model.errors import BlindReason
from drift.model.finding import Finding, Note, PageState, Silence, Transition
from drift.model.memory import Run, Version


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with what is known around it.

    `least` and `most` bound how long the wrong text was live, `most` is None where that cannot be known; `began` and
    `ended` say it in words. `policy` and `term` are None where the policies are not at hand or name them no more.
    """

    finding: Finding
    least: timedelta
    most: timedelta | None
    began: str
    ended: str
    page: PageState | None = None
    policy: Policy | None = None
    term: Term | None = None
    content_owner: Owner | None = None  # of the article
    silence: Silence | None = None  # the one that hides it now
    history: tuple[Transition, ...] = ()
    also_at: tuple[str, ...] = ()  # public addresses that answer with the text of the article: its duplicates


@dataclass(frozen=True, slots=True)
class SilenceView:
    """A silence with how many findings it covers, and how many of them stand."""

    silence: Silence
    holds: bool  # whether it hides anything now
    covers: int
    standing: int


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of a page as it reads now: its passages as lines, or why they cannot be told."""

    version: Version
    lines: tuple[str, ...] = ()
    unread: str = ""
    transitions: tuple[Transition, ...] = ()  # of findings, while the page read so
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The versions of a page, the oldest first. `earlier` holds what the first is compared with, where it is not shown.

    `terms` has the full name of the term of each finding on the page, by id.
    """

    state: PageState
    versions: tuple[VersionView, ...]
    earlier: VersionView | None
    terms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """When a source is read next by its settings, and whether it should have been by now."""

    next: datetime
    late: bool = False


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source: its last run, how many pages of it are read, blind, gone and duplicates, and when it is read next.

    `run` is None where it never ran, `done` counts the pages of a run that has not ended.
    """

    name: str
    run: Run | None
    done: int
    read: int
    blind: int
    gone: int
    alive: datetime | None = None  # the last sign of life: of its run, or of a page that was tried
    next: datetime | None = None
    late: bool = False  # it was not read in time
    duplicates: int = 0  # addresses that say what another page of the source says, counted among none of the others
    dead: bool = False  # its last run never ended, and gave no sign of life for long


@dataclass(frozen=True, slots=True)
class AnnotatorPlan:
    """Who is asked by the settings, how much in any 24 hours, and how often people have to agree with it.

    `name` is that of an Annotating. `tokens_a_day` is None for as many as there are.
    """

    name: str
    model: str
    questions_a_day: int
    tokens_a_day: int | None = None
    trust: float = 0.9  # the share below which what it says is a question


@dataclass(frozen=True, slots=True)
class AnnotatorView:
    """An annotator: what it was asked in the last 24 hours, what waits for it, and how often people agreed with it.

    `agreed` is with 97 of 100 answers given by people, as it was `checked` last; both are None where it never was.
    """

    plan: AnnotatorPlan
    questions: int
    tokens: int
    waiting: int  # pages with a question that it has yet to answer
    agreed: tuple[int, int] | None = None
    checked: datetime | None = None
    trusted: bool = True  # False: it agreed too seldom, and what it says is a question


@dataclass(frozen=True, slots=True)
class WatchStatus:
    """How a watch stands at a moment."""

    at: datetime
    sources: tuple[SourceView, ...]
    blind: tuple[PageState, ...]
    standing: Mapping[Severity, int]
    acknowledged: int  # of those that stand
    silenced: int  # of those that stand
    questions: int = 0  # findings that are suspected, and wait for an answer
    annotator: AnnotatorView | None = None  # None where the settings name none, or are not at hand

    @property
    def blind_by_reason(self) -> Mapping[BlindReason, int]:
        """How many pages are blind, by class."""
        reasons = [page.blind for page in self.blind if page.blind is not None]
        return {reason: reasons.count(reason) for reason in BlindReason if reason in reasons}
