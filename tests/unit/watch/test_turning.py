"""Pages that say one thing or the other at random, as behind two servers of which one has an old copy."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from drift.findings import Memory
from drift.model import Article, Outcome, Page, Snapshot
from drift.model.finding import PageState, Reading
from drift.model.statement import Statement
from drift.watch import visits
from drift.watch.looking import Look
from drift.watch.visits import Visit

PAGE = Page("https://help.larkspur.example/unlock")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
RIGHT, WRONG = "60 days", "30 days"
SEEDS = 30
Said = Callable[[], str]


@dataclass
class Visited:
    """A page that is visited again and again; each fetch of it asks `says` what it says just then."""

    says: Said
    apart: timedelta = timedelta(hours=1)
    state: PageState | None = None
    memory: Memory = field(default_factory=Memory)
    texts: list[str] = field(default_factory=list)  # its versions
    told: list[str] = field(default_factory=list)  # the states that its finding came to
    fetches: int = 0
    at: datetime = START

    def visit(self, times: int = 1) -> Visited:
        for _ in range(times):
            self.at += self.apart
            visit = Visit(PAGE, "docs", self.state, self.memory)
            got, seen = self._fetch()
            outcome = visits.read(visit, got, seen, self.at, self._fetch, had=lambda text: text in self.texts[:-1])
            self.state = outcome.state
            findings = {one.id: one for one in (*self.memory.findings, *outcome.findings)}
            last = outcome.reading or self.memory.last
            self.memory = Memory(last, self.state.read_at, tuple(findings.values()))
            if outcome.snapshot is not None:
                self.texts.append(self.state.text)
            self.told += [made.after.value for made in outcome.transitions]
        return self

    def saying(self, says: Said) -> Visited:
        self.says = says
        return self

    def _fetch(self) -> tuple[Snapshot, Look]:
        self.fetches += 1
        said = self.says()
        got = Snapshot(PAGE, said.encode(), "text/html", status=200, fetched_at=self.at)
        last = self.memory.last
        known = last is not None and last.text == said
        return got, Look(said, Article(PAGE, "Unlocking", "en", ()), None if known else reading(said, self.at))


def reading(said: str, at: datetime) -> Reading:
    quote = f"You can unlock your phone after {said} of service."
    made = Statement(
        slot="s1",
        policy="unlock",
        term="wait",
        outcome=Outcome.AGREES if said == RIGHT else Outcome.DIVERGES,
        published=said,
        expected=RIGHT,
        sentence=quote,
        words="You can unlock your phone after ◊ of service.",
        nth=1,
        quote=quote,
        value_text=said,
        value_start=quote.index(said),
        confidence=0.97,
    )
    return Reading(PAGE, at, said, "policies-1", "reader-1", statements=(made,))


def at_random(seed: int, wrong: float) -> Said:
    """What a server says that is behind another, of which each request meets either."""
    chance = random.Random(seed)
    return lambda: WRONG if chance.random() < wrong else RIGHT


def told_of(seeds: range, visits: int, apart: timedelta, wrong: float) -> list[list[str]]:
    """What is told of pages that say one thing or the other at random, a list for each."""
    return [Visited(lambda: RIGHT, apart).visit().saying(at_random(seed, wrong)).visit(visits).told for seed in seeds]


@pytest.mark.parametrize(("hours", "wrong"), [(1, 0.5), (24, 0.5), (1, 0.25), (24, 0.75)])
def test_a_page_that_says_either_at_random_is_told_once(hours: float, wrong: float) -> None:
    """200 such pages were closed and opened again 26 times in 100 visits; 39 times, where they are read once a day.

    With one fetch more before a change, and a text that comes back counting for nothing, they were 214 times; and
    2,436 times once a day, where a day without a visit that differs was one visit.
    """
    told = told_of(range(SEEDS), 40, timedelta(hours=hours), wrong)
    assert all(one[:1] == ["open"] for one in told)
    assert sum(one.count("resolved") for one in told) <= 0.5 * SEEDS
    assert max(map(len, told)) <= 5


def test_a_page_that_was_put_back_once_opens_and_resolves_at_once() -> None:
    page = Visited(lambda: RIGHT).visit(2).saying(lambda: WRONG).visit(2)
    assert page.told == ["open"]
    page.saying(lambda: RIGHT).visit()
    assert page.told == ["open", "resolved"]
    assert page.state is not None
    assert page.state.unsteady_visits == 1
    page.visit(24)
    assert page.state.unsteady_visits == 0  # a day without anything that differed
    assert page.told == ["open", "resolved"]


def test_a_page_to_which_texts_come_back_closes_nothing_until_it_is_steady() -> None:
    page = Visited(lambda: RIGHT).visit()
    for said in (WRONG, RIGHT, WRONG, RIGHT):
        page.saying(lambda said=said: said).visit(2)  # type: ignore[misc]
    assert page.told == ["open", "resolved", "regressed"]  # the last one came back for the third time
    page.visit(21)
    assert page.told == ["open", "resolved", "regressed"]
    page.visit(4)
    assert page.told == ["open", "resolved", "regressed", "resolved"]


def test_only_what_may_turn_costs_more_fetches() -> None:
    page = Visited(lambda: RIGHT).visit(3)
    assert page.fetches == 3
    page.saying(lambda: WRONG).visit()
    assert page.fetches == 5  # a text that it never had is asked for twice
    page.saying(lambda: RIGHT).visit()
    assert page.fetches == 5 + 1 + visits.DOUBTED
    page.visit(3)
    assert page.fetches == 9 + 3
