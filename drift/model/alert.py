"""What is sent to people: so far, the reasons to speak."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why an alert is sent."""

    OPENED = "opened"
    CHANGED = "changed"  # another wrong value
    REGRESSED = "regressed"
    ESCALATED = "escalated"  # open longer than its severity allows
    RESOLVED = "resolved"
    BLIND = "blind"  # a page or a source was not read for too long
    EXPIRED = "expired"  # a silence or an exception ended, and it still diverges
    REVIEW = "review"  # a policy is past its review date
    DIGEST = "digest"
