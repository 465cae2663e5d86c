"""The desk served by uvicorn on a socket, until the process is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from drift.web.app import application
from drift.web.flows import Desk

_GRACE = 5  # seconds that requests have to end once the desk is told to stop


class Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, desk: Desk, ready: Callable[[], object] = lambda: None) -> None:
        super().__init__(
            uvicorn.Config(
                application(desk),
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,  # what people look for in stays their own
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def serve(desk: Desk, listening: socket.socket, ready: Callable[[], object]) -> None:
    """Answer on a socket until SIGINT or SIGTERM comes; `ready` is called once it answers."""
    Server(desk, ready).run(sockets=[listening])
