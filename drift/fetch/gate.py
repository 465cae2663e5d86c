"""The one gate: which addresses an outgoing connection may go to.

A host is resolved once, every address of it is checked, and the connection goes to an address that was checked,
so that an answer that changes between check and connection changes nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from drift.fetch.networks import INTRANET, Address, Network, denied_as
from drift.model.errors import BlindReason, FetchError, InputError, Place, Problem

Resolver = Callable[[str, int], Iterable[str]]  # host, port -> addresses as text; OSError where there is none

_HOST = re.compile(r"(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_NUMERIC = re.compile(r"(.*\.)?(0x[0-9a-f]*|[0-9]+)")  # what a resolver would read as an IPv4 address
_OPTION = Place("--allow-private")


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """The addresses the operating system gives for a host, in its order. Raises OSError or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Gate:
    """Opens the public internet, the networks of `allow`, and the hosts of `hosts` (lower case, no trailing dot).

    A named host may live on an intranet network or on loopback, but link-local addresses, where clouds hand out
    credentials, and other special networks open only when they are named as networks.
    """

    allow: tuple[Network, ...] = ()
    hosts: frozenset[str] = frozenset()
    resolve: Resolver = system_resolver

    @classmethod
    def opening(cls, names: Iterable[str], resolve: Resolver = system_resolver) -> Gate:
        """A gate that also opens what `--allow-private` names: networks, single addresses and hosts.

        Raises InputError with every name that is none of these.
        """
        networks: list[Network] = []
        hosts: set[str] = set()
        problems: list[Problem] = []
        for name in names:
            text = name.strip().lower().strip("[]").rstrip(".")
            try:
                networks.append(ip_network(text))
            except ValueError:
                host = _ascii(text)
                if _HOST.fullmatch(host) and not _NUMERIC.fullmatch(host):
                    hosts.add(host)
                else:
                    problems.append(_unknown(name, text))
        if problems:
            raise InputError(problems)
        return cls(tuple(networks), frozenset(hosts), resolve)

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, each of them checked, in the order the resolver prefers.

        Raises FetchError: DNS where there is none, PRIVATE where one of them may not be connected to.
        """
        try:
            found = tuple(ip_address(text) for text in self.resolve(host, port))
        except (OSError, UnicodeError, OverflowError, ValueError) as error:
            again = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
            words = getattr(error, "strerror", None) or str(error)
            raise FetchError(BlindReason.DNS, f"{host} cannot be resolved: {words}", transient=again) from error
        if not found:
            raise FetchError(BlindReason.DNS, f"{host} has no address")
        for address in found:
            self._check(host, address)
        return tuple(str(address) for address in found)

    def _check(self, host: str, address: Address) -> None:
        words = denied_as(address)
        if words is None or any(address in network for network in self.allow):
            return
        if host.lower().rstrip(".") in self.hosts and words in INTRANET:
            return
        which = str(address) if host == str(address) else f"{host} is {address}"
        raise FetchError(BlindReason.PRIVATE, f"{which} ({words}); --allow-private {address} would open it")


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _unknown(name: str, text: str) -> Problem:
    try:
        hint = str(ip_network(text, strict=False))
    except ValueError:
        hint = None
    return Problem(
        _OPTION, f"{name!r} is neither a network nor a host", "10.0.0.0/8, 10.1.2.3 or help.larkspur.example", hint
    )
