"""The nouns of drift, in the order of the path.

    source -> page -> snapshot -> article -> claims -> matches -> verdicts -> findings

One file a stretch of that path, each knowing only those before it. Frozen, slotted, picklable: a snapshot goes in and
verdicts come out, in this process or in another. All spans are half-open offsets into the text of the passage they
belong to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drift.model.article import Article, LeftOut, NotModified, Page, Passage, Snapshot, Validators, Zone
from drift.model.claim import Claim, Followed, Found, Stance, Unread, Written
from drift.model.language import Language
from drift.model.registry import (
    Answer,
    Dimension,
    Examples,
    Owner,
    Period,
    Policy,
    PolicyException,
    Preference,
    Registry,
    Review,
    Severity,
    Term,
)
from drift.model.run import CheckReport, Examined
from drift.model.verdict import Candidate, Diagnosis, Evidence, Grounds, Harm, Match, Outcome, Verdict

if TYPE_CHECKING:
    from drift.model.archive import Kept
    from drift.model.finding import (
        Cause,
        Finding,
        Note,
        NoteKind,
        PageState,
        Reading,
        Seen,
        Silence,
        State,
        Statement,
        Transition,
        Voice,
    )
    from drift.model.memory import PageOutcome, Run, Version
    from drift.model.review import Question, ReviewReport, Spot

__all__ = [
    "Answer",
    "Article",
    "Candidate",
    "Cause",
    "CheckReport",
    "Claim",
    "Diagnosis",
    "Dimension",
    "Evidence",
    "Examined",
    "Examples",
    "Finding",
    "Followed",
    "Found",
    "Grounds",
    "Harm",
    "Kept",
    "Language",
    "LeftOut",
    "Match",
    "NotModified",
    "Note",
    "NoteKind",
    "Outcome",
    "Owner",
    "Page",
    "PageOutcome",
    "PageState",
    "Passage",
    "Period",
    "Policy",
    "PolicyException",
    "Preference",
    "Question",
    "Reading",
    "Registry",
    "Review",
    "ReviewReport",
    "Run",
    "Seen",
    "Severity",
    "Silence",
    "Snapshot",
    "Spot",
    "Stance",
    "State",
    "Statement",
    "Term",
    "Transition",
    "Unread",
    "Validators",
    "Verdict",
    "Version",
    "Voice",
    "Written",
    "Zone",
]


def __getattr__(name: str) -> object:
    """The nouns of a watch and of a review, made when the first is asked for: a check would pay for them each time."""
    if name in __all__:
        from drift.model import archive, finding, memory, review

        return getattr(next(room for room in (finding, memory, archive, review) if hasattr(room, name)), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
