"""What every request must be and every answer carries, whatever the page: an ASGI application around another.

Whoever reaches the desk may see all of it. So it answers only a browser that asks for this machine by its own names
(a page elsewhere can make a name of its own lead to this machine: DNS rebinding), that came without a proxy (a proxy
on this machine would let others in), and that asks to look.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[_Scope, _Receive, _Send], Awaitable[None]]

LOOKS = ("GET", "HEAD")
NAMES = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
_HTTP = 80  # the port that a browser leaves out
_FORWARDED = (b"forwarded", b"via")
_FORWARDED_BY = b"x-forwarded-"
_log = logging.getLogger("drift.web")


class Refusal(NamedTuple):
    status: int
    words: str


class Guard:
    """Refuses what is no look at this desk, and puts the same headers on every answer, failures among them."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            return
        begun = False

        async def answer(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": _dressed(message.get("headers", ()))}
            await send(message)

        refusal = refused(scope)
        if refusal is not None:
            await _plain(answer, refusal)
            return
        try:
            await self._app(scope, receive, answer)
        except Exception:
            _log.exception("a page of the desk failed")
            if begun:
                raise  # what was begun cannot be taken back: the connection ends
            await _plain(answer, Refusal(500, "The desk failed at this page; its log says how."))


def refused(scope: _Scope) -> Refusal | None:
    """Why a request is not answered; None where it is."""
    headers: list[tuple[bytes, bytes]] = list(scope["headers"])
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) != 1:
        return Refusal(400, "The request names no host, or several.")
    port = scope["server"][1] if scope.get("server") else None
    if hosts[0].decode("latin-1").lower() not in names(port):
        return Refusal(421, "The desk answers under localhost, 127.0.0.1 and [::1] only, with its port.")
    if any(name in _FORWARDED or name.startswith(_FORWARDED_BY) for name, _ in headers):
        return Refusal(403, "The desk is not served through a proxy: it has no login yet.")
    if scope["method"] not in LOOKS:
        return Refusal(405, "The desk only looks: GET and HEAD.")
    return None


def names(port: int | None) -> frozenset[str]:
    """The values of Host under which the desk is asked for at a port."""
    bare = NAMES if port in (None, _HTTP) else ()
    return frozenset((*bare, *(f"{name}:{port}" for name in NAMES)))


def _dressed(headers: Any) -> list[tuple[bytes, bytes]]:
    ours = {name.encode(): value.encode() for name, value in HEADERS.items()}
    kept = [(name, value) for name, value in headers if name.lower() not in ours]
    return [*kept, *ours.items()]


async def _plain(send: _Send, refusal: Refusal) -> None:
    body = f"{refusal.words}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if refusal.status == 405:
        headers.append((b"allow", ", ".join(LOOKS).encode()))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
