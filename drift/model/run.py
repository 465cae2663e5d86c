"""What one run over some pages found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from drift.model.article import LeftOut, Page
from drift.model.claim import Unread, Written
from drift.model.errors import BlindReason
from drift.model.registry import Answer, Registry
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
    language: str | None = None  # primary tag it was read in; None if it is blind
    written: tuple[Written, ...] = ()  # of `matches`, in their order, where the page is followed
    text: str = ""  # hash of the text read: articles of one text are one voice
    unread: tuple[Unread, ...] = ()  # numbers near a term's words that are not surely read


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one run of `check` found, articles in the order given."""

    checked_at: datetime
    as_of: date
    registry: Registry
    examined: tuple[Examined, ...]
    notes: tuple[str, ...] = ()  # said to people: unused exceptions, terms whose applies_to excludes every article
    stated: Mapping[str, int] = field(default_factory=dict)  # full term name -> statements found, 0 included
    left_out: tuple[LeftOut, ...] = ()
