"""A fault of ours in the middle of many things is the failure of one of them: where that is caught, it is kept here.

    try:
        with faults.contained("what is done"):
            ...
    except FetchError as failure:
        ...  # it failed, by itself or by a fault of ours

What is raised on purpose keeps its meaning, and so does want of memory, which is about no single thing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import TracebackType

from drift.model.errors import BlindReason, DriftError, FetchError

LOG = logging.getLogger("drift.model.faults")

_NOT_OURS = (DriftError, MemoryError)

Failing = Callable[[str], DriftError]  # what a fault becomes, from its words


def of_a_page(words: str) -> FetchError:
    """The fault as the failure of a page."""
    return FetchError(BlindReason.FAULT, words)


class Contained:
    """Makes what is raised within, and was not raised on purpose, the failure of one thing. See `contained`."""

    def __init__(self, what: str, failing: Failing) -> None:
        self._what = what
        self._failing = failing

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, Exception) and not isinstance(error, _NOT_OURS):
            raise self._failing(_told(error, self._what)) from error


def contained(what: str, failing: Failing = of_a_page) -> Contained:
    """A context in which a fault of ours is raised as what `failing` makes of it. `what` names the thing in the log."""
    return Contained(what, failing)


def _told(error: Exception, what: str) -> str:
    """The fault in words that hold nothing of what it was about. Its traceback goes to the log, at level debug."""
    LOG.debug("fault", exc_info=error, extra={"told": {"about": what}})
    return f"{type(error).__name__}, a fault of drift (DRIFT_DEBUG=1 shows where)"
