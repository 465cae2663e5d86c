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
from drift.annotators import AnnotatorConfig, AskingMeans
from drift.annotators.prompt import Mark
from drift.annotators.recorded import Recorded
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


def mark() -> str:
    """16 letters and digits that nobody can guess."""
    return secrets.token_hex(8)


def plan(asked: AnnotatorConfig) -> AnnotatorPlan:
    """Who is asked by the settings, known without asking it."""
    model, prompt = asked.known_as()
    return AnnotatorPlan(f"{model} {prompt}", model, asked.questions_a_day, asked.tokens_a_day, asked.trust)


class _Nobody(NamedTuple):
    """An Annotator that answers nothing, in the name of another one."""

    model: str
    prompt: str

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        return (Unanswered(question.key, "it is not asked now") for question in questions)


def remembered(asked: AnnotatorConfig, store: Store, clock: Clock) -> Annotating:
    """What the annotator of the settings answered before, believed as far as the next pass does; nobody is asked."""
    nobody = _Nobody(*asked.known_as())
    return believed(Annotating(nobody, clock, asked.alarm_from, store.annotations), asked, store.runs)


def believed(made: Annotating, asked: AnnotatorConfig, runs: RunLedger) -> Annotating:
    """The same, believed as far as it agreed with people when that was last looked at."""
    trust = known_trust(runs, made.name)
    if trust is not None and trust.answers:
        made.agreed = (trust.agreed, trust.answers)
        made.trusted = trust.earned(asked.trust)
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
    """The annotator of the settings while a block runs, None if there is none; through the gate that they open.

    `sleep` may raise StoppedError, which then ends what is asked.
    """
    asked = settings.annotator
    if asked is None:
        yield None
        return
    fetching = settings.fetching
    gate = Gate.opening(fetching.allow_private) if fetching.allow_private else None
    with closing(Poster(clock, gate=gate, contact=fetching.contact, at_once=asked.at_once)) as http:
        yield asked.annotator(AskingMeans(http, clock, sleep, dice, draw, timer, settings.file.parent))


def annotating(
    asked: AnnotatorConfig,
    annotator: Annotator,
    clock: Clock,
    memory: AnnotationMemory | None = None,
    turn: AbstractContextManager[object] | None = None,
) -> Annotating:
    """What asks an annotator in one run, as its settings say."""
    budget = Budget(asked.questions_a_day, asked.tokens_a_day) if asked.asks else UNLIMITED
    return Annotating(annotator, clock, asked.alarm_from, memory, budget, turn=turn or nullcontext())


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
