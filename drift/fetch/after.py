"""Retry-After: when a server asks to be tried again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds(header: str | None, now: datetime) -> float | None:
    """How long a Retry-After asks to wait, from seconds or from an HTTP date; None where it is neither.

    A moment that has passed is no wait at all.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])  # thirty years are as good as never
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
