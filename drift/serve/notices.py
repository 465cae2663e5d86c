"""What the operator hears of drift itself: each thing once, however often it is noticed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from drift.model.ports import Clock

LOG = logging.getLogger("drift.serve")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something is wrong with drift itself. `code` never changes its meaning; `source` is '' where it is none's."""

    code: str
    words: str
    source: str
    at: datetime


Tell = Callable[[Notice], None]


@dataclass(slots=True)
class Notices:
    """Tells what is wrong when it begins, as an error in the log and to `tell`, and not again until it is over."""

    clock: Clock
    tell: Tell = lambda _: None
    _standing: dict[tuple[str, str], Notice] = field(default_factory=dict)

    def begin(self, code: str, words: str, source: str = "") -> None:
        """Something is wrong: told unless it is known."""
        if (code, source) in self._standing:
            return
        notice = self._standing[code, source] = Notice(code, words, source, self.clock())
        LOG.error(code, extra={"told": {"source": source, "detail": words}})
        self.tell(notice)

    def over(self, code: str, source: str = "") -> None:
        """It is right again, or was never wrong."""
        if notice := self._standing.pop((code, source), None):
            LOG.info("over", extra={"told": {"source": source, "code": code, "since": notice.at.isoformat()}})
