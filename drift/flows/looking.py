"""One snapshot of a page held against what is remembered of it: what it says, or that it says nothing new.

Pure and picklable: in this process or in another, the same snapshot and memory give the same answer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from drift import __version__, pipeline
from drift.errors import ReadingError
from drift.findings import Memory, followed, policies_of, text_of
from drift.flows.readings import reading_of
from drift.model import Article, Reading, Registry, Snapshot
from drift.pipeline import Standard

READER = f"drift/{__version__}"  # the version of all that reads: an article, its claims, what they are about


@dataclass(frozen=True, slots=True)
class Gauge:
    """What pages are held against in one run: the registry on a day, with its fingerprint, and the version of us.

    `selector` is the CSS selector of the element in which the source keeps its articles.
    """

    standard: Standard
    policies: str
    selector: str | None = None
    reader: str = READER

    @classmethod
    def of(cls, standard: Standard, selector: str | None = None) -> Gauge:
        """The gauge of a standard."""
        return cls(standard, in_force(standard.registry, standard.as_of), selector)


@dataclass(frozen=True, slots=True)
class Look:
    """What a snapshot says. `article` has no passages, and is None where the page is blind.

    `reading` is None where the page says what is remembered of it, read by the same reader and held against the same
    policies; `text` is the hash of the text, '' where nothing was read.
    """

    text: str
    article: Article | None
    reading: Reading | None


def look(snapshot: Snapshot, gauge: Gauge, memory: Memory, at: datetime, *, stored: bool = False) -> Look:
    """Read a snapshot, and judge it unless it says what is remembered. `stored` marks one that was not fetched now."""
    page, standard = snapshot.page, gauge.standard
    try:
        article = pipeline.read(snapshot, standard, gauge.selector)
    except ReadingError as error:
        blind = Reading(page, at, policies=gauge.policies, reader=gauge.reader, stored=stored)
        return Look("", None, replace(blind, blind=error.reason, detail=error.detail))
    text = text_of(article)
    bare = replace(article, passages=())
    if _known(memory.last, text, gauge):
        return Look(text, bare, None)
    examined = pipeline.judge(article, standard, followed(memory))
    reading = reading_of(
        examined, at, standard.registry, standard.as_of, text=text, policies=gauge.policies, reader=gauge.reader
    )
    if reading.blind is not None:
        return Look("", None, replace(reading, stored=stored))
    return Look(text, bare, replace(reading, stored=stored))


def in_force(registry: Registry, day: date) -> str:
    """A fingerprint of everything a verdict may hang on: the registry, and what of its timelines holds on a day."""
    periods = [(term.full_name, term.on(day)) for term in registry.terms]
    exceptions = [one for policy in registry.policies for one in policy.exceptions if one.until >= day]
    told = repr((policies_of(registry), periods, [(one.policy, one.term, one.article) for one in exceptions]))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _known(last: Reading | None, text: str, gauge: Gauge) -> bool:
    return last is not None and (last.text, last.policies, last.reader) == (text, gauge.policies, gauge.reader)
