"""What was kept of the past."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from drift.model.article import Page, Snapshot
from drift.model.errors import FetchError


class Kept(NamedTuple):
    """A page as it was at a time: its snapshot, or a failure that says why there is none.

    With neither, the archive says that the page was the same as when it was kept before. `place` says for people where
    in its archive it stands: a path, a record's number.
    """

    page: Page
    at: datetime  # aware, in UTC
    place: str
    snapshot: Snapshot | None = None
    failure: FetchError | None = None
