"""How much of anything one page may cost before it is called blind."""

from __future__ import annotations

from typing import NamedTuple

MEGABYTE = 1_000_000


class Limits(NamedTuple):
    """Caps on one fetch. Sizes are in bytes, times in seconds.

    Real help articles are 150-200 kB of HTML and answer within a second or two: the sizes leave a hundredfold,
    the times tenfold. Looking up a name takes as long as the system's resolver lets it: that wait cannot be cut
    short, but counts.
    """

    raw: int = 20 * MEGABYTE  # of a file, or of a body as it travels
    decoded: int = 20 * MEGABYTE  # of a body once its compression is undone
    headers: int = 64_000  # names and values of one answer
    redirects: int = 5
    connect: float = 10.0  # to one address, and again for TLS
    read: float = 10.0  # until the next bytes arrive
    whole: float = 30.0  # from the first connection to the last byte, redirects included
