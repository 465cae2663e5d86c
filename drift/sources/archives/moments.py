"""Dates of snapshots, as folders and records spell them."""

from __future__ import annotations

from datetime import UTC, datetime

EXPECTED = "a date or time like 2026-01-06, 2026-01-06T14:30Z or 20260106T143000Z"


def moment(text: str) -> datetime | None:
    """The moment an ISO 8601 date or time names, in UTC where it names no zone; None if it is neither.

    A date is its first moment.
    """
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):  # OverflowError: a zone that leads out of the years there are
        return None
