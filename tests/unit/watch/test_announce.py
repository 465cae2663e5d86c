"""From a page that changes to what is to be said of it: once, and never nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drift.assembly.alerts import delivering, heard, scenes
from drift.assembly.watch import Watch
from drift.model.alert import DeliveryState, Reason
from drift.model.errors import InputError
from drift.model.finding import Silence
from drift.model.ports import Http
from drift.model.responses import Response
from drift.settings import Settings, load
from drift.settings.alerts import AlertsConfig
from drift.store import SqlStore, open_store
from drift.watch.announce import remind
from drift.watch.deliver import Delivering

POLICY = """\
policy: device-unlock
title: Device unlock
owner: {team: Wireless policy, email: wireless@larkspur.example}
severity: high
terms:
  - {term: wait, says: A phone can be unlocked after 60 days of service., value: 60 days, topics: [unlock your phone]}
"""
SETTINGS = """\
policies: policies
sources: [{name: help, kind: files, at: articles}]
alerts:
  notifiers:
    content: {kind: slack, webhook: {env: HOOK}}
    managers: {kind: slack, webhook: {env: HOOK}}
  routes:
    - {name: content, to: [content]}
    - {name: managers, to: [managers]}
  default: content
  escalation: {high: [{after: 4 hours, route: managers}]}
"""
SECRET = "https://hooks.slack.example/services/T1/B1/s3cr3t"
RIGHT, WRONG, OTHER = "60 days", "30 days", "45 days"


@dataclass
class Place:
    """A folder of articles under watch, at a time that goes on when it is told to."""

    folder: Path
    store: SqlStore
    settings: Settings
    now: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def watch(self) -> Watch:
        return Watch(self.settings, self.store, self.clock)

    def says(self, value: str, name: str = "unlock") -> None:
        text = f"# Unlock your phone\n\nYou can unlock your phone after {value} of service.\n"
        (self.folder / "articles" / f"{name}.md").write_text(text)

    def crawl(self) -> None:
        self.now += timedelta(minutes=30)
        self.watch().crawl("help")

    def remind(self) -> int:
        return remind(self.store, scenes(self.settings, self.watch().standard().registry), self.clock)

    def delivering(self, http: Http, tell: Callable[[str], None] = lambda _: None) -> Delivering:
        return delivering(self.settings, self.store, http, self.clock, sleep=lambda _: None, tell=tell)

    def said(self) -> list[str]:
        """'reason' of all that was ever to be said, the oldest first."""
        return [each.event.told.reason.value for each in reversed(self.store.outbox.find())]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    for name in ("policies", "articles"):
        (tmp_path / name).mkdir()
    (tmp_path / "policies" / "unlock.yaml").write_text(POLICY)
    (tmp_path / "drift.yaml").write_text(SETTINGS)
    settings = load(tmp_path / "drift.yaml", {"HOOK": SECRET})
    with open_store(f"sqlite:///{tmp_path / 'drift.db'}") as store:
        yield Place(tmp_path, store, settings)


class Slack:
    """Takes everything, and keeps the bodies."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def post(self, url: str, body: bytes, headers: object, timeout: float, *, most: int = 0) -> Response:  # noqa: ARG002
        assert url == SECRET
        self.bodies.append(body)
        return Response(200, b"ok", {})


def test_the_story_from_the_overwritten_article_to_the_mended_one(place: Place) -> None:
    place.says(RIGHT)
    place.crawl()
    assert place.said() == []
    place.says(WRONG)
    place.crawl()
    (opened,) = place.store.outbox.find()
    assert opened.event.told.moment == (
        'A customer who reads "Unlock your phone" is told 30 days. The policy is 60 days.'
    )
    assert opened.event.told.news == "The page changed: it was right before."
    assert opened.event.told.before == "You can unlock your phone after 60 days of service."
    place.says(RIGHT)
    place.crawl()
    slack = Slack()
    counts = place.delivering(slack).run()
    assert counts == {"sent": 2}
    assert b"30 days" in slack.bodies[0]
    assert opened.event.subject.encode() in slack.bodies[1]
    resolved = place.store.outbox.find()[0].event.told
    assert resolved.news == "The page is right again. It was wrong for at most 1 hour."


def test_a_first_run_that_finds_much_is_one_message_and_then_only_what_changes(place: Place) -> None:
    for number in range(12):
        place.says(WRONG, f"unlock-{number}")
    place.crawl()
    slack = Slack()
    sending = place.delivering(slack)
    assert sending.run() == {"sent": 1}
    assert {each.message_reason for each in place.store.outbox.find()} == {Reason.BASELINE}
    place.crawl()
    assert sending.run() == {}
    place.says(OTHER, "unlock-3")
    place.crawl()
    assert sending.run() == {"sent": 1}
    assert place.said() == ["opened"] * 12 + ["changed"]


@pytest.mark.parametrize("seed", range(4))
def test_running_twice_says_nothing_twice(place: Place, seed: int) -> None:
    """Whatever a page does, each of its changes is said once, however often it is looked at and reminded of."""
    dice = random.Random(seed)
    place.says(RIGHT)
    place.crawl()
    expected: list[str] = []
    value, wrong, times = RIGHT, False, 0
    for _ in range(8):
        new = dice.choice([RIGHT, WRONG, OTHER])
        if new != value:
            if new == RIGHT:
                expected.append("resolved")
            elif wrong:
                expected.append("changed")
            else:
                times += 1
                expected.append("opened" if times == 1 else "regressed")
        value, wrong = new, new != RIGHT
        place.says(value)
        for _ in range(2):
            place.crawl()
            place.remind()
    assert [each for each in place.said() if each != "escalated"] == expected
    keys = [each.event.key for each in place.store.outbox.find()]
    assert len(keys) == len(set(keys))


def test_what_nobody_acknowledges_is_escalated_once_with_its_title(place: Place) -> None:
    place.says(RIGHT)
    place.crawl()
    place.says(WRONG)
    place.crawl()
    place.now += timedelta(hours=4)
    assert [place.remind(), place.remind()] == [1, 0]
    event = place.store.outbox.waiting("managers")[0].event
    assert (event.route, event.told.title) == ("managers", "Unlock your phone")
    assert event.told.news.startswith("It has been wrong for 4 hours; nobody has acknowledged it")


def test_who_was_called_in_hears_of_the_end_as_well(place: Place) -> None:
    """In the life of the finding in which they were: when it comes back and is mended at once, they hear nothing."""
    for wait in (timedelta(hours=4), timedelta(0)):
        place.says(RIGHT)
        for _ in range(5):  # a page that turns back and forth within a day closes nothing
            place.crawl()
            place.now += timedelta(hours=6)
        place.says(WRONG)
        place.crawl()
        place.now += wait
        place.remind()
    place.says(RIGHT)
    place.crawl()
    told = [(each.notifier, each.event.told.reason.value) for each in reversed(place.store.outbox.find())]
    assert told == [
        ("content", "opened"),
        ("managers", "escalated"),
        ("content", "resolved"),
        ("managers", "resolved"),
        ("content", "regressed"),
        ("content", "resolved"),
    ]


def test_what_a_silence_hid_is_told_when_it_ends(place: Place) -> None:
    place.says(RIGHT)
    place.crawl()
    silence = Silence(
        "S-1", "ana", "being rewritten", place.now, place.now + timedelta(hours=3), policy="device-unlock"
    )
    place.store.findings.silence(silence)
    place.says(WRONG)
    place.crawl()
    assert place.said() == []
    assert [each.hidden for each in place.store.findings.silences()] == [1]
    place.crawl()
    assert (place.remind(), [each.hidden for each in place.store.findings.silences()]) == (0, [1])
    place.now += timedelta(hours=3)
    assert (place.remind(), place.remind(), place.said()) == (1, 0, ["expired"])


def test_a_source_that_cannot_be_read_is_told_once(place: Place) -> None:
    place.says(RIGHT)
    place.crawl()
    for number in range(5):
        run = place.store.runs.start("help", "crawl", place.clock())
        place.store.runs.end(run, place.clock(), {}, "its host name does not resolve")
        assert place.remind() == (1 if number == 2 else 0)
    assert place.said() == ["blind"]


def test_the_address_of_a_webhook_stands_nowhere(place: Place) -> None:
    place.says(WRONG)
    place.crawl()
    said: list[str] = []

    class Refusing(Slack):
        def post(self, url: str, body: bytes, headers: object, timeout: float, *, most: int = 0) -> Response:  # noqa: ARG002
            return Response(404, f"no_service at {SECRET}".encode(), {})

    place.delivering(Refusing(), said.append).run()
    (waiting,) = place.store.outbox.find(state=DeliveryState.WAITING)
    assert waiting.failure
    assert said
    kept = "".join(file.read_bytes().decode("latin-1") for file in place.folder.glob("drift.db*"))
    assert "s3cr3t" not in kept + "".join(said)


def test_who_would_hear_of_a_finding(place: Place) -> None:
    place.says(WRONG)
    place.crawl()
    (finding,) = place.store.findings.find()
    found = heard(place.settings, place.store, finding.id, place.clock)
    assert (found.route, found.notifiers, found.silence) == ("content", ("content",), None)
    assert [step.route for step in found.steps] == ["managers"]
    with pytest.raises(InputError, match="there is no finding F-00000000"):
        heard(place.settings, place.store, "F-00000000", place.clock)


def test_without_routes_nothing_is_kept_to_be_said(place: Place) -> None:
    place.settings = place.settings.model_copy(update={"alerts": AlertsConfig()})
    place.says(WRONG)
    place.crawl()
    assert (place.remind(), place.said()) == (0, [])


def test_a_source_that_was_not_read_for_months_is_told_once(place: Place) -> None:
    runs = place.store.runs
    for _ in range(150):
        runs.end(runs.start("help", "crawl", place.clock()), place.clock(), {}, "the sitemap answers 503")
        if place.now.second % 10 == 0:
            place.remind()
    assert place.said() == ["blind"]
