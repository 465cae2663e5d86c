"""What systemd is told of a service of Type=notify (sd_notify(3)): that it is ready, that it is alive."""

from __future__ import annotations

import os
import socket

READY = "READY=1"
ALIVE = "WATCHDOG=1"


def notify(state: str) -> None:
    """Tell it, where NOTIFY_SOCKET names a datagram socket ('@' begins an abstract one); elsewhere do nothing."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        try:
            sender.sendto(state.encode(), address)
        except OSError:  # nobody listens any more: no reason to stop watching
            return
