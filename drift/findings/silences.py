"""Which findings nobody is alerted of, for a reason and until a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from drift.model import Page
from drift.model.finding import Finding, Silence


def hides(silences: Iterable[Silence], finding: Finding, now: datetime) -> Silence | None:
    """The silence that hides a finding now, the one that ends last where there are several; None where none does."""
    covering = (one for one in silences if one.made_at <= now < one.until and covers(one, finding))
    return max(covering, key=lambda one: (one.until, one.id), default=None)


def covers(silence: Silence, finding: Finding) -> bool:
    """Whether a silence means a finding, whenever. One that names nothing means none."""
    asked = (
        (silence.finding, finding.id),
        (silence.policy, finding.policy),
        (silence.term, finding.term),
    )
    if silence.article is not None and not Page(finding.article).lies_under(silence.article):
        return False
    named = [(wanted, there) for wanted, there in asked if wanted is not None]
    return bool(named or silence.article is not None) and all(wanted == there for wanted, there in named)
