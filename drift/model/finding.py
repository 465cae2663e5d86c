"""What is remembered of a page from one reading to the next, and the divergences that live on it.

Times are aware and in UTC. Values are kept as they are spelled (`drift.engine.kinds.show`), so that what was
stored years ago compares with what is read today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from drift.model.article import Page
from drift.model.claim import Followed
from drift.model.errors import BlindReason
from drift.model.statement import Cause, Statement
from drift.model.verdict import Outcome


class State(StrEnum):
    """Where a finding is in its life: OPEN, ACKNOWLEDGED and REGRESSED say that the page is wrong now."""

    SUSPECTED = "suspected"  # a question: the page may be wrong, and only its words say so
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"  # open, and somebody said that they are on it
    RESOLVED = "resolved"  # a reading saw the page right again
    REGRESSED = "regressed"  # wrong again after it was resolved or gone
    GONE = "gone"  # the page no longer makes the statement, or is no more
    WITHDRAWN = "withdrawn"  # the rule left the registry: nothing is known of the page any more
    DISMISSED = "dismissed"  # it was a question, or an annotator's word, and the answer is another rule or none

    @property
    def stands(self) -> bool:
        """Whether the page is wrong, as far as the last good reading tells."""
        return self in (State.OPEN, State.ACKNOWLEDGED, State.REGRESSED)

    @property
    def live(self) -> bool:
        """Whether it stands or asks whether it does: the next reading of the page may close it."""
        return self.stands or self is State.SUSPECTED

    @property
    def closed(self) -> bool:
        """Whether it was closed by what was read of the page, or by the registry. Nobody dismisses what is sure."""
        return not self.live and self is not State.DISMISSED


class Seen(StrEnum):
    """What one reading of a page says about one statement of it."""

    SAME = "diverges"  # with the value it diverged by before
    OTHER = "diverges with another value"
    SUSPECT = "suspect"  # with a value that differs, by its words alone: a question
    DOUBTED = "suspect again"  # the same: an annotator held it for certain, and what it said counts no more
    AGREES = "agrees"
    UNCLEAR = "unclear"  # it stands there, and we cannot tell
    MISSING = "no longer stated"  # the page was read, and does not say it any more
    PAGE_GONE = "page gone"  # there is no page any more
    BLIND = "blind"  # nothing was read
    UNRULED = "no such rule"  # the registry has the rule no more, whatever the page says
    DENIED = "not this rule"  # the sentence stands there, and it was answered that it states another rule or none


class Voice(NamedTuple):
    """What one page says of one term as far as its words tell: evidence for the other articles of its source.

    `best` is the best match score of its claims about the term, `agreeing` that of those with its value, minus infinity
    where there is none. `beside` are the same two of all other articles, as they were when this one was judged: None
    where its own verdicts of the term do not hang on them. `asks` where an annotator has yet to answer about it.
    """

    term: str  # full name
    best: float
    agreeing: float
    beside: tuple[float, float] | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one page: what it says about the terms, or why it is blind.

    What made it is named beside it, because a change in any of the three makes another reading: `text` (a hash of the
    text read, '' where blind), `policies` (of registry and answers) and `reader` (the version of all that reads).
    """

    page: Page
    at: datetime
    text: str = ""
    policies: str = ""
    reader: str = ""
    title: str | None = None
    statements: tuple[Statement, ...] = ()
    unjudged: tuple[str, ...] = ()  # slots of earlier statements whose sentence stands there, with nothing said of it
    denied: tuple[str, ...] = ()  # slots of earlier statements whose sentence states another rule or none, by a review
    doubted: tuple[str, ...] = ()  # the same, by an annotator
    others: tuple[tuple[str, int], ...] = ()  # sentences with values that state no term, each with one nth
    likely: tuple[Followed, ...] = ()  # sentences with a term's very value that were too short of words to state it
    claims: int = 0
    said: tuple[Voice, ...] = ()  # by term
    stored: bool = False  # what was read is a stored snapshot, not the page itself
    blind: BlindReason | None = None
    detail: str = ""  # more about `blind`, for people


@dataclass(frozen=True, slots=True)
class Finding:
    """A divergence that lives: one statement of one term on one page, from the day it went wrong.

    One that is SUSPECTED has the same fields from the day it was first seen, and is not held for certain.
    `statement` is what the page said when it was last seen wrong, `before` what it said when it last agreed. The wrong
    text went live after `last_agreed` (or `last_without`) and by `first_diverged`; it was mended after `last_diverged`
    and by `agreed_again`.
    """

    id: str  # 'F-3f9a1c20'
    slot: str
    policy: str
    term: str
    article: str  # public address
    state: State
    statement: Statement
    cause: Cause  # of the last time that it went wrong
    opened: datetime  # when it was first held for certain; when it was first suspected, where it never was
    first_diverged: datetime  # the first bad reading since it was last right
    last_diverged: datetime  # the last bad reading
    last_agreed: datetime | None = None  # the last good reading before; None where we never saw it right
    last_without: datetime | None = None  # the last reading of the page that did not make the statement at all
    agreed_again: datetime | None = None  # the first good reading after; None while it is wrong
    resolved: datetime | None = None  # when that was held for certain; None while it is wrong
    gone: datetime | None = None  # when the page was first seen without the statement; None while it makes it
    regressions: int = 0  # how often it stood again after it was closed
    before: Statement | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    text: str = ""  # of the last bad reading, as `policies` and `reader`: see Reading
    policies: str = ""
    reader: str = ""
    version: int = 1  # of the fingerprint that `id` is

    @property
    def full_name(self) -> str:
        """Of the term: 'policy/term'."""
        return f"{self.policy}/{self.term}"

    @property
    def held(self) -> bool:
        """Whether what was last seen wrong was held for certain, and was no question."""
        return self.statement.outcome is not Outcome.SUSPECT

    @property
    def standing_since(self) -> datetime:
        """From when on it was held for certain that the page is wrong, this time."""
        return max(self.opened, self.first_diverged)


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of a finding's history. A change of the wrong value is one too, from a state to itself."""

    finding: str  # its id
    at: datetime
    before: State | None  # None where it opens
    after: State
    seen: Seen | None  # None where a person made it
    cause: Cause | None  # None where a person made it, or answered
    published: str | None  # as the page has it now; None where it says nothing
    expected: str | None = None
    note: str = ""  # in words
    by: str | None = None  # who made it, where a person did
    text_before: str = ""  # hash of the text of the last good reading, '' where there was none
    text_after: str = ""


class NoteKind(StrEnum):
    """What the owner may want to know and nobody is alerted of."""

    REWORDED = "reworded"  # the words around an unchanged value changed
    READER = "reader"  # the same text reads otherwise with a new version of what reads it
    UNSTEADY = "unsteady"  # two readings of one page, right after one another, differ
    MOVED = "moved"  # the address does not say it any more, and another that said the same does


@dataclass(frozen=True, slots=True)
class Note:
    """Something seen on a page that changes no finding."""

    kind: NoteKind
    article: str  # public address
    at: datetime
    slot: str = ""
    policy: str | None = None
    term: str | None = None
    before: str = ""  # the sentence, or what was said of it
    after: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """Why nobody is alerted of some findings, who said so, and until when. All that is given must hold of a finding."""

    id: str
    author: str
    reason: str
    made_at: datetime
    until: datetime
    finding: str | None = None  # its id
    policy: str | None = None
    term: str | None = None  # the short name
    article: str | None = None  # address or glob
    hidden: int = 0  # how often it kept an alert from being sent


@dataclass(frozen=True, slots=True)
class PageState:
    """What is remembered of a page between two visits, beside its last good Reading."""

    page: Page
    source: str  # the name of the source that found it
    etag: str | None = None
    last_modified: str | None = None  # as the server wrote it
    text: str = ""  # hash of the text last read
    first_read: datetime | None = None  # when this text was first read; None of a duplicate
    read_at: datetime | None = None  # when it was last known to read so: a good reading, or an answer of 'not modified'
    full_read_at: datetime | None = None  # when its bytes were last fetched and read
    tried_at: datetime | None = None
    failures: int = 0  # in a row
    blind: BlindReason | None = None  # the last failure; None after a good reading
    detail: str = ""
    blind_since: datetime | None = None  # the first failure in a row
    gone_since: datetime | None = None  # when a confirmed 404 or 410, or its source, said that it is no more
    unsteady_at: datetime | None = None  # when two readings, right after one another, last differed
    unsteady_visits: int = 0  # on which they did, since the page was last known to be steady
    replaced_by: str | None = None  # the mark of another text that stands where the article stood
    replaced_since: datetime | None = None  # when that text was first read there
    replaced_visits: int = 0  # on which it was read there

    @property
    def is_article(self) -> bool:
        """Whether it was read as an article of its own, and is one still."""
        return self.first_read is not None and self.gone_since is None

    @property
    def duplicate(self) -> bool:
        """Whether it has the text of another page of its source, and is no article of its own."""
        return bool(self.text) and self.first_read is None

    def blinded(self, at: datetime, reason: BlindReason, detail: str) -> PageState:
        """The page after one more visit in a row that could not read it: what was remembered of it stays."""
        since, failures = self.blind_since or at, self.failures + 1
        return replace(self, tried_at=at, failures=failures, blind=reason, detail=detail, blind_since=since)
