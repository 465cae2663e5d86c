"""Where drift failed, for whoever wants to see: `DRIFT_DEBUG=1` before any command."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def debugging() -> Iterator[None]:
    """Log everything of ours to standard error, tracebacks included, for as long as a block runs."""
    drift = logging.getLogger("drift")
    level, handler = drift.level, logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    drift.addHandler(handler)
    drift.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        drift.removeHandler(handler)
        drift.setLevel(level)
