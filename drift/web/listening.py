"""Where the desk listens: an address of this machine, and no other."""

from __future__ import annotations

import errno
import socket
from typing import NamedTuple

from drift.model.errors import InputError

DEFAULT = "127.0.0.1:8470"
_LOOPBACK = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", "[::1]": "::1"}
_WAITING = 128  # connections that are not yet taken
_HIGHEST = 65_535


class Address(NamedTuple):
    host: str
    port: int  # 0 for any that is free


def address(text: str) -> Address:
    """'127.0.0.1:8470', 'localhost:8470' or '[::1]:8470' taken apart. Raises InputError for anything else."""
    host, colon, port = text.strip().rpartition(":")
    if not colon or not (port.isascii() and port.isdigit()) or int(port) > _HIGHEST:
        raise InputError(f"'{text}' is no address to listen on; expected one like {DEFAULT}")
    if host.lower() not in _LOOPBACK:
        raise InputError(
            f"the desk does not listen on '{host}': whoever reaches it sees everything, for it has no login yet; "
            f"it listens on {', '.join(_LOOPBACK)}, and elsewhere a tunnel leads to it (ssh -L)"
        )
    return Address(_LOOPBACK[host.lower()], int(port))


def bound(where: Address) -> socket.socket:
    """A socket that listens there. Raises InputError where it cannot."""
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((where.host, where.port))
        made.listen(_WAITING)
    except OSError as error:
        made.close()
        taken = error.errno == errno.EADDRINUSE
        why = "another program listens there; --listen names another port" if taken else str(error.strerror)
        raise InputError(f"the desk cannot listen on {shown(where)}: {why}") from None
    return made


def shown(where: Address) -> str:
    """An address as a browser takes it, without 'http://'."""
    return f"[{where.host}]:{where.port}" if ":" in where.host else f"{where.host}:{where.port}"
