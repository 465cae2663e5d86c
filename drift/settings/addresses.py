"""Addresses in the settings: one of which nothing could be asked is told at its place, and not by a pass at night."""

from __future__ import annotations

import re

from drift.model import foreign
from drift.model.errors import FetchError


def possible(written: str) -> bool:
    """Whether a text is an http(s) address with a possible host and port."""
    parts = foreign.parts(written)
    if parts is None or not parts.hostname or parts.scheme not in ("http", "https") or parts.port == 0:
        return False
    if re.search(r"[\s\x00-\x1f\x7f\\]", written):
        return False
    if parts.hostname.isascii():
        return foreign.host_fault(parts.hostname) is None
    from drift.fetch.target import target  # it brings the HTTP client with it: only for names that it has to spell

    try:
        target(written)
    except FetchError:
        return False
    return True
