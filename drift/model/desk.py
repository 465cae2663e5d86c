"""What the desk shows: the rows of its lists and what stands on its pages.

Each holds all that its page says, so that what shows it asks nobody. Pages are named by the number that the store gives
them: addresses stand in no path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from drift.model.alert import Delivery
from drift.model.article import Passage
from drift.model.finding import Finding, PageState, State
from drift.model.memory import Version
from drift.model.registry import Owner, Policy, Severity, Term
from drift.model.statement import Statement
from drift.model.verdict import Outcome
from drift.model.views import FindingView, SourceView


class FindingRow(NamedTuple):
    """A finding as far as a list has to know it to choose it. `page` and `source` are None where the page is
    remembered no more, `title` too where it was not asked for."""

    id: str
    policy: str
    term: str
    article: str
    state: State
    severity: Severity
    since: datetime  # the first bad reading since it was last right
    page: int | None
    source: str | None
    title: str | None

    @property
    def full_name(self) -> str:
        """Of the term: 'policy/term'."""
        return f"{self.policy}/{self.term}"


class PageKind(StrEnum):
    """Which pages are listed."""

    MEND = "to mend"  # a finding stands there
    BLIND = "blind"
    READ = "read"
    GONE = "gone"
    DUPLICATE = "duplicate"


class PageRow(NamedTuple):
    """A page of a list, with how many findings stand on it and how many ask."""

    id: int
    state: PageState
    title: str | None
    standing: int
    suspected: int


class SourceTally(NamedTuple):
    """How many pages of a source are read, blind, gone and duplicates."""

    source: str
    read: int
    blind: int
    gone: int
    duplicates: int


class StatedTally(NamedTuple):
    """On how many pages a term is stated with an outcome, those among them that are blind now counted in `blind`."""

    policy: str
    term: str
    outcome: Outcome
    pages: int
    blind: int


class StatedRow(NamedTuple):
    """One statement of a term where it is published; `blind` where the page cannot be read now."""

    page: int
    article: str
    title: str | None
    source: str
    blind: bool
    statement: Statement


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """Which findings are listed, in which order. What is '' is not asked for; `state` may be 'standing' or 'all'."""

    state: str = "standing"
    policy: str = ""
    owner: str = ""  # of the policy, as people are told it
    severity: str = ""
    source: str = ""
    words: str = ""  # each of which stands in the page's title or address, or in the rule
    sort: str = "severity"
    page: int = 1


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which pages are listed. `kind` is '' for all; `words` stand together in the title or the address."""

    kind: str = PageKind.MEND.value
    source: str = ""
    words: str = ""
    page: int = 1


class Leaf(NamedTuple):
    """Which page of a long list is shown: `number` of `leaves`, from 1 on."""

    number: int
    leaves: int
    total: int  # rows in all


class Listed(NamedTuple):
    """A finding as a list shows it."""

    row: FindingRow
    published: str  # what the page says, as people are told it
    expected: str  # what is right; '' where that is not known
    owner: str  # of the policy; '' where it is not known


@dataclass(frozen=True, slots=True)
class FindingList:
    query: FindingQuery
    listed: tuple[Listed, ...]
    leaf: Leaf
    states: Mapping[str, int]  # how many findings there are of each state, under the other filters
    policies: tuple[str, ...]  # this and the following are what can be chosen
    owners: tuple[str, ...]
    sources: tuple[str, ...]
    ever: bool  # whether there ever was a finding


class PassagePiece(NamedTuple):
    """A passage of a page in pieces: text, and the statement that stands in it, None between statements."""

    passage: Passage
    pieces: tuple[tuple[str, Statement | None], ...]


@dataclass(frozen=True, slots=True)
class FindingPage:
    """A finding with its passage as it stood on the page; `around` is None where its version is not stored."""

    view: FindingView
    page: int | None
    title: str | None
    around: PassagePiece | None
    deliveries: tuple[Delivery, ...]  # alerts of it, the oldest first


@dataclass(frozen=True, slots=True)
class PageList:
    query: PageQuery
    rows: tuple[PageRow, ...]
    leaf: Leaf
    kinds: Mapping[str, int]  # how many pages there are of each kind, under the other filters; '' is all
    sources: tuple[str, ...]
    owners: Mapping[int, Owner]  # of articles, by the id of the page


@dataclass(frozen=True, slots=True)
class PagePage:
    """A page as we read it. `unread` says why its text cannot be told, '' where it can."""

    id: int
    state: PageState
    title: str | None
    blind: bool
    owner: Owner | None
    findings: tuple[Finding, ...]  # those that stand and those that ask
    closed: tuple[Finding, ...]
    statements: tuple[Statement, ...]
    passages: tuple[PassagePiece, ...]
    cut: int  # passages that are left out, because the page is very long
    unplaced: int  # statements whose sentence stands in no passage
    versions: tuple[Version, ...]  # the newest first
    unread: str = ""


class Coverage(NamedTuple):
    """A term and on how many pages it is stated, by outcome: of pages that can be read, but for `blind`.

    `known` is False where the registry has no such term.
    """

    policy: str
    term: str
    agrees: int = 0
    diverges: int = 0
    suspected: int = 0
    unclear: int = 0
    blind: int = 0
    known: bool = True

    @property
    def pages(self) -> int:
        """On how many readable pages it is stated, as a sum over outcomes."""
        return self.agrees + self.diverges + self.suspected + self.unclear

    @property
    def unstated(self) -> bool:
        """Whether no page that was ever read states it: which is no agreement."""
        return not self.pages and not self.blind


@dataclass(frozen=True, slots=True)
class PolicyList:
    """All policies with the coverage of their terms; `others` are terms that pages state and no policy has."""

    policies: tuple[tuple[Policy, tuple[tuple[Term, Coverage], ...]], ...]
    others: tuple[Coverage, ...]
    read: int  # pages
    blind: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TermPage:
    """A term with where it is published. `policy` and `rule` are None where the registry has it no more."""

    name: str
    policy: Policy | None
    rule: Term | None
    coverage: Coverage
    stated: tuple[StatedRow, ...]
    leaf: Leaf
    outcome: str  # of the statements shown, '' for all
    blind_pages: int  # of all sources
    at: datetime


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The few numbers that matter."""

    at: datetime
    standing: Mapping[Severity, int]  # every severity, the most severe first
    suspected: int
    acknowledged: int
    worst: tuple[Listed, ...]
    oldest: Listed | None
    blind: tuple[PageRow, ...]  # some of them
    blind_pages: int
    read_pages: int
    sources: tuple[SourceView, ...]
