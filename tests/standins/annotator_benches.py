"""For each kind of annotator that asks: a real service on loopback or a real program, and how to make it fail."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from benches import hidden, poster
from model_standin import KEY, MODEL, ChatStandIn, MessagesStandIn, ModelStandIn, answer
from receiver import Reply
from waiting import PATIENCE

from drift.annotators import AskingMeans
from drift.annotators.anthropic import AnthropicConfig
from drift.annotators.command import CommandConfig
from drift.annotators.openai import OpenAIConfig
from drift.model.ports import Annotator, Http
from drift.model.responses import START, Response

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOON = 1.5  # seconds after which a test gives up an annotator that does not answer
PROGRAM = Path(__file__).with_name("annotating.py")

HTTP_FAULTS: dict[str, Reply] = {
    "unauthorized": Reply(401, f'{{"error": {{"message": "no such key: {KEY}"}}}}'.encode()),
    "forbidden": Reply(403, f'{{"error": {{"message": "{KEY} may not use larch-2"}}}}'.encode()),
    "no such model": Reply(404, b'{"error": {"message": "model \\"larch-2\\" not found, try pulling it first"}}'),
    "throttled": Reply(429, b'{"error": {"message": "slow down"}}', {"Retry-After": "7"}),
    "throttled for long": Reply(429, b"come back tomorrow", {"Retry-After": "3600"}),
    "paid up": Reply(429, b'{"error": {"code": "insufficient_quota", "message": "check your plan"}}'),
    "server error": Reply(503, b'{"error": "the model is loading"}'),
    "slow": Reply(after=2 * PATIENCE),
    "reset": Reply(reset=True),
    "elsewhere": Reply(307, b"", {"Location": "https://evil.example/"}),
    "refused": Reply(400, b'{"error": {"message": "the prompt is too long"}}'),
    "unusable": Reply(415, b'{"error": {"message": "no such media"}}'),
    "endless": Reply(200, b'{"choices": [', endless=True),
    "breaks off": Reply(200, b'{"choices": [', {"Content-Length": "500"}),
    "no JSON": Reply(200, b"<html>Welcome to the hotel's network</html>"),
    "truncated JSON": Reply(200, b'{"choices": [{"message": {"content": "{}"'),
    "another JSON": Reply(200, b'{"choices": [], "content": "{}", "stop_reason": "end_turn"}'),
    "deep JSON": Reply(200, b"[" * 100_000),
}


class Patient:
    """An Http that waits for so many seconds, whatever an annotator allows."""

    def __init__(self, http: Http, patience: float) -> None:
        self._http = http
        self._patience = patience

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], _timeout: float, *, most: int = START
    ) -> Response:
        return self._http.post(url, body, headers, self._patience, most=most)


@dataclass
class Slept:
    """A sleep that takes no time and remembers how long it was asked for."""

    waits: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


def asking(twice: bool = False, at_once: int = 4, timeout: float = PATIENCE) -> dict[str, Any]:
    """How an annotator is asked, as its model takes it."""
    return {"ask_twice": twice, "at_once": str(at_once), "timeout": f"{max(1, round(timeout))} seconds"}


def means(slept: Slept, patience: float = PATIENCE) -> AskingMeans:
    marks = count(1)
    return AskingMeans(
        Patient(poster(at_once=64), patience),
        lambda: NOON,
        slept,
        lambda: 0.5,
        lambda: f"m4rk{next(marks):012d}",
        time.monotonic,
    )


class Bench(Protocol):
    """What the contract needs of a kind. Faults are named by what they are; see `test_annotators`."""

    slept: Slept

    @property
    def annotator(self) -> Annotator: ...
    @property
    def secrets(self) -> tuple[str, ...]: ...
    def says(self, **changed: Any) -> None:
        """Let every answer have these keys changed."""

    def fail(self, fault: str) -> None: ...
    def close(self) -> None: ...


class _OverHttp:
    secrets = (KEY, KEY[3:], "gateway-t0ken")
    standin: ModelStandIn

    def __init__(self, twice: bool = False, patience: float = PATIENCE, at_once: int = 4) -> None:
        self.slept = Slept()
        self.annotator = self._made(asking(twice, at_once), means(self.slept, patience))

    def _made(self, asked: dict[str, Any], means: AskingMeans) -> Annotator:
        raise NotImplementedError

    def says(self, **changed: Any) -> None:
        careful = self.standin.say
        self.standin.say = lambda system, user: json.dumps(json.loads(careful(system, user)) | changed)

    def fail(self, fault: str) -> None:
        if fault == "nobody there":
            self.close()
        elif fault in HTTP_FAULTS:
            self.standin.fails = lambda _number: HTTP_FAULTS[fault]
        else:
            texts = {"malformed": "{rule: 1}", "truncated": answer(1)[:-9], "prose": "I cannot say.", "empty": ""}
            self.standin.say = lambda _system, _user: texts[fault]

    def close(self) -> None:
        if not self.standin.receiver.released.is_set():
            self.standin.close()


def openai(**given: Any) -> OpenAIConfig:
    return OpenAIConfig.model_validate({"kind": "openai", "model": MODEL, "key": hidden(KEY), **given})


class OpenAIBench(_OverHttp):
    def _made(self, asked: dict[str, Any], means: AskingMeans) -> Annotator:
        self.standin = ChatStandIn()
        headers = {"X-Gateway-Token": hidden("gateway-t0ken")}
        return openai(at=f"{self.standin.at}/v1", headers=headers, **asked).annotator(means)


class AzureBench(_OverHttp):
    def _made(self, asked: dict[str, Any], means: AskingMeans) -> Annotator:
        self.standin = ChatStandIn()
        at = f"{self.standin.at}/openai/deployments/larch/"
        return openai(at=at, api_version="2024-10-21", **asked).annotator(means)


class AnthropicBench(_OverHttp):
    def _made(self, asked: dict[str, Any], means: AskingMeans) -> Annotator:
        self.standin = MessagesStandIn()
        given = {"kind": "anthropic", "at": self.standin.at, "model": MODEL, "key": hidden(KEY)}
        return AnthropicConfig.model_validate(given | asked).annotator(means)


class CommandBench:
    secrets: tuple[str, ...] = ()

    def __init__(self, twice: bool = False, patience: float = PATIENCE, at_once: int = 4) -> None:
        self.slept = Slept()
        self._fault = ""
        self._asked = asking(twice, at_once, patience)
        self._program: tuple[str, ...] = (sys.executable, str(PROGRAM))

    @property
    def annotator(self) -> Annotator:
        program = (*self._program, *([self._fault] if self._fault else []))
        given = {"kind": "command", "program": list(program), "model": "rules-of-ana"}
        found = means(self.slept)
        return CommandConfig.model_validate(given | self._asked).annotator(replace(found, folder=PROGRAM.parent))

    def says(self, **changed: Any) -> None:
        self._fault = json.dumps(changed)

    def fail(self, fault: str) -> None:
        self._fault = fault
        if fault == "nobody there":
            self._program = ("no-such-program-anywhere",)

    def close(self) -> None:
        """It ended when it had answered."""


BENCHES: dict[str, Callable[..., Bench]] = {
    "openai": OpenAIBench,
    "anthropic": AnthropicBench,
    "command": CommandBench,
}
OVER_HTTP: dict[str, Callable[..., OpenAIBench | AzureBench | AnthropicBench]] = {
    "openai": OpenAIBench,
    "azure": AzureBench,
    "anthropic": AnthropicBench,
}
