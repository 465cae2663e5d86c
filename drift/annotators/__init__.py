"""Who is asked which rule a sentence states. THE list of kinds is `ANNOTATORS`: a new one is a file here and a line
there.

An annotator gets what the settings say of it, and means: it reads no clock, draws no chance and opens no connection of
its own. A program is the exception, since it is no service. What is asked, in which words, stands in `asking`; what
counts as an answer in `replies`. The modules are imported when their kind is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from drift.model.ports import Annotator, Clock, Hidden, Http, Sleep

if TYPE_CHECKING:
    from drift.annotators.asking import Mark
    from drift.annotators.conversing import Model, Threads
    from drift.annotators.exchange import Dice, Exchange


class _Asked(Protocol):
    """What the settings say of every annotator that is asked, and not read."""

    @property
    def ask_twice(self) -> bool: ...
    @property
    def at_once(self) -> int: ...
    @property
    def timeout(self) -> timedelta: ...


class _Service(Protocol):
    @property
    def at(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def key(self) -> Hidden | None: ...
    @property
    def asking(self) -> _Asked: ...


class _OpenAI(_Service, Protocol):
    @property
    def api_version(self) -> str | None: ...
    @property
    def headers(self) -> tuple[tuple[str, Hidden], ...]: ...


class _Command(Protocol):
    @property
    def program(self) -> tuple[str, ...]: ...
    @property
    def folder(self) -> Path: ...
    @property
    def model(self) -> str: ...
    @property
    def asking(self) -> _Asked: ...


class _Recorded(Protocol):
    @property
    def file(self) -> Path: ...


@dataclass(frozen=True, slots=True)
class AskingMeans:
    """What annotators reach the world with. `draw` gives 16 letters and digits that nobody can guess."""

    http: Http
    clock: Clock
    sleep: Sleep
    dice: Dice  # 0..1, for the waits between tries
    draw: Mark
    timer: Callable[[], float]  # seconds from any start, never backwards
    threads: Threads = ThreadPoolExecutor


@dataclass(frozen=True, slots=True)
class AnnotatorKind:
    """A kind of annotator, by the name that the settings have for it."""

    name: str
    make: Callable[[Any, AskingMeans], Annotator]  # Any: each takes the settings of its own kind


def _openai(settings: _OpenAI, means: AskingMeans) -> Annotator:
    from drift.annotators.openai import ChatCompletions, address

    headers = {name: hidden.value for name, hidden in settings.headers}
    if settings.key is not None:
        azure = settings.api_version is not None
        headers |= {"api-key": settings.key.value} if azure else {"Authorization": f"Bearer {settings.key.value}"}
    at = address(settings.at, settings.api_version)
    return _conversing(ChatCompletions(settings.model, _exchange(at, headers, settings.asking, means)), settings, means)


def _anthropic(settings: _Service, means: AskingMeans) -> Annotator:
    from drift.annotators.anthropic import VERSION, Messages, address

    headers = {"x-api-key": settings.key.value} if settings.key is not None else {}
    exchange = _exchange(address(settings.at), headers | {"anthropic-version": VERSION}, settings.asking, means)
    return _conversing(Messages(settings.model, exchange), settings, means)


def _command(settings: _Command, means: AskingMeans) -> Annotator:
    from drift.annotators.command import Command

    asked = settings.asking
    return Command(
        settings.program,
        settings.folder,
        settings.model,
        means.clock,
        means.draw,
        means.timer,
        timeout=asked.timeout.total_seconds(),
        twice=asked.ask_twice,
    )


def _recorded(settings: _Recorded, means: AskingMeans) -> Annotator:
    from drift.annotators.recorded import Recorded

    return Recorded(settings.file, means.clock)


def _exchange(url: str, headers: Mapping[str, str], asked: _Asked, means: AskingMeans) -> Exchange:
    from drift.annotators.exchange import Exchange

    secrets = tuple(headers.values())
    return Exchange(means.http, url, headers, secrets, asked.timeout.total_seconds(), means.sleep, means.dice)


def _conversing(model: Model, settings: _Service, means: AskingMeans) -> Annotator:
    from drift.annotators.conversing import Conversing

    asked = settings.asking
    return Conversing(model, means.clock, means.draw, means.threads, at_once=asked.at_once, twice=asked.ask_twice)


ANNOTATORS: tuple[AnnotatorKind, ...] = (
    AnnotatorKind("openai", _openai),
    AnnotatorKind("anthropic", _anthropic),
    AnnotatorKind("command", _command),
    AnnotatorKind("recorded", _recorded),
)


def made(kind: str, settings: Any, means: AskingMeans) -> Annotator:
    """The annotator that the settings describe. Raises LookupError for a kind that is not in the list."""
    for entry in ANNOTATORS:
        if entry.name == kind:
            return entry.make(settings, means)
    raise LookupError(kind)
