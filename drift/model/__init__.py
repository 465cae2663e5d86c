"""The nouns of drift, in the order of the path.

    source -> page -> snapshot -> article -> claims -> matches -> verdicts -> findings

One file a stretch of that path, each knowing only those before it. Frozen, slotted, picklable: a snapshot goes in and
verdicts come out, in this process or in another. All spans are half-open offsets into the text of the passage they
belong to.

Named here are the nouns of a check. Those of a watch are in `statement`, `finding`, `memory`, `alert` and `archive`,
those of a review in `review`: a check would pay for them each time.
"""

from __future__ import annotations

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
    "Followed",
    "Found",
    "Grounds",
    "Harm",
    "Language",
    "LeftOut",
    "Match",
    "NotModified",
    "Outcome",
    "Owner",
    "Page",
    "Passage",
    "Period",
    "Policy",
    "PolicyException",
    "Preference",
    "Registry",
    "Review",
    "Severity",
    "Snapshot",
    "Stance",
    "Term",
    "Unread",
    "Validators",
    "Verdict",
    "Written",
    "Zone",
]
