"""The life of findings: what a page's readings, one after another, open, change and close.

Pure: what is remembered of a page and a reading go in, what changes comes out. `take` goes one step; `settle` holds two
readings, right after one another, against each other.
"""

from drift.engine.sentences.fingerprint import text_of
from drift.findings.confirmation import Steadiness, asks_again, closing_nothing, in_turn, settle
from drift.findings.exposure import Exposure, exposure
from drift.findings.fingerprint import finding_id, policies_of
from drift.findings.follow import followed
from drift.findings.lifecycle import LIFE, acknowledge
from drift.findings.memory import Change, Memory
from drift.findings.replaced import (
    Patience,
    doubtful,
    en_masse,
    replaced_en_masse,
    share_replaced,
    share_unanswered,
)
from drift.findings.silences import covers, hides
from drift.findings.sketch import Sketch, sketch_of
from drift.findings.taking import take
from drift.findings.withdrawal import Withdrawal, ruled, withdraw

__all__ = [
    "LIFE",
    "Change",
    "Exposure",
    "Memory",
    "Patience",
    "Sketch",
    "Steadiness",
    "Withdrawal",
    "acknowledge",
    "asks_again",
    "closing_nothing",
    "covers",
    "doubtful",
    "en_masse",
    "exposure",
    "finding_id",
    "followed",
    "hides",
    "in_turn",
    "policies_of",
    "replaced_en_masse",
    "ruled",
    "settle",
    "share_replaced",
    "share_unanswered",
    "sketch_of",
    "take",
    "text_of",
    "withdraw",
]
