"""What the other articles of a source say is evidence in a watch too: in any order, of this source alone, for good.

The weight of the evidence is made heavier here than it is, so that it decides: what is tried is how it comes together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tries import tries

from drift.check.check import check
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.engine.verdicts import weights
from drift.model import Outcome, Page, Registry, Snapshot, Validators
from drift.model.archive import Kept
from drift.model.errors import BlindReason, FetchError
from drift.model.finding import State
from drift.model.memory import Run
from drift.model.statement import Cause
from drift.sources.watched import Urls
from drift.store import SqlStore
from drift.watch.crawl import Pass
from drift.watch.days import Days
from drift.watch.looking import Gauge
from drift.watch.rejudge import rejudge
from drift.watch.replay import Replay
from drift.watch.watched import Watched

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
PAGES = tuple(f"https://help.larkspur.example/{name}" for name in ("a", "b", "c", "d"))
A, B, C, D = PAGES
TERMS = """\
- {term: window, says: Unused goods can be returned within 30 days of delivery., value: 30 days, bound: at most,
   topics: [return unused goods]}
- {term: fee, says: Returning goods by post costs USD 5., value: USD 5, topics: [return by post]}
"""
SAID = {
    "right": "You can return unused goods within 30 days of delivery.",
    "surely": "You can return unused goods within 14 days of delivery.",
    "likely": "Goods go back within 14 days of delivery.",
    "maybe": "Goods that you do not want come back to us within 14 days.",
    "hardly": "Goods are looked at within 2 days.",
    "fee": "A return by post costs USD 5. Goods that you do not want come back to us within 20 days.",
    "dearer": "A return by post costs USD 9. Goods that you do not want come back to us within 20 days.",
    "silent": "You can return unused goods.",
}
SAYING = st.sampled_from(sorted(SAID))
MOMENT = st.tuples(*(st.one_of(SAYING, SAYING, st.sampled_from([BlindReason.NOT_FOUND, BlindReason.FORBIDDEN])),) * 4)
HISTORY = st.lists(MOMENT, min_size=1, max_size=3)
EXAMPLES = tries(8)


@pytest.fixture(autouse=True, scope="module")
def heavy() -> Iterator[None]:
    """An agreeing article elsewhere makes an alarm of a question; an article alone is judged as it is."""
    alone = weights.BIAS - 3 * weights.WEIGHTS["said elsewhere"]
    heavier = {"agreeing elsewhere": 1.0, "said elsewhere": 0.0, "elsewhere": 0.0}
    with patch.dict(weights.WEIGHTS, heavier), patch.object(weights, "BIAS", alone):
        yield


@dataclass
class MadeUp:
    """A carrier to whom every page says what it is told to say now."""

    says: dict[str, str | BlindReason] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def fetch(self, page: Page, validators: Validators | None = None, *, fresh: bool = False) -> Snapshot:  # noqa: ARG002
        self.fetched.append(page.address)
        said = self.says.get(page.address, BlindReason.NOT_FOUND)
        if isinstance(said, BlindReason):
            raise FetchError(said)
        return Snapshot(page, f"# Goods\n\n{SAID.get(said, said)}\n".encode(), "text/markdown")


@dataclass
class Site:
    """A site that is watched with a store of its own, an hour from moment to moment."""

    store: SqlStore
    gauge: Gauge
    carrier: MadeUp = field(default_factory=MadeUp)
    now: datetime = START

    def crawl(
        self, pages: Sequence[str] = PAGES, source: str = "help", stopped: Callable[[], bool] = lambda: False
    ) -> Run:
        watched = Watched(source, Urls(pages), self.carrier, self.gauge, timedelta(days=7))
        return Pass(watched, self.store, lambda: self.now, stopped=stopped).run()

    def says(self, **said: str | BlindReason) -> None:
        self.now += timedelta(hours=1)
        self.carrier.says |= {f"https://help.larkspur.example/{name}": one for name, one in said.items()}

    def becomes(self, moment: Sequence[str | BlindReason]) -> None:
        self.says(**dict(zip("abcd", moment, strict=True)))

    def remembered(self) -> list[Any]:
        found = sorted(self.store.findings.find(source="help"), key=lambda one: one.id)
        return [found, [self.store.findings.history(one.id) for one in found], self.store.pages.readings(PAGES)]

    def states(self) -> dict[str, str]:
        """'a' -> the state of the finding there about the window."""
        return {one.article[-1]: one.state.value for one in self.store.findings.find(term="window")}


@pytest.fixture(scope="module")
def gauge(registry_of: Callable[..., Registry]) -> Gauge:
    return Gauge.of(Standard(registry_of(TERMS), date(2026, 11, 2), languages.load))


@pytest.fixture(scope="module")
def site(gauge: Gauge, new_store: Any) -> Callable[[], Any]:
    """A context that gives a new site."""

    @contextmanager
    def made() -> Iterator[Site]:
        with new_store() as store:
            yield Site(store, gauge)

    return made


@EXAMPLES
@given(HISTORY, st.permutations(PAGES))
def test_the_order_of_visits_changes_nothing(site: Any, history: list[Any], order: list[str]) -> None:
    with site() as one, site() as other:
        for moment in history:
            one.becomes(moment)
            one.crawl()
            other.becomes(moment)
            other.crawl(order)
        assert other.remembered() == one.remembered()


@EXAMPLES
@given(HISTORY)
def test_the_first_pass_says_what_the_second_does(site: Any, history: list[Any]) -> None:
    with site() as watched:
        for moment in history:
            watched.becomes(moment)
            watched.crawl()
            before = watched.remembered()
            watched.crawl()
            assert watched.remembered() == before


@EXAMPLES
@given(MOMENT, MOMENT)
def test_an_article_of_another_source_changes_nothing(site: Any, moment: Any, strange: Any) -> None:
    others = tuple(f"https://shop.larkspur.example/{name}" for name in "abcd")
    with site() as alone, site() as beside:
        for each in (alone, beside):
            each.becomes(moment)
        beside.carrier.says |= dict(zip(others, strange, strict=True))
        beside.crawl(others, "shop")
        for each in (alone, beside):
            each.crawl()
        beside.crawl(others, "shop")
        for each in (alone, beside):
            each.crawl()
        assert beside.remembered() == alone.remembered()


@EXAMPLES
@given(MOMENT)
def test_a_check_says_the_same(site: Any, gauge: Gauge, moment: Any) -> None:
    with site() as watched:
        watched.becomes(moment)
        watched.crawl()
        report = check(map(Page, PAGES), watched.carrier, gauge.standard, lambda: watched.now)
        readings = watched.store.pages.readings(PAGES)
        for examined in report.examined:
            said = [(one.outcome, one.confidence, one.match.claim.quote) for one in examined.verdicts]
            kept = readings[examined.page.public].statements if examined.page.public in readings else ()
            assert [(one.outcome, one.confidence, one.quote) for one in kept] == said


def test_what_another_article_says_makes_an_alarm_of_a_question_in_any_order(site: Any) -> None:
    """The trial above could hold where nothing ever hangs on another article: here it does."""
    found = set()
    for order in permutations((A, B)):
        with site() as watched:
            watched.says(a="maybe", b="silent")
            watched.crawl((A, B))
            assert watched.states() == {"a": "suspected"}
        with site() as watched:
            watched.says(a="maybe", b="right")
            watched.crawl(order)
            (one,) = watched.store.findings.find(article=A)
            (step,) = watched.store.findings.history(one.id)
            found.add((one.state, step.before, step.cause))
    assert found == {(State.OPEN, None, Cause.PAGE)}


def test_a_page_that_did_not_change_is_judged_by_what_others_say_now(site: Any) -> None:
    with site() as watched:
        watched.says(a="maybe", b="silent")
        watched.crawl((A, B))
        watched.says(b="right")
        run = watched.crawl((A, B))
        (one,) = watched.store.findings.find(article=A)
        asked, answered = watched.store.findings.history(one.id)
        assert (asked.after, answered.before, answered.after) == (State.SUSPECTED, State.SUSPECTED, State.OPEN)
        assert (answered.cause, one.cause, one.first_diverged) == (Cause.PAGE, Cause.PAGE, START + timedelta(hours=1))
        assert (run.counts["pages"], run.counts["open"]) == (2, 1)
        before = watched.remembered()
        watched.crawl((B, A))
        assert watched.remembered() == before


def test_what_was_held_stays_held_when_the_others_fall_silent(site: Any) -> None:
    with site() as watched:
        watched.says(a="maybe", b="right")
        watched.crawl((A, B))
        watched.says(b=BlindReason.NOT_FOUND)
        watched.crawl((A, B))
        assert watched.states() == {"a": "open"}


@pytest.mark.parametrize(("reason", "state"), [(BlindReason.FORBIDDEN, "open"), (BlindReason.NOT_FOUND, "suspected")])
def test_what_a_page_said_stays_while_it_is_blind_and_goes_with_it(site: Any, reason: BlindReason, state: str) -> None:
    with site() as watched:
        watched.says(a="silent", b="right")
        watched.crawl((A, B))
        watched.says(a="maybe", b=reason)
        watched.crawl((A, B))
        assert watched.states() == {"a": state}


def test_what_a_page_says_counts_again_when_it_is_back(site: Any) -> None:
    with site() as watched:
        watched.says(a="maybe", b="right")
        watched.crawl((B,))
        watched.says(b=BlindReason.NOT_FOUND)
        watched.crawl((A, B))
        assert watched.states() == {"a": "suspected"}
        watched.says(b="right")
        watched.crawl((A, B))
        assert watched.states() == {"a": "open"}


def test_addresses_of_one_text_are_one_voice(site: Any, gauge: Gauge) -> None:
    """A page is no evidence for its copy: neither in a watch, where it is its duplicate, nor in a check."""
    text = f"{SAID['maybe']} {'Ask at the desk of any shop, or call us. ' * 5}"
    with site() as watched, patch.dict(weights.WEIGHTS, {"agreeing elsewhere": 0.0, "said elsewhere": 1.0}):
        watched.says(a=text, b=text, c="silent")
        run = watched.crawl((A, B, C))
        assert (run.counts["duplicates"], watched.states()) == (1, {})
        report = check(map(Page, (A, B)), watched.carrier, gauge.standard, lambda: watched.now)
        assert [examined.verdicts for examined in report.examined] == [(), ()]
        watched.says(d="maybe")
        watched.crawl()
        assert watched.states() == {"a": "suspected", "d": "suspected"}
        report = check(map(Page, (A, B, D)), watched.carrier, gauge.standard, lambda: watched.now)
        assert [[one.outcome for one in each.verdicts] for each in report.examined] == [[Outcome.SUSPECT]] * 3


def test_an_earlier_version_of_a_page_is_no_evidence_for_it(site: Any) -> None:
    with site() as watched:
        watched.says(a="right", b="silent")
        watched.crawl((A, B))
        watched.says(a="We sell goods of all kinds, and some of it is on sale. " * 4 + SAID["maybe"])
        watched.crawl((A, B))
        assert watched.states()["a"] == "suspected"


def test_what_is_certain_is_said_before_the_pass_is_over(site: Any) -> None:
    """It does not wait for the other articles with what hangs on them."""
    with site() as watched:
        watched.says(a="fee", b="silent", c="silent", d="silent")
        watched.crawl()
        watched.says(a="dearer")
        watched.crawl(stopped=lambda: bool(watched.store.findings.find(term="fee")))
        (held,) = watched.store.findings.find(term="fee")
        assert (held.state, held.statement.published) == (State.OPEN, "USD 9")
        assert "USD 5" in watched.store.pages.reading(A).statements[0].published  # the rest is still to be judged
        watched.crawl()
        assert [one.after for one in watched.store.findings.history(held.id)] == [State.OPEN]
        assert "USD 9" in watched.store.pages.reading(A).statements[0].published


def test_a_page_is_fetched_no_oftener_than_it_was(site: Any) -> None:
    """What is held is kept, and not fetched again to be judged: only what changes a finding is, as ever."""
    with site() as watched:
        watched.says(a="maybe", b="right", c="silent", d="silent")
        watched.crawl()
        assert sorted(watched.carrier.fetched) == sorted((*PAGES, A))


@pytest.mark.parametrize("order", [(A, B), (B, A)])
def test_what_is_stored_is_judged_by_all_of_it(site: Any, gauge: Gauge, order: tuple[str, ...]) -> None:
    """After a change of what reads: as after that of a policy, each article by what all of them say by then."""
    older = replace(gauge, reader="older")
    with site() as watched:
        watched.gauge = older
        watched.says(a="maybe", b="right")
        with patch.dict(weights.WEIGHTS, {"agreeing elsewhere": 0.0}):
            watched.crawl(order)
        assert watched.states() == {"a": "suspected"}
        rejudge(watched.store, "help", gauge, lambda: watched.now)
        assert watched.states() == {"a": "open"}
        (one,) = watched.store.findings.find(article=A)
        assert watched.store.findings.history(one.id)[-1].cause is Cause.READER
        before = watched.remembered()
        rejudge(watched.store, "help", gauge, lambda: watched.now)
        assert watched.remembered() == before


@dataclass
class Past:
    """An archive: (days after the start, page, what it said)."""

    told: Sequence[tuple[int, str, str]]
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return len(self.told)

    def kept(self) -> Iterator[Kept]:
        for day, page, said in self.told:
            got = Snapshot(Page(page), f"# Goods\n\n{SAID[said]}\n".encode(), "text/markdown")
            yield Kept(Page(page), START + timedelta(days=day), f"{day}", got)


def replayed(site: Site, *told: tuple[int, str, str]) -> dict[str, list[str]]:
    """'a' -> the states that its finding about the window came to, with how many days after the start."""
    days = Days(site.gauge.standard.registry, languages.load)
    replayed = Replay(Past(told), days, site.store, lambda: START + timedelta(days=30)).run()
    return {
        one.article[-1]: [
            f"{step.after.value} {(step.at - START).days}" for step in site.store.findings.history(one.id)
        ]
        for one in replayed.findings
        if one.term == "window"
    }


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_a_day_in_the_past_all_articles_are_heard_in_any_order(site: Any, order: tuple[int, int]) -> None:
    day = [(1, A, "maybe"), (1, B, "right")]
    with site() as watched:
        assert replayed(watched, *(day[at] for at in order)) == {"a": ["open 1"]}
        assert replayed(watched, *day) == {"a": ["open 1"]}


def test_what_was_said_later_is_no_evidence_for_a_day_in_the_past(site: Any) -> None:
    with site() as watched:
        told = replayed(watched, (1, A, "maybe"), (2, B, "right"), (3, C, "maybe"), (3, B, "silent"))
        assert told == {"a": ["suspected 1"], "c": ["suspected 3"]}
    with site() as watched:
        assert replayed(watched, (1, B, "right"), (2, A, "maybe")) == {"a": ["open 2"]}
