"""Slack's incoming webhook as far as a sender can tell: its limits, its plain words, its pace."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import block_kit
from receiver import Receiver, Reply, Request

PATH = "/services/T024BE7LH/B024BE7LJ/Xq7sJd0fKb2mVnR5tYw8ZpLc"
STATUSES = {
    "invalid_payload": 400,
    "invalid_blocks": 400,
    "no_text": 400,
    "msg_too_long": 400,
    "msg_blocks_too_long": 400,
    "invalid_token": 403,
    "action_prohibited": 403,
    "channel_not_found": 404,
    "no_service": 404,
    "no_team": 404,
    "channel_is_archived": 410,
    "rollup_error": 500,
}


class SlackStandIn:
    """A webhook with a channel behind it. `messages` holds what arrived, in order.

    With `per_second` it answers 429 and Retry-After to whoever posts faster, as the real one does after a short burst.
    """

    def __init__(
        self, *, per_second: float | None = None, burst: int = 1, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self.messages: list[dict[str, Any]] = []
        self.refusals: list[str] = []
        self._per_second = per_second
        self._burst = float(burst)
        self._credit = float(burst)
        self._timer = timer
        self._last = timer()
        self.receiver = Receiver(self._answer)

    @property
    def url(self) -> str:
        return f"http://hooks.slack.example:{self.receiver.port}{PATH}"

    def fail(self, *replies: Reply | str) -> None:
        """Answer the next requests so: a Reply, or one of Slack's words with its status."""
        self.receiver.replies += [said(reply) if isinstance(reply, str) else reply for reply in replies]

    def close(self) -> None:
        self.receiver.close()

    def _answer(self, request: Request) -> Reply:
        if request.path != PATH:
            return said("no_service")
        if self._too_fast():
            return Reply(429, b"rate_limited", {"Retry-After": "1"})
        try:
            payload = json.loads(request.body)
        except ValueError:
            return self._refused("invalid_payload")
        if request.headers.get("content-type") != "application/json":
            return self._refused("invalid_payload")
        if word := block_kit.refused(payload):
            return self._refused(word)
        self.messages.append(payload)
        return Reply(200, b"ok", {"Content-Type": "text/plain"})

    def _refused(self, word: str) -> Reply:
        self.refusals.append(word)
        return said(word)

    def _too_fast(self) -> bool:
        if self._per_second is None:
            return False
        now = self._timer()
        self._credit = min(self._burst, self._credit + (now - self._last) * self._per_second)
        self._last = now
        if self._credit < 1:
            return True
        self._credit -= 1
        return False


def said(word: str) -> Reply:
    return Reply(STATUSES[word], word.encode(), {"Content-Type": "text/plain"})
