"""What the settings say of every annotator, and what it reaches the world with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from drift.annotators.conversing import Threads
from drift.annotators.exchange import Dice
from drift.annotators.prompt import PROMPT, TWICE, Mark
from drift.files.config import Config
from drift.files.fields import Nothing, about
from drift.files.keys import DIGITS, Flag, Length, Share, SomeTime
from drift.model.ports import Annotator, Clock, Http, Sleep

SENT = "the text of pages and the words of rules, never their values,"


@dataclass(frozen=True, slots=True)
class AskingMeans:
    """What annotators reach the world with. `draw` gives 16 letters and digits that nobody can guess."""

    http: Http
    clock: Clock
    sleep: Sleep
    dice: Dice  # 0..1, for the waits between tries
    draw: Mark
    timer: Callable[[], float]  # seconds from any start, never backwards
    folder: Path = Path()  # that of the settings, in which programs run
    threads: Threads = ThreadPoolExecutor


class AnnotatorConfig(Config, ABC):
    """What every annotator has: how it is asked, and how far it is believed.

    Below a `trust` of its answers that people agree with it only asks. The budgets are for any 24 hours.
    """

    asks: ClassVar[bool] = True  # whether anything of a page is sent anywhere, which costs

    kind: str
    ask_twice: Annotated[
        Flag, about("Ask in two wordings, which have to get the same answer: twice the cost, fewer mistakes.")
    ] = False
    alarm_from: Annotated[
        Share, about("How sure it has to be, from 0 to 1, for what it says to count; below, people are asked.")
    ] = 0.6
    trust: Annotated[
        Share,
        about("The share of its answers that people have to agree with, once 30 can be compared; below, it only asks."),
    ] = 0.9
    questions_a_day: Annotated[
        int, Field(ge=1, le=10_000_000), DIGITS, about("Questions asked in any 24 hours, at most.")
    ] = 1_000
    tokens_a_day: Annotated[
        Annotated[int, Field(ge=1, le=999_999_999), DIGITS] | Nothing,
        about(
            "Tokens sent and received in any 24 hours, after which nothing more is asked; no limit where none is given."
        ),
    ] = None
    at_once: Annotated[int, Field(ge=1, le=64), DIGITS, about("Questions on their way at the same time, at most.")] = 4
    timeout: Annotated[SomeTime, about("How long one answer may take.")] = Length.read("60 seconds")

    @property
    def prompt(self) -> str:
        """The version of the words in which it is asked."""
        return TWICE if self.ask_twice else PROMPT

    @abstractmethod
    def known_as(self) -> tuple[str, str]:
        """The names of what answers and of the words in which it is asked: other names are another annotator."""

    @abstractmethod
    def goes_where(self) -> str:
        """What of a page is sent, and to whom, in words."""

    @abstractmethod
    def annotator(self, means: AskingMeans) -> Annotator:
        """The annotator that this describes."""
