"""For how long the wrong text was live, as far as anybody can know who only looks now and then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from drift.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Exposure:
    """When wrong text went live and when it went, each between two readings of the page.

    `after` is the last reading without it, None where there was none; `by` the first with it. `still` is the last
    reading with it, `ended_by` the first without it again, None where there was none yet.
    """

    after: datetime | None
    by: datetime
    still: datetime
    ended_by: datetime | None

    @property
    def least(self) -> timedelta:
        """How long it was live for certain."""
        return self.still - self.by

    @property
    def most(self) -> timedelta | None:
        """How long it was live at most; None where that cannot be known."""
        if self.after is None or self.ended_by is None:
            return None
        return self.ended_by - self.after

    def began(self) -> str:
        """'between 3 March 2026 09:00 and 3 March 2026 10:00 UTC'."""
        if self.after is None:
            return f"since before we first read it on {_instant(self.by)} UTC"
        return _between(self.after, self.by)

    def ended(self) -> str:
        """Its end in the same words; that it was still there at the last reading where it has none."""
        if self.ended_by is None:
            return f"still there on {_instant(self.still)} UTC"
        return _between(self.still, self.ended_by)


def exposure(finding: Finding, read_at: datetime | None = None) -> Exposure:
    """The exposure of a finding, of its last time where it came back.

    `read_at` is when the page was last known to read as it does: what is live was still there then.
    """
    still = finding.last_diverged
    if finding.state.live and read_at is not None:
        still = max(still, read_at)
    lower = [moment for moment in (finding.last_agreed, finding.last_without) if moment is not None]
    ended = [moment for moment in (finding.agreed_again, finding.gone) if moment is not None]
    return Exposure(max(lower, default=None), finding.first_diverged, still, min(ended, default=None))


def _between(first: datetime, last: datetime) -> str:
    if _instant(first) == _instant(last):
        return f"on {_instant(first)} UTC"
    return f"between {_instant(first)} and {_instant(last)} UTC"


def _instant(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    return f"{there.day} {there:%B %Y %H:%M}"
