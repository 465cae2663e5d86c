"""The annotator put together: settings in, who is asked out."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from drift.annotators import Means, made
from drift.annotators.asking import Mark
from drift.fetch import Gate, Poster
from drift.fetch.pace import Dice, Timer
from drift.ports import Annotator, Clock, Sleep
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
        yield made(_KINDS[type(asked)], asked, Means(http, clock, sleep, dice, draw, timer))
