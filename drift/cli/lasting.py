"""What a command that runs for long does otherwise than a short one."""

from __future__ import annotations

import gc

# Started for a check, the collector looks for garbage every 100,000 objects, and a pass then keeps what a few thousand
# pages left in cycles. Over 6,000 short pages the memory of `drift crawl` grew from 97 to 116 MB; every 10,000 objects
# it is 103 MB, every 2,000 no less.
OBJECTS_BETWEEN_COLLECTIONS = 10_000


def lasting() -> None:
    """Look for garbage as often as a process needs that is to keep its size, and those that it begins to read."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
