"""For the tests of findings: statements and readings made by hand, and pages watched through the whole path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from textwrap import dedent

import pytest

from drift.engine import languages, reading
from drift.engine.pipeline import Standard, judge
from drift.findings import Change, Memory, followed, policies_of, take, text_of
from drift.model import Outcome, Page, Registry, Snapshot
from drift.model.errors import BlindReason
from drift.model.finding import Reading, Transition
from drift.model.statement import Statement
from drift.watch.readings import reading_of

PAGE = Page("https://help.larkspur.example/unlock")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
UNLOCK = """\
- {term: wait, says: A phone can be unlocked after 60 days of service., value: 60 days, topics: [unlock your phone]}
- {term: handling, says: An unlock request is handled within 2 days., value: 2 days, topics: [unlock request]}
"""


def hours(number: float) -> datetime:
    """A moment some hours after the first reading of a test."""
    return START + timedelta(hours=number)


class Made:
    """Statements and readings of one page, made by hand."""

    page = PAGE
    hours = staticmethod(hours)

    def statement(
        self, published: str = "30 days", outcome: Outcome | None = None, slot: str = "s1", **fields: object
    ) -> Statement:
        """A statement of the rule 'unlock/wait', which is 60 days."""
        quote = f"You can unlock your phone after {published} of service."
        made = Statement(
            slot=slot,
            policy="unlock",
            term="wait",
            outcome=outcome or (Outcome.AGREES if published == "60 days" else Outcome.DIVERGES),
            published=published,
            expected="60 days",
            sentence=quote,
            words="You can unlock your phone after ◊ of service.",
            nth=1,
            quote=quote,
            value_text=published,
            value_start=quote.index(published),
            confidence=0.97,
        )
        return replace(made, **fields)  # type: ignore[arg-type]

    def read(self, at: float, *statements: Statement, text: str | None = None, **fields: object) -> Reading:
        """A good reading some hours after the first; its text is another wherever its statements are."""
        said = "|".join(one.quote for one in statements) if text is None else text
        made = Reading(PAGE, hours(at), said or "nothing", "policies-1", "reader-1", statements=statements)
        return replace(made, **fields)  # type: ignore[arg-type]

    def unread(self, at: float, why: BlindReason = BlindReason.TIMEOUT) -> Reading:
        return Reading(PAGE, hours(at), blind=why)

    def remembered(self, *readings: Reading) -> Memory:
        """What is remembered after some readings, each its own confirmation."""
        memory = Memory()
        for one in readings:
            memory = memory.after(take(memory, one), one)
        return memory


@pytest.fixture(scope="session")
def made() -> Made:
    return Made()


@dataclass
class Watched:
    """A page that is read an hour after an hour, through the whole path, each reading its own confirmation."""

    registry: Registry
    memory: Memory = field(default_factory=Memory)
    told: list[Transition] = field(default_factory=list)
    reads: int = 0

    def shows(self, text: str, *, registry: Registry | None = None, stored: bool = False, reader: str = "1") -> Change:
        """Read the page as it is now. `registry` is another one from now on."""
        self.registry = registry or self.registry
        day = date(2026, 11, 21)
        standard = Standard(self.registry, day, languages.load)
        article = reading.read(Snapshot(PAGE, dedent(text).encode(), "text/markdown"))
        one = reading_of(
            judge(article, standard, followed(self.memory)),
            hours(self.reads),
            self.registry,
            day,
            text=text_of(article),
            policies=policies_of(self.registry),
            reader=reader,
        )
        self.reads += 1
        change = take(self.memory, replace(one, stored=stored))
        self.memory = self.memory.after(change, one)
        self.told += change.transitions
        return change

    @property
    def lives(self) -> list[tuple[str, str, str]]:
        """(term, state, published) of the findings, in the order in which they opened."""
        return [(one.term, one.state.value, one.statement.published) for one in self.memory.findings]


@pytest.fixture
def watched(registry_of: Callable[..., Registry]) -> Callable[..., Watched]:
    """`watched(terms)`: a page held against these terms, or those of the unlock policy."""

    def watch(terms: str = UNLOCK, **options: str) -> Watched:
        return Watched(registry_of(terms, **options))

    return watch
