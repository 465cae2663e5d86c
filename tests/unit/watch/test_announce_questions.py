"""Questions from the pages that raise them to who owns the policy: after a first pass, then weekly, never twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drift.assembly.alerts import delivering, scenes
from drift.assembly.watch import Watch
from drift.model.alert import Fact
from drift.model.finding import Silence
from drift.model.responses import Response
from drift.settings import Settings, load
from drift.store import SqlStore, open_store
from drift.watch.announce import remind

POLICY = """\
policy: parcels
owner: {team: Shop, email: shop@larkspur.example}
terms:
  - term: storage
    says: Storing a parcel at the depot costs USD 5 per week.
    value: USD 5 per week
    topics: [storing a parcel]
"""
SETTINGS = """\
policies: policies
sources: [{name: help, kind: files, at: articles}]
alerts:
  notifiers: {desk: {kind: slack, webhook: {env: HOOK}}}
  routes: [{name: all, to: [desk]}, {name: shop, to: [desk], when: {policy_owner: [Shop]}}]
  default: all
"""
HOOK = "https://hooks.slack.example/services/T1/B1/s3cr3t"
DOUBTFUL = "Storing a parcel at the depot costs USD 5 per day."  # the same amount for another time alarms nobody
DAY = timedelta(days=1)


class Slack:
    """Takes everything, and keeps the bodies."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def post(self, url: str, body: bytes, headers: object, timeout: float, *, most: int = 0) -> Response:  # noqa: ARG002
        self.bodies.append(body)
        return Response(200, b"ok", {})


@dataclass
class Place:
    """A folder of articles under watch, at a time that goes on when it is told to."""

    folder: Path
    store: SqlStore
    settings: Settings
    now: datetime = datetime(2026, 11, 29, 23, tzinfo=UTC)  # an hour before a week of the calendar ends

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def says(self, text: str, name: str = "parcels") -> None:
        (self.folder / "articles" / f"{name}.md").write_text(f"# Parcels\n\n{text}\n", encoding="utf-8")

    def crawl(self, *, stopped: bool = False) -> None:
        Watch(self.settings, self.store, self.clock).crawl("help", stopped=lambda: stopped)

    def remind(self) -> None:
        registry = Watch(self.settings, self.store, self.clock).standard().registry
        remind(self.store, scenes(self.settings, registry), self.clock)

    def passes(self, time: timedelta) -> None:
        self.now += time
        self.remind()

    def told(self) -> list[Fact]:
        """All that was ever to be said, the oldest first."""
        return [each.event.told for each in reversed(self.store.outbox.find())]

    def asked(self) -> list[int]:
        """How many questions each digest counted; nothing else was said."""
        assert {told.reason.value for told in self.told()} <= {"questions"}
        return [told.waiting for told in self.told()]


def place_in(folder: Path, settings: str = SETTINGS) -> Iterator[Place]:
    for name in ("policies", "articles"):
        (folder / name).mkdir()
    (folder / "policies" / "parcels.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "drift.yaml").write_text(settings, encoding="utf-8")
    with open_store(f"sqlite:///{folder / 'drift.db'}") as store:
        yield Place(folder, store, load(folder / "drift.yaml", {"HOOK": HOOK}))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    yield from place_in(tmp_path)


def test_the_owner_is_asked_after_the_first_pass_and_then_weekly_while_any_question_waits(place: Place) -> None:
    place.says(DOUBTFUL)
    place.remind()
    place.crawl(stopped=True)
    place.remind()
    assert place.asked() == []  # the first pass is not over: what it will find is not known
    place.crawl()
    place.remind()
    assert place.asked() == [1]
    for _ in range(12):
        place.passes(12 * timedelta(hours=1))
    assert place.asked() == [1]  # also where another week of the calendar has begun meanwhile
    place.says(DOUBTFUL, "depot")
    place.crawl()
    place.remind()
    assert place.asked() == [1]
    place.passes(DAY)
    assert place.asked() == [1, 2]


def test_where_nothing_waits_nobody_is_asked_and_who_has_new_ones_waits_no_longer(place: Place) -> None:
    place.says("We keep parcels.")
    place.crawl()
    place.remind()
    assert place.asked() == []
    place.says(DOUBTFUL, "depot")
    place.crawl()
    place.remind()
    assert place.asked() == [1]
    place.says("We are closed.", "depot")
    place.crawl()
    place.passes(8 * DAY)
    assert place.asked() == [1]
    place.says(DOUBTFUL, "harbour")
    place.crawl()
    place.remind()
    assert place.asked() == [1, 1]


def test_what_is_asked_is_what_stands_there(place: Place) -> None:
    place.says(DOUBTFUL)
    place.crawl()
    place.remind()
    (told,) = place.told()
    (asked,) = told.asked
    assert (asked.quote, asked.value_text, asked.published) == (DOUBTFUL, "USD 5 per day", "USD 5 per day")
    assert (asked.expected, asked.title) == ("USD 5 per week", "Parcels")
    assert [each.event.route for each in place.store.outbox.find()] == ["shop"]


def test_a_restart_neither_repeats_nor_loses_it(place: Place) -> None:
    """Killed before it was sent, it waits in the store; killed after, it was said."""
    place.says(DOUBTFUL)
    place.crawl()
    place.remind()
    folder = place.folder
    place.store.close()
    with open_store(f"sqlite:///{folder / 'drift.db'}") as store:
        again = Place(folder, store, place.settings, place.now)
        again.remind()
        slack = Slack()
        assert delivering(again.settings, store, slack, again.clock, sleep=lambda _: None).run() == {"sent": 1}
        again.passes(DAY)
        assert delivering(again.settings, store, slack, again.clock, sleep=lambda _: None).run() == {}
    (body,) = slack.bodies
    assert b"1 sentence may contradict your policies: 1 minute" in body
    assert b"USD 5 per day" in body


def test_what_a_silence_hides_is_not_asked(place: Place) -> None:
    place.says(DOUBTFUL)
    place.crawl()
    silence = Silence("S-1", "ana", "rewriting", place.now, place.now + 2 * DAY, policy="parcels")
    place.store.findings.silence(silence)
    place.remind()
    assert place.asked() == []
    place.passes(3 * DAY)
    assert place.asked() == [1]


def test_a_source_that_was_never_read_asks_nothing(tmp_path: Path) -> None:
    two = SETTINGS.replace("at: articles}", "at: articles}, {name: shop, kind: files, at: elsewhere}")
    for place in place_in(tmp_path, two):
        place.says(DOUBTFUL)
        place.crawl()
        place.remind()
        assert place.asked() == [1]


@pytest.mark.parametrize("asks", ["off", "all"])
def test_it_can_be_switched_off_and_sent_elsewhere(tmp_path: Path, asks: str) -> None:
    for place in place_in(tmp_path, SETTINGS.replace("default: all", f"default: all\n  questions: {asks}")):
        place.says(DOUBTFUL)
        place.crawl()
        place.remind()
        assert [each.event.route for each in place.store.outbox.find()] == ([] if asks == "off" else ["all"])
