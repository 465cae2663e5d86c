"""What a server answered to a message: as much of it as was wanted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

START = 4_096  # bytes of an answer that tell why something was refused: a word or a sentence


class Body(Enum):
    """How much of the body of an answer there is."""

    WHOLE = "whole"
    LONGER = "longer"  # than was wanted: only its beginning was read
    BROKEN_OFF = "broken off"  # the connection or the time ended before it did, or it is in no coding we know


class Response(NamedTuple):
    """What a server answered to a message."""

    status: int
    body: bytes  # the beginning of it; all of it where it is `WHOLE`
    headers: Mapping[str, str]  # names in lower case
    retry_after: float | None = None  # in how many seconds it asks to be tried again
    read: Body = Body.WHOLE
