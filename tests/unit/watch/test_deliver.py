"""Delivery through faults: whatever fails and whoever is killed, all that is due arrives, in order, under one key."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event as Flag

import pytest
from waiting import PATIENCE

from drift.alerts import AlertContext
from drift.assembly.alerts import all_in_time
from drift.model import Registry, Severity
from drift.model.alert import DeliveryState, Event, Fact, Message, Reason
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.route import Route, Routing
from drift.store import SqlStore, open_store
from drift.watch.deliver import Delivering

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SCENE = AlertContext(
    Routing((Route("all", ("slack", "mail")), Route("operators", ("mail",))), "all", "operators"), Registry(())
)


class KilledError(BaseException):
    """The process ends here."""


@dataclass
class Receiver:
    """A notifier by whose hands every message goes; `answers` says of each what happens to it."""

    name: str = "slack"
    answers: Callable[[], DeliveryError | KilledError | None] = lambda: None
    lost: Callable[[], bool] = lambda: False  # whether what fails had not arrived
    arrived: list[Message] = field(default_factory=list)
    tried: int = 0

    def send(self, message: Message) -> None:
        self.tried += 1
        answer = self.answers()
        if answer is None or not self.lost():
            self.arrived.append(message)
        if answer is not None:
            raise answer


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def on(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def failing(failure: DeliveryFailure, *, transient: bool = True, retry_after: float | None = None) -> Receiver:
    error = DeliveryError(failure, f"it says {failure.value}", transient=transient, retry_after=retry_after)
    return Receiver(answers=lambda: error, lost=lambda: True)


def told(finding: str, reason: Reason = Reason.OPENED, at: datetime = NOON) -> Event:
    facts = Fact(
        reason, at, Severity.HIGH, "A customer is told 30 days.", finding=finding, policy="unlock", source="help"
    )
    return Event(f"{finding}/{reason}/{at:%d%H%M%S%f}", finding, facts, "all", ("slack", "mail"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(f"sqlite:///{tmp_path / 'drift.db'}") as opened:
        yield opened


def delivering(store: SqlStore, clock: Clock, *receivers: Receiver) -> Delivering:
    named = {each.name: each for each in receivers}
    return Delivering(store, named, SCENE, clock, lambda: clock.now.timestamp(), clock.on, lambda: 0.5)


def keys(messages: Sequence[Message]) -> list[str]:
    return list(dict.fromkeys(message.key for message in messages))


@pytest.mark.parametrize("seed", range(8))
def test_all_that_is_due_arrives_in_order_whatever_fails(store: SqlStore, seed: int) -> None:
    dice, clock = random.Random(seed), Clock()
    faults = (
        DeliveryError(DeliveryFailure.UNREACHABLE, "refused", transient=True),
        DeliveryError(DeliveryFailure.THROTTLED, "429", transient=True, retry_after=70),
        DeliveryError(DeliveryFailure.SERVER_ERROR, "500", transient=True),
        DeliveryError(DeliveryFailure.TIMEOUT, "no answer", transient=True),
    )

    def answer() -> DeliveryError | KilledError | None:
        chance = dice.random()
        return KilledError() if chance < 0.15 else dice.choice(faults) if chance < 0.5 else None

    receivers = [Receiver(name, answer, lambda: dice.random() < 0.5) for name in ("slack", "mail")]
    happened: list[Event] = []
    process = delivering(store, clock, *receivers)
    for step in range(400):
        if step < 30:
            reason = dice.choice([Reason.OPENED, Reason.CHANGED, Reason.RESOLVED])
            new = told(f"F-{dice.randrange(5)}", reason, clock.now + timedelta(microseconds=step))
            assert store.outbox.put([new]) == 1
            happened.append(new)
        try:
            process.run()
        except KilledError:
            process = delivering(store, clock, *receivers)
        clock.on(dice.randrange(5, 900))
        if step > 30 and not store.outbox.notifiers():
            break
    assert store.outbox.find(state=DeliveryState.DEAD) == ()
    assert store.outbox.notifiers() == ()
    for receiver in receivers:
        said: dict[str, tuple[Fact, ...]] = {}
        for message in receiver.arrived:
            assert said.setdefault(message.key, message.tolds) == message.tolds  # sent again, it says the same
        once = [facts for facts_of in said.values() for facts in facts_of]
        assert sorted(once, key=lambda each: each.at) == [event.told for event in happened]
        for finding in {event.subject for event in happened}:
            heard = [each.at for each in once if each.finding == finding]
            assert heard == sorted(heard)


def test_a_second_run_sends_nothing_twice(store: SqlStore) -> None:
    clock, receiver = Clock(), Receiver()
    store.outbox.put([replace(told("F-1"), notifiers=("slack",))])
    process = delivering(store, clock, receiver)
    assert process.run() == {"sent": 1}
    assert process.run() == {}
    assert len(receiver.arrived) == 1


def test_who_is_killed_between_sending_and_writing_sends_the_same_again(store: SqlStore) -> None:
    clock = Clock()
    receiver = Receiver(answers=iter([KilledError(), None, None]).__next__)
    store.outbox.put([told("F-1"), told("F-2")])
    with pytest.raises(KilledError):
        delivering(store, clock, receiver).one("slack")
    store.outbox.put([told("F-3")])
    delivering(store, clock, receiver).one("slack")
    first, again = receiver.arrived[:2]
    assert first == again
    assert [each.finding for each in first.tolds] == ["F-1", "F-2"]


def test_a_notifier_sends_no_more_than_a_message_a_second(store: SqlStore) -> None:
    clock, receiver = Clock(), Receiver()
    store.outbox.put([told(f"F-{reason}", reason) for reason in (Reason.OPENED, Reason.CHANGED, Reason.RESOLVED)])
    assert delivering(store, clock, receiver).one("slack") == {"sent": 3}
    assert clock.now == NOON + timedelta(seconds=2)


def test_one_dead_notifier_holds_up_no_other(store: SqlStore) -> None:
    clock, mail = Clock(), Receiver("mail")
    store.outbox.put([told(f"F-{number}") for number in range(5)])
    counts = delivering(store, clock, failing(DeliveryFailure.UNREACHABLE), mail).run()
    assert counts == {"failed": 1, "sent": 1}
    assert len(mail.arrived[0].tolds) == 5


def test_a_slow_notifier_holds_up_no_other(store: SqlStore) -> None:
    """The mail arrives while the other notifier still waits for its answer, or this test would not end."""
    heard = Flag()

    @dataclass
    class Slow(Receiver):
        def send(self, message: Message) -> None:
            assert heard.wait(PATIENCE)
            self.arrived.append(message)

    @dataclass
    class Quick(Receiver):
        def send(self, message: Message) -> None:
            self.arrived.append(message)
            heard.set()

    slow, quick = Slow("a-slow-one"), Quick("mail")
    store.outbox.put([replace(told("F-1"), notifiers=("a-slow-one", "mail"))])
    with ThreadPoolExecutor(2) as threads:
        assert delivering(store, Clock(), slow, quick).run(threads) == {"sent": 2}


def attempts(store: SqlStore, clock: Clock, receiver: Receiver, until: timedelta) -> list[timedelta]:
    """When messages are tried, looked for every half a minute."""
    process = delivering(store, clock, receiver)
    tried, before = [], 0
    while clock.now < NOON + until:
        process.one("slack")
        if receiver.tried > before:
            tried.append(clock.now - NOON)
        before = receiver.tried
        clock.on(30)
    return tried


def test_what_fails_is_tried_less_and_less_often_and_given_up_after_a_day(store: SqlStore) -> None:
    store.outbox.put([told("F-1")])
    clock = Clock()
    tried = attempts(store, clock, failing(DeliveryFailure.TIMEOUT), timedelta(hours=3))
    waits = [round((later - earlier).total_seconds()) for earlier, later in pairwise(tried)]
    assert waits[:3] == [30, 60, 120]  # three quarters of 30, 60, 120, but for the rest of the notifier itself
    assert waits == sorted(waits)
    assert max(waits) <= 3_600
    clock.now = NOON + timedelta(hours=24)
    delivering(store, clock, failing(DeliveryFailure.TIMEOUT)).one("slack")
    (dead,) = store.outbox.find(state=DeliveryState.DEAD)
    assert (dead.notifier, dead.failure) == ("slack", "it says timeout")
    event = store.outbox.waiting("mail")[-1].event
    assert (event.route, event.told.reason) == ("operators", Reason.FAILED)
    assert "it says timeout" in event.told.news


def test_a_receiver_is_tried_no_sooner_than_it_asks(store: SqlStore) -> None:
    store.outbox.put([told("F-1"), told("F-2", Reason.RESOLVED)])
    tried = attempts(store, Clock(), failing(DeliveryFailure.THROTTLED, retry_after=900), timedelta(hours=1))
    assert [round(each.total_seconds()) for each in tried[:3]] == [0, 900, 1_800]


@pytest.mark.parametrize("asked", [31_536_000.0, 1e9, 90_000.0])
def test_a_receiver_that_asks_for_a_year_has_an_hour_and_its_alert_the_whole_day(store: SqlStore, asked: float) -> None:
    store.outbox.put([replace(told("F-1"), notifiers=("slack",))])
    clock = Clock()
    tried = attempts(store, clock, failing(DeliveryFailure.THROTTLED, retry_after=asked), timedelta(hours=23))
    assert [round(each.total_seconds()) for each in tried[:3]] == [0, 3_600, 7_200]
    assert store.outbox.find(state=DeliveryState.DEAD) == ()
    clock.on(3_600)
    mended = Receiver()
    assert delivering(store, clock, mended).one("slack") == {"sent": 1}


@pytest.mark.parametrize("asked", [-5.0, 0.0, 0.5])
def test_a_receiver_that_asks_for_next_to_nothing_is_tried_when_we_would(store: SqlStore, asked: float) -> None:
    store.outbox.put([replace(told("F-1"), notifiers=("slack",))])
    tried = attempts(store, Clock(), failing(DeliveryFailure.THROTTLED, retry_after=asked), timedelta(minutes=10))
    assert [round(each.total_seconds()) for each in tried[:3]] == [0, 30, 90]


@dataclass
class Failing(Receiver):
    """A notifier with a fault of its own in every message about F-1."""

    def send(self, message: Message) -> None:
        self.tried += 1
        if any(each.finding == "F-1" for each in message.tolds):
            raise KeyError("a secret of the message")
        self.arrived.append(message)


def test_a_fault_of_ours_is_tried_less_and_less_often_and_holds_up_no_other(store: SqlStore) -> None:
    said: list[str] = []
    store.outbox.put([replace(told("F-1"), notifiers=("slack",))])
    clock, receiver = Clock(), Failing()
    tried = attempts(store, clock, receiver, timedelta(hours=1))
    waits = [round((later - earlier).total_seconds()) for earlier, later in pairwise(tried)]
    assert waits[:3] == [30, 60, 90]
    assert waits == sorted(waits)
    store.outbox.put([replace(told("F-2"), notifiers=("slack",))])
    process = replace(delivering(store, clock, receiver), tell=said.append)
    process.one("slack")
    assert [each.finding for message in receiver.arrived for each in message.tolds] == ["F-2"]
    (waiting,) = store.outbox.waiting("slack")
    assert waiting.failure == "KeyError, a fault of drift (DRIFT_DEBUG=1 shows where)"
    told_so = [each for each in store.outbox.waiting("mail") if each.event.told.reason is Reason.FAILED]
    assert len(told_so) == 1
    assert "secret" not in told_so[0].event.told.news
    clock.now = NOON + timedelta(hours=24)
    delivering(store, clock, receiver).one("slack")
    assert [dead.event.subject for dead in store.outbox.find(state=DeliveryState.DEAD)] == ["F-1"]


def test_a_message_that_is_refused_is_given_up_at_once_and_holds_up_no_other(store: SqlStore) -> None:
    refused = DeliveryError(DeliveryFailure.REFUSED, "400 invalid_blocks")
    receiver = Receiver(answers=iter([refused, None]).__next__, lost=lambda: True)
    store.outbox.put([told("F-1"), told("F-2", Reason.RESOLVED)])
    assert delivering(store, Clock(), receiver).one("slack") == {"given up": 1, "sent": 1}
    assert [each.told.reason for each in (row.event for row in store.outbox.waiting("mail"))][-1] is Reason.FAILED


def test_the_operator_hears_once_of_a_revoked_address_until_it_works_again(store: SqlStore) -> None:
    clock, gone = Clock(), failing(DeliveryFailure.GONE, transient=False)
    store.outbox.put([told("F-1")])
    process = delivering(store, clock, gone)
    for _ in range(20):
        process.one("slack")
        clock.on(1_800)
    told_so = [each for each in store.outbox.waiting("mail") if each.event.told.reason is Reason.FAILED]
    assert [each.event.key for each in told_so] == ["notifier slack/failed/first/0"]
    mended = Receiver()
    clock.on(7_200)
    delivering(store, clock, mended).one("slack")  # nothing was lost meanwhile
    assert [each.finding for each in mended.arrived[0].tolds] == ["F-1"]
    store.outbox.put([told("F-2")])
    delivering(store, clock, failing(DeliveryFailure.GONE, transient=False)).one("slack")
    told_so = [each for each in store.outbox.waiting("mail") if each.event.told.reason is Reason.FAILED]
    assert len(told_so) == 2


def test_who_could_be_told_by_no_other_way_is_told_in_words(store: SqlStore) -> None:
    said: list[str] = []
    store.outbox.put([replace(told("F-1"), notifiers=("mail",))])
    refusing = replace(failing(DeliveryFailure.FORBIDDEN, transient=False), name="mail")
    process = replace(delivering(store, Clock(), refusing), tell=said.append)
    process.run()
    assert said == ["alerts do not arrive by mail: it says forbidden"]


def test_a_notifier_that_the_settings_have_no_more_loses_nothing(store: SqlStore) -> None:
    store.outbox.put([replace(told("F-1"), notifiers=("slack",))])
    clock = Clock()
    assert delivering(store, clock).run() == {"failed": 1}
    clock.on(60)
    assert delivering(store, clock, Receiver()).run()["sent"] == 1


def test_who_is_asked_to_stop_sends_nothing_more(store: SqlStore) -> None:
    store.outbox.put([told("F-1"), told("F-2", Reason.RESOLVED)])
    receiver = Receiver()
    process = delivering(store, Clock(), receiver)
    process.stopped = lambda: bool(receiver.arrived)
    process.one("slack")
    assert len(keys(receiver.arrived)) == 1


def test_the_next_message_waits_from_the_end_of_the_one_before(store: SqlStore) -> None:
    """A receiver counts from when a message came: one that took long to arrive gives the next no head start."""
    clock, moments = Clock(), list[datetime]()

    def slow() -> None:
        clock.on(0.8)
        moments.append(clock.now)

    store.outbox.put([told("F-1"), told("F-2", Reason.RESOLVED)])
    delivering(store, clock, Receiver(answers=slow), Receiver("mail")).one("slack")
    assert [(after - before).total_seconds() for before, after in pairwise(moments)] == [1.8]


@pytest.mark.parametrize(("allowed", "left"), [(120.0, None), (20.0, 3)])
def test_a_pass_waits_for_who_asks_for_patience_and_says_what_it_left(
    store: SqlStore, allowed: float, left: int | None
) -> None:
    clock, busy = Clock(), [True, True]
    asks = DeliveryError(DeliveryFailure.THROTTLED, "429", transient=True, retry_after=20)

    def throttled() -> DeliveryError | None:
        return asks if busy and busy.pop() else None

    store.outbox.put([told("F-1"), told("F-2", Reason.RESOLVED), told("F-3", Reason.CHANGED)])
    slack, mail = Receiver(answers=throttled, lost=lambda: True), Receiver("mail")
    said = all_in_time(delivering(store, clock, slack, mail), None, clock.on, lambda: False, allowed)
    assert (len(mail.arrived), said.get("left for the next run")) == (3, left)
    assert len(slack.arrived) == (3 if left is None else 0)
    assert clock.now - NOON <= timedelta(seconds=allowed + 10)


def test_a_pass_does_not_wait_for_who_is_down(store: SqlStore) -> None:
    clock = Clock()
    store.outbox.put([told("F-1"), told("F-2", Reason.RESOLVED)])
    slack = failing(DeliveryFailure.UNREACHABLE)
    said = all_in_time(delivering(store, clock, slack, Receiver("mail")), None, clock.on, lambda: False)
    assert said["left for the next run"] == 2
    assert clock.now - NOON < timedelta(seconds=10)
