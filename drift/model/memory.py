"""What is written of one visit to a page, and what is told of the past: versions and runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from drift.model.alert import Event
from drift.model.article import Page, Snapshot
from drift.model.finding import Finding, Note, PageState, Reading, Transition


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """All that one visit to a page leaves behind, written together or not at all.

    `reading` is a good reading, None where nothing was read (blind, not modified, or nothing new in it); `snapshot` the
    bytes it was read from, None where they are stored already (the same text, or a stored snapshot read again). `links`
    are what a crawl goes on from; None leaves those that are stored.
    """

    state: PageState
    reading: Reading | None = None
    snapshot: Snapshot | None = None
    links: tuple[str, ...] | None = None
    findings: tuple[Finding, ...] = ()
    transitions: tuple[Transition, ...] = ()
    notes: tuple[Note, ...] = ()
    events: tuple[Event, ...] = ()  # what is said of it


@dataclass(frozen=True, slots=True)
class Version:
    """A stretch of time in which a page read the same. A text that comes back begins another stretch."""

    id: int
    page: Page
    text: str  # hash of the text read
    reader: str  # the version of what read it first
    first_seen: datetime
    last_seen: datetime  # for the newest: when the page was last known to read so
    size: int  # bytes of its snapshot
    media: str


@dataclass(frozen=True, slots=True)
class Run:
    """One pass over a source. `ended` is None while it runs, and for good where it was killed before it was resumed."""

    id: int
    source: str
    kind: str  # 'crawl', 'replay', 'rejudge', ...
    started: datetime
    beat: datetime  # when it was last known to be alive
    policies: str = ""  # fingerprint of registry and answers
    reader: str = ""
    ended: datetime | None = None
    failure: str = ""  # why the source could not be read, '' where it could
    counts: Mapping[str, int] = field(default_factory=dict)  # pages, changed, opened, ...
