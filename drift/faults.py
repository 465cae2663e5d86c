"""A fault of ours in the middle of many things is the failure of one of them: where that is caught, it is kept here.

    except faults.NOT_OURS:
        raise
    except Exception as error:
        ...  # what was done failed, for `faults.told(error, what)`

What is raised on purpose keeps its meaning, and so does want of memory, which is about no single thing.
"""

from __future__ import annotations

import logging

from drift.errors import BlindReason, DriftError, FetchError

LOG = logging.getLogger("drift.faults")

NOT_OURS = (DriftError, MemoryError)


def told(error: Exception, what: str) -> str:
    """The fault in words that hold nothing of what it was about. Its traceback goes to the log, at level debug."""
    LOG.debug("fault", exc_info=error, extra={"told": {"about": what}})
    return f"{type(error).__name__}, a fault of drift (DRIFT_DEBUG=1 shows where)"


def as_failure(error: Exception, what: str) -> FetchError:
    """The fault as the failure of a page."""
    return FetchError(BlindReason.FAULT, told(error, what))
