"""Addresses that people write: whether anything could be asked of one, and on which networks it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import idna

from drift.model import foreign

_LOOPBACK = "127.0.0.0/8"


def possible(written: str) -> bool:
    """Whether a text is an http(s) address with a possible host and port: told at its place, not by a pass at night."""
    parts = foreign.parts(written)
    if parts is None or not parts.hostname or parts.scheme not in ("http", "https") or parts.port == 0:
        return False
    if re.search(r"[\s\x00-\x1f\x7f\\]", written):
        return False
    if parts.hostname.isascii():
        return foreign.host_fault(parts.hostname) is None
    try:
        host = idna.encode(parts.hostname.lower()).decode("ascii")
    except idna.IDNAError:
        return False
    return foreign.host_fault(host) is None


def on_this_machine(address: str) -> bool:
    """Whether an address is of this machine, by its name or its number."""
    host = _host(address)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    number = _number(host)
    return number is not None and number.is_loopback


def ours(address: str, opened: Collection[str]) -> bool:
    """Whether an address is on a private network by its number, or its host is named in `opened`."""
    host = _host(address)
    number = _number(host)
    return host in _plain(opened) or (number is not None and number.is_private)


def closed(address: str, opened: Collection[str]) -> str | None:
    """What has to be opened for an address of loopback or a private network that no entry of `opened` opens.

    Of another network the one host: how much of it is to be opened is not ours to say. None where nothing is closed.
    """
    host = _host(address)
    if host in _plain(opened):
        return None
    number = _number("127.0.0.1" if on_this_machine(address) and _number(host) is None else host)
    if number is None or not (number.is_private or number.is_loopback or number.is_link_local):
        return None  # what a name means is asked when it is fetched
    for name in _plain(opened):
        with suppress(ValueError):
            if number in ip_network(name):
                return None
    return _LOOPBACK if number in ip_network(_LOOPBACK) else str(number)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").rstrip(".")


def _number(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _plain(opened: Collection[str]) -> list[str]:
    return [name.strip().lower().strip("[]") for name in opened]
