"""Services with a language model behind them, as far as one who asks can tell: chat completions and messages.

The model reads what it is sent as a careful reader would: the word before the value names what the value is, and the
rule that has the same word is stated by it. What else it may do, an obedient or a broken one, is handed in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from receiver import Receiver, Reply, Request

KEY = "sk-k3y-of-the-m0del"
MODEL = "larch-2"
Say = Callable[[str, str], str]  # what a model says to a system text and a user text

_VALUE = re.compile(r"(\w+) \[\[(?!.*\[\[)[^\n]*?\]\]")
_RULES = re.compile(r"^(\d+)\. (.+(?:\n   .+)*)", re.MULTILINE)


def careful(_system: str, user: str) -> str:
    """The answer of a model that does as it is told."""
    return answer(stated(user))


def answer(rule: int | str | None, p: object = 0.9, why: object = "it says so") -> str:
    return json.dumps({"rule": rule, "p": p, "why": why})


def stated(user: str) -> int | None:
    """The number of the rule that has the word before the value."""
    (sentence,) = re.findall(r"^sentence: (.*)$", user, re.MULTILINE)
    found = _VALUE.search(sentence)
    assert found, f"no value is marked in {sentence!r}"
    rules = {int(number): text for number, text in _RULES.findall(user)}
    return next((number for number, text in rules.items() if re.search(rf"\b{found[1]}\b", text)), None)


class ModelStandIn:
    """A service. `asked` holds the user text of every question that got a whole reply, in order.

    `refuses` are parameters that it does not take, with the words in which it says so. `fail` hands it the replies to
    the next requests, or with a function to each: None is the model's own.
    """

    def __init__(self, say: Say = careful) -> None:
        self.say = say
        self.refuses: dict[str, str] = {}
        self.asked: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.fails: Callable[[int], Reply | None] = lambda _number: None
        self.receiver = Receiver(self._answer)

    @property
    def at(self) -> str:
        return f"http://models.larkspur.example:{self.receiver.port}"

    def close(self) -> None:
        self.receiver.close()

    def _answer(self, request: Request) -> Reply:
        number = len(self.receiver.requests)
        if fault := self.fails(number):
            return fault
        if not self.knows(request):
            return _error(401, f"Incorrect API key provided: {KEY}")
        body = json.loads(request.body)
        self.bodies.append(body)
        for name, words in self.refuses.items():
            if name in body or body.get("response_format", {}).get("type") == name:
                return _error(400, words)
        system, user = self.texts(body)
        said = self.said(self.say(system, user))
        self.asked.append(user)
        return Reply(200, said, {"Content-Type": "application/json"})

    def knows(self, request: Request) -> bool:
        raise NotImplementedError

    def texts(self, body: dict[str, Any]) -> tuple[str, str]:
        raise NotImplementedError

    def said(self, text: str) -> bytes:
        raise NotImplementedError


class ChatStandIn(ModelStandIn):
    """Chat completions, with the header or the one of Azure."""

    def knows(self, request: Request) -> bool:
        if "/deployments/" in request.path:
            return request.headers.get("api-key") == KEY and request.path.endswith(
                "/chat/completions?api-version=2024-10-21"
            )
        return request.path == "/v1/chat/completions" and request.headers.get("authorization") == f"Bearer {KEY}"

    def texts(self, body: dict[str, Any]) -> tuple[str, str]:
        assert body["model"] == MODEL
        system, user = body["messages"]
        assert (system["role"], user["role"]) == ("system", "user")
        return system["content"], user["content"]

    def said(self, text: str) -> bytes:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 500, "completion_tokens": 60, "total_tokens": 560}
        return json.dumps({"id": "c-1", "object": "chat.completion", "choices": [choice], "usage": usage}).encode()


class MessagesStandIn(ModelStandIn):
    """The messages API."""

    def knows(self, request: Request) -> bool:
        versioned = request.headers.get("anthropic-version") == "2023-06-01"
        return request.path == "/v1/messages" and request.headers.get("x-api-key") == KEY and versioned

    def texts(self, body: dict[str, Any]) -> tuple[str, str]:
        assert body["model"] == MODEL
        assert body["max_tokens"] > 0
        (user,) = body["messages"]
        assert user["role"] == "user"
        return body["system"], user["content"]

    def said(self, text: str) -> bytes:
        content = [{"type": "thinking", "thinking": '{"rule": 3, "p": 1, "why": "no"}'}, {"type": "text", "text": text}]
        usage = {"input_tokens": 500, "output_tokens": 60}
        said = {"type": "message", "role": "assistant", "content": content, "stop_reason": "end_turn", "usage": usage}
        return json.dumps(said).encode()


def _error(status: int, words: str) -> Reply:
    error = {"type": "error", "error": {"type": "invalid_request_error", "message": words}}
    return Reply(status, json.dumps(error).encode(), {"Content-Type": "application/json"})
