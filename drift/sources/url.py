"""One web address is one page. Whether it can be reached is for the fetcher to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from drift.model import Page, foreign
from drift.model.errors import InputError, Place, Problem

SCHEMES = ("http", "https")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\]")
EXPECTED = "an address like https://help.larkspur.example/wireless/unlock"


class Url:
    """The page at one http(s) address, named exactly as given, fragment included."""

    name = "urls"

    def __init__(self, text: str, published_as: str | None = None) -> None:
        self._text = text
        self._published_as = published_as

    @staticmethod
    def accepts(text: str) -> bool:
        """Whether it is spelled as an address of any scheme; other schemes are then told, not taken for files."""
        return _ADDRESS.match(text) is not None

    def pages(self) -> Iterator[Page]:
        """The page. Raises InputError where the address is malformed, carries a password, or is not http(s)."""
        if problem := wrong_with(self._text):
            raise InputError([problem])
        yield Page(self._text, self._published_as)


def wrong_with(text: str, *, place: str | None = None) -> Problem | None:
    """What is wrong with an http(s) address, or None. A user name or password in it is never repeated.

    `place` is named instead of the address itself, for an address that stands in an option.
    """
    message, hint = _fault(text)
    if not message:
        return None
    return Problem(Place(place or _without_user(text)), message, expected=EXPECTED, hint=hint)


def _fault(text: str) -> tuple[str, str | None]:
    """The message ('' where nothing is wrong) and the nearest right spelling."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        return f"not an address: {error}", None
    if parts.scheme == "file":
        return "a file is named by its path", unquote(parts.path) or None
    if parts.scheme not in SCHEMES:
        return f"only http and https addresses are read{f', not {parts.scheme}' if parts.scheme else ''}", None
    if _NOT_IN_AN_ADDRESS.search(text):
        return "an address holds no spaces, control characters or backslashes", None
    if not parts.hostname or port == 0:
        return "an address needs a host" if not parts.hostname else "port 0 cannot be connected to", None
    if fault := foreign.host_fault(parts.hostname):
        return f"an address needs a host: {fault}", None
    if "@" in parts.netloc:
        return "an address with a user name or password would be printed in reports", _without_user(text)
    return "", None


def _without_user(text: str) -> str:
    """The address without what stands before '@' in its host part; spelled otherwise as given."""
    scheme, slashes, rest = text.partition("://")
    authority, *tail = re.split(r"(?=[/?#])", rest, maxsplit=1)
    return scheme + slashes + authority.rpartition("@")[2] + "".join(tail)
