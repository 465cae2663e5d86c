"""The annotator put together: from the settings, or from what `--annotator` names."""

from __future__ import annotations

import os
import random
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from drift import settings as settings_room
from drift.annotators import AskingMeans, made
from drift.annotators.asking import PROMPT, TWICE, Mark
from drift.annotators.recorded import MODEL, Recorded, prompt_of
from drift.check.annotating import UNLIMITED, Annotating, Budget
from drift.check.trusting import known as known_trust
from drift.fetch.gate import Gate
from drift.fetch.pace import Dice, Timer
from drift.fetch.poster import Poster
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.errors import InputError
from drift.model.ports import AnnotationMemory, Annotator, Clock, Sleep
from drift.model.views import AnnotatorPlan
from drift.model.watch_ports import RunLedger, Store
from drift.settings import Settings
from drift.settings.nouns import (
    AnnotatorSettings,
    AnthropicSettings,
    CommandSettings,
    OpenAISettings,
    RecordedSettings,
)

_KINDS: Mapping[type[AnnotatorSettings], str] = {
    OpenAISettings: "openai",
    AnthropicSettings: "anthropic",
    CommandSettings: "command",
    RecordedSettings: "recorded",
}


def mark() -> str:
    """16 letters and digits that nobody can guess."""
    return secrets.token_hex(8)


def plan(asked: AnnotatorSettings) -> AnnotatorPlan:
    """Who is asked by the settings, known without asking it."""
    said, nobody = asked.asking, _Nobody.of(asked)
    name = f"{nobody.model} {nobody.prompt}"
    return AnnotatorPlan(name, nobody.model, said.questions_a_day, said.tokens_a_day, said.trust)


class _Nobody(NamedTuple):
    """An Annotator that answers nothing, in the name of another one."""

    model: str
    prompt: str

    @classmethod
    def of(cls, asked: AnnotatorSettings) -> _Nobody:
        if isinstance(asked, RecordedSettings):
            return cls(MODEL, prompt_of(asked.file))
        return cls(asked.model, TWICE if asked.asking.ask_twice else PROMPT)

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        return (Unanswered(question.key, "it is not asked now") for question in questions)


def remembered(asked: AnnotatorSettings, store: Store, clock: Clock) -> Annotating:
    """What the annotator of the settings answered before, believed as far as the next pass does; nobody is asked."""
    return believed(Annotating(_Nobody.of(asked), clock, asked.asking.alarm_from, store.annotations), asked, store.runs)


def believed(made: Annotating, asked: AnnotatorSettings, runs: RunLedger) -> Annotating:
    """The same, believed as far as it agreed with people when that was last looked at."""
    trust = known_trust(runs, made.name)
    if trust is not None and trust.answers:
        made.agreed = (trust.agreed, trust.answers)
        made.trusted = trust.earned(asked.asking.trust)
    return made


@contextmanager
def annotator(
    settings: Settings,
    clock: Clock,
    *,
    sleep: Sleep,
    timer: Timer = time.monotonic,
    dice: Dice = random.random,
    draw: Mark = mark,
) -> Iterator[Annotator | None]:
    """The annotator of the settings while a block runs, None where there is none; through the gate that they open.

    `sleep` may raise StoppedError, which then ends what is asked.
    """
    asked = settings.annotator
    if asked is None:
        yield None
        return
    fetching = settings.fetching
    gate = Gate.opening(fetching.allow_private) if fetching.allow_private else None
    with closing(Poster(clock, gate=gate, contact=fetching.contact, at_once=asked.asking.at_once)) as http:
        yield made(_KINDS[type(asked)], asked, AskingMeans(http, clock, sleep, dice, draw, timer))


def annotating(
    asked: AnnotatorSettings,
    annotator: Annotator,
    clock: Clock,
    memory: AnnotationMemory | None = None,
    turn: AbstractContextManager[object] | None = None,
) -> Annotating:
    """What asks an annotator in one run, as its settings say."""
    said = asked.asking
    free = isinstance(asked, RecordedSettings)
    budget = UNLIMITED if free else Budget(said.questions_a_day, said.tokens_a_day)
    return Annotating(annotator, clock, said.alarm_from, memory, budget, turn=turn or nullcontext())


@contextmanager
def named(
    who: str, clock: Clock, environment: Mapping[str, str] = os.environ, sleep: Sleep = time.sleep
) -> Iterator[Annotating]:
    """What asks the annotator that an option names while a block runs: `recorded:FILE`, or a settings file.

    Raises InputError where it names none that can be asked.
    """
    kind, _, file = who.partition(":")
    if kind == "recorded" and file:
        yield Annotating(Recorded(Path(file), clock), clock)
        return
    read = settings_room.load(Path(who), environment, ("annotator",))
    if read.annotator is None:
        raise InputError(f"--annotator: {who} has no annotator; expected 'recorded:FILE', or settings that name one")
    with annotator(read, clock, sleep=sleep) as found:
        assert found is not None
        yield annotating(read.annotator, found, clock)
