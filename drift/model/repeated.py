"""What another side says, repeated in an error: one line of it, without the secrets it may have been told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drift.model.escaping import inert

REASON = 200  # characters of another's own words
_SHORTEST = 6  # of a part of a secret that is kept out of an error: shorter ones are words like 'hooks'


def repeated(text: str, secrets: Iterable[str]) -> str:
    """The first line of what another side says. Of a secret that is an address its parts are kept out as well."""
    for secret in secrets:
        for part in (secret, *re.split(r"[/?&=#:@\s]", secret)):
            if len(part) >= _SHORTEST:
                text = text.replace(part, "***")
    first = text.strip().partition("\n")[0]
    return inert(first)[:REASON].strip()
