"""Headers that a source was given for its own hosts: a key of a staging site, a cookie of an intranet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from drift.fetch.target import target
from drift.model.errors import FetchError, InputError

# What drift says of itself, of the connection, and of the version it has: not for anybody to give.
_OWN = frozenset(
    (
        "accept",
        "accept-encoding",
        "cache-control",
        "connection",
        "content-length",
        "host",
        "if-modified-since",
        "if-none-match",
        "pragma",
        "range",
        "te",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    )
)
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[\t\x20-\x7e]*")


@dataclass(frozen=True, slots=True, repr=False)
class OriginHeaders:
    """Headers, and the origins they are for. Never sent to another origin, wherever a redirect leads.

    An origin is scheme, host and port: what was given for https is not sent in the clear. Holds secrets, and so
    shows none of them.
    """

    headers: tuple[tuple[bytes, bytes], ...] = ()
    origins: frozenset[str] = frozenset()

    @classmethod
    def of(cls, headers: Mapping[str, str], addresses: Iterable[str]) -> OriginHeaders:
        """The headers for the origins of some addresses.

        Raises InputError for a header that cannot be sent or is drift's own, and for an address that is none;
        a value is never repeated.
        """
        for name, value in headers.items():
            if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
                raise InputError(f"the header {name!r} cannot be sent; expected printable ASCII in one line")
            if name.lower() in _OWN:
                raise InputError(f"the header {name!r} is set by drift itself")
        try:
            origins = frozenset(target(address).origin for address in addresses)
        except FetchError as error:
            raise InputError(error.detail) from error
        return cls(tuple((name.encode(), value.strip().encode()) for name, value in headers.items()), origins)

    def for_origin(self, origin: str) -> tuple[tuple[bytes, bytes], ...]:
        return self.headers if origin in self.origins else ()


NOTHING = OriginHeaders()
