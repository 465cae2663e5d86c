"""What the pages of a source say of each term: evidence for one another, and which of them were judged by other such.

A page is matched by itself, and what it says of a term comes of that alone: so it is known what all of them say before
any is judged by it, in whatever order they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import inf

from drift.engine import pipeline
from drift.engine.pipeline import Standard
from drift.engine.verdicts import Others, SourceContext, support
from drift.engine.verdicts.context import NOTHING, Support, gather
from drift.model import Examined, Page
from drift.model.annotation import RuleQuestion
from drift.model.finding import PageState, Reading, Voice


def said_of(
    examined: Examined, standard: Standard, others: Others, asked: Mapping[int, RuleQuestion]
) -> tuple[Voice, ...]:
    """What an examined page says of each term, and what others say that its verdicts hang on.

    `asked` are the questions about its matches that have no answer.
    """
    leaning = pipeline.leaning(examined, standard)
    asks = {question.rules[0].name for question in asked.values()}
    said = support(examined.matches, standard.as_of)
    return tuple(
        Voice(term, *said.get(term, NOTHING), _pair(others.say(term)) if term in leaning else None, term in asks)
        for term in sorted(said.keys() | asks)
    )


def heard(said: Iterable[Voice], others: Others) -> tuple[Voice, ...]:
    """What a page says, with what others say by now of each term that its verdicts hang on."""
    return tuple(one if one.beside is None else one._replace(beside=_pair(others.say(one.term))) for one in said)


def _pair(said: Support) -> tuple[float, float]:
    return said.best, said.agreeing


def leans(reading: Reading | None) -> bool:
    """Whether a verdict of a reading hangs on what other articles say."""
    return reading is not None and any(one.beside is not None for one in reading.said)


class Voices:
    """What the pages of a source say, as far as a pass has come.

    `said` is what each said when it was last read: by public address the hash of its text, and what it says. `states`
    are the pages when the pass began.
    """

    def __init__(self, said: Mapping[str, tuple[str, tuple[Voice, ...]]], states: Mapping[str, PageState]) -> None:
        self._said = dict(said)
        self._silent = {public for public, state in states.items() if not state.is_article}

    def learn(self, state: PageState, reading: Reading | None) -> None:
        """A page was visited; `reading` is what it says now, None if nothing new.

        One that could not be read goes on to say what it said; one that is gone says nothing, until it is back.
        """
        public = state.page.public
        if state.is_article:
            self._silent.discard(public)
        else:
            self._silent.add(public)
        if reading is not None:
            self._said[public] = reading.text, reading.said

    def say(self, public: str, reading: Reading) -> None:
        """What a page that was learned says by what was answered about it since."""
        self._said[public] = reading.text, reading.said

    def moved(self, old: Page, new: Page) -> None:
        """An article is known by another address now."""
        self._silent.discard(new.public)
        if old.public in self._said:
            self._said[new.public] = self._said.pop(old.public)

    def context(self) -> SourceContext:
        """What all of them say by now."""
        return gather(
            (text, {one.term: Support(one.best, one.agreeing) for one in said}) for _, text, said in self._there()
        )

    def outdated(self, context: SourceContext, *, annotating: bool = False) -> Iterator[str]:
        """The public addresses of pages that were judged beside articles that said something else than they do now.

        With `annotating`, where there is an annotator, also those of which it did not answer everything.
        """
        for public, text, said in self._there():
            others = context.others(text)
            if any(annotating and one.asks for one in said) or any(
                one.beside is not None and others.say(one.term) != one.beside for one in said
            ):
                yield public

    def _there(self) -> Iterator[tuple[str, str, tuple[Voice, ...]]]:
        return ((public, *held) for public, held in self._said.items() if public not in self._silent)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a page said from a time on."""

    since: datetime
    text: str
    policies: str
    said: tuple[Voice, ...]


class Chronicle:
    """What pages of the past said, and when. Of one page what is added comes in the order of its times."""

    def __init__(self) -> None:
        self._spoken: dict[str, list[_Spoken]] = {}

    def add(self, public: str, since: datetime, reading: Reading | None) -> None:
        """What a page says from a time on: a reading of it, None if it is gone."""
        held = reading or Reading(Page(public), since)
        self._spoken.setdefault(public, []).append(_Spoken(since, held.text, held.policies, held.said))

    def context(self, day: date, policies: str) -> SourceContext:
        """What all of them said on a day.

        What was read under other policies than those of the day is not known to agree with any of them.
        """
        return gather(self._on(day, policies))

    def _on(self, day: date, policies: str) -> Iterator[tuple[str, dict[str, Support]]]:
        for spoken in self._spoken.values():
            one = next((each for each in reversed(spoken) if each.since.date() <= day), None)
            if one is not None:
                same = one.policies.partition("~")[0] == policies
                yield one.text, {each.term: Support(each.best, each.agreeing if same else -inf) for each in one.said}
