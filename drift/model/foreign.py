"""Addresses of the web, and moments, as others wrote them: what is none is None, and never an error.

The standard library raises for some of them, at once ('https://[domain]/') or when a part is asked for (a port that is
no number), and what asks for pages does for others ('http://xn--a/'). Whoever needs a part of an address that anybody
may have written asks here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import SplitResult, urljoin, urlsplit

_PART = r"[A-Za-z0-9_~!$&'()*+,;=-]+"  # what may stand in the name of a host without an escape
_NAME = re.compile(rf"(?:{_PART}\.)*{_PART}\.?")
_LOGIN = re.compile(r"\s*(?:https?:/{0,2}|[a-z][a-z0-9+.-]*://)[^/?#\s]*@", re.IGNORECASE)  # browsers need no slashes
_BRACKETED = re.compile(r"\[[^\[\]]*\](?::[0-9]*)?")
_LABEL = "xn--"  # how a name begins that is other letters than it is written in


def parts(text: str) -> SplitResult | None:
    """An address taken apart, relative ones too: its port and host can be asked for. None if that cannot be done.

    Half a character (PEP 383 has such for the names of files) is in no address.
    """
    try:
        _ = text.isascii() or text.encode()
        found = urlsplit(text)
        _ = found.port, found.hostname
    except ValueError:
        return None
    if "[" in found.netloc and not _BRACKETED.fullmatch(found.netloc.rpartition("@")[2]):
        return None  # older Pythons take the brackets from wherever they stand
    return found


def has_login(text: str) -> bool:
    """Whether an address, or a glob of addresses, names a user or a password."""
    return _LOGIN.match(text) is not None


def joined(base: str, reference: str) -> str | None:
    """What a reference on a page leads to; None if that is no address."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return None


def on_the_web(text: str) -> bool:
    """Whether an address is one of http or https."""
    found = parts(text)
    return found is not None and found.scheme in ("http", "https")


def host_fault(host: str) -> str | None:
    """Why nothing can be asked of a host of that name, in words; None if something may be.

    What is not ASCII is left to who asks: it has the tables for it.
    """
    if ":" in host or not host.isascii():
        return None
    if not _NAME.fullmatch(host):
        return "no host has such a name"
    labels = [label for label in host.lower().split(".") if label.startswith(_LABEL)]
    return next((f"'{label}' is no name" for label in labels if not _unfolds(label)), None)


def moment(text: str) -> datetime | None:
    """A date or a moment in ISO 8601, in UTC; one that names no zone is of UTC. None if it is neither.

    The first hours of the year 1 lie before all time in some zones, and the last of 9999 behind it: they are none.
    """
    try:
        value = datetime.fromisoformat(text.strip())
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _unfolds(label: str) -> bool:
    """Whether a label stands for letters, whichever they are: emoji too, which newer rules do not allow."""
    try:
        letters = label.removeprefix(_LABEL).encode("ascii").decode("punycode")
    except ValueError:
        return False
    return letters.isprintable() and not letters.isascii()
