"""What the pages of a source say of each term: evidence for one another, and which of them were judged by other such.

A page is matched by itself, and what it says of a term comes of that alone: so it is known what all of them say before
any is judged by it, in whatever order they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drift import pipeline
from drift.model import Examined, Page, PageOutcome, Reading, Said
from drift.pipeline import Standard
from drift.verdicts import Context, Others, support
from drift.verdicts.context import Support
from drift.verdicts.voices import gather


def said_of(examined: Examined, standard: Standard, others: Others) -> tuple[Said, ...]:
    """What an examined page says of each term, and what others say that its verdicts hang on."""
    leaning = pipeline.leaning(examined, standard)
    return tuple(
        Said(term, one.best, one.agreeing, _pair(others.say(term)) if term in leaning else None)
        for term, one in sorted(support(examined.matches, standard.as_of).items())
    )


def _pair(said: Support) -> tuple[float, float]:
    return said.best, said.agreeing


def leans(reading: Reading | None) -> bool:
    """Whether a verdict of a reading hangs on what other articles say."""
    return reading is not None and any(one.beside is not None for one in reading.said)


class Voices:
    """What the pages of a source say, as far as a pass has come.

    `said` is what was known when it began: by public address the hash of a page's text, and what it says.
    """

    def __init__(self, said: Mapping[str, tuple[str, tuple[Said, ...]]]) -> None:
        self._said = dict(said)

    def learn(self, outcome: PageOutcome) -> None:
        """A page was visited. What one says that could not be read goes on; what one says that is gone goes with it."""
        state, public = outcome.state, outcome.state.page.public
        if state.gone_since is not None or state.duplicate:
            self._said.pop(public, None)
        elif outcome.reading is not None:
            self._said[public] = outcome.reading.text, outcome.reading.said

    def moved(self, old: Page, new: Page) -> None:
        """An article is known by another address now."""
        if old.public in self._said:
            self._said[new.public] = self._said.pop(old.public)

    def context(self) -> Context:
        """What all of them say by now."""
        return gather(
            (text, {one.term: Support(one.best, one.agreeing) for one in said}) for text, said in self._said.values()
        )

    def outdated(self, context: Context) -> Iterator[str]:
        """The public addresses of pages that were judged beside articles that said something else than they do now."""
        for public, (text, said) in self._said.items():
            others = context.others(text)
            if any(one.beside is not None and others.say(one.term) != one.beside for one in said):
                yield public
