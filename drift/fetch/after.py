"""Retry-After: when a server asks to be tried again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 1_000_000_000.0  # thirty years are as good as never, and can be added to any time of today
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


def seconds(header: str | None, now: datetime) -> float | None:
    """How long a Retry-After asks to wait, from seconds or from an HTTP date; None if it is neither.

    A moment that has passed is no wait at all.
    """
    text = (header or "").strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(LONGEST, max(0.0, (moment - now).total_seconds()))
    except (ValueError, OverflowError):  # the second of years and zones beyond all counting
        return None
