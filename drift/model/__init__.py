"""The nouns of drift, in the order of the path.

    source -> page -> snapshot -> article -> claims -> matches -> verdicts

One file a stretch of that path, each knowing only those before it. Frozen, slotted, picklable: a snapshot goes in and
verdicts come out, in this process or in another. All spans are half-open offsets into the text of the passage they
belong to.
"""

from __future__ import annotations

from drift.model.article import Article, NotModified, Page, Passage, Snapshot, Validators, Zone
from drift.model.claim import Claim, Found, Stance
from drift.model.language import Language
from drift.model.registry import (
    Answer,
    Dimension,
    Examples,
    Owner,
    Period,
    Policy,
    PolicyException,
    Registry,
    Review,
    Severity,
    Term,
)
from drift.model.run import CheckReport, Examined, Question, ReviewReport
from drift.model.verdict import Candidate, Diagnosis, Evidence, Harm, Match, Outcome, Verdict

__all__ = [
    "Answer",
    "Article",
    "Candidate",
    "CheckReport",
    "Claim",
    "Diagnosis",
    "Dimension",
    "Evidence",
    "Examined",
    "Examples",
    "Found",
    "Harm",
    "Language",
    "Match",
    "NotModified",
    "Outcome",
    "Owner",
    "Page",
    "Passage",
    "Period",
    "Policy",
    "PolicyException",
    "Question",
    "Registry",
    "Review",
    "ReviewReport",
    "Severity",
    "Snapshot",
    "Stance",
    "Term",
    "Validators",
    "Verdict",
    "Zone",
]
