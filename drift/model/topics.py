"""Phrases by which articles name a rule: what an owner may put into the `topics` of its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from drift.model.article import Page
from drift.model.registry import Term
from drift.model.run import Examined


class PhrasePlace(NamedTuple):
    """Where a phrase stands: in a sentence, or in what a reader sees around one."""

    page: Page
    line: int | None  # 1-based source line of the sentence's value, None if it is unknown
    where: str  # 'sentence', 'heading', 'question', ...
    text: str  # of the sentence, or of what stands around it
    start: int  # `text[start:end]` is the phrase as it is written there
    end: int


class Phrase(NamedTuple):
    """A phrase that stands by the sentences of a term more often than by others.

    A sentence that several articles have in the same surroundings counts once. `weight` is the log-likelihood ratio by
    which phrases are ranked, `example` one of the places where it stands by a sentence of the term.
    """

    words: str
    sentences: int  # of the term
    others: int  # sentences with a value that are not the term's
    weight: float
    example: PhrasePlace


@dataclass(frozen=True, slots=True)
class TopicsReport:
    """The phrases found for a term, best first, and what they were counted in.

    `stating` sentences are known to state the term, `annotated` of them because an annotator said so; `others` state
    something else, or nothing. `open` ones may state the term, and count as neither.
    """

    checked_at: datetime
    as_of: date
    term: Term
    examined: tuple[Examined, ...]
    unread_files: int  # among the articles, of a form that is not read
    stating: int
    annotated: int
    open: int
    others: int
    phrases: tuple[Phrase, ...]
    annotator: str | None = None  # who was asked, None if nobody was
    note: str = ""  # what became of the questions, in words
