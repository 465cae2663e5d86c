"""What the outbox promises, on both databases: written with what made it happen, said once, and never lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from drift.model import Diagnosis, Harm, Owner, Severity
from drift.model.alert import Asked, Delivery, DeliveryState, Event, Fact, Reason
from drift.model.errors import StoreError
from drift.model.finding import Finding, Silence, State, Transition
from drift.model.memory import PageOutcome
from drift.model.statement import Cause, Statement
from drift.store import SqlStore, backup, check, open_store, prune, restore
from drift.store.address import parse
from drift.store.database import Database

NOON = datetime(2026, 11, 21, 12, 0, 0, 4711, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOLD = Fact(
    Reason.OPENED,
    NOON,
    Severity.HIGH,
    'A customer who reads "Returns" is told 60 days. The policy is 30 days.',
    news="The page changed: it was right before.",
    source="help",
    finding="F-1",
    policy="returns",
    term="window",
    article="https://help.larkspur.example/returns",
    title="Returns \N{RIGHT-TO-LEFT OVERRIDE}\ud800<!channel>\0",
    quote="within 60 days.\n",
    value_text="60 days",
    value_start=7,
    published="60 days",
    expected="30 days",
    diagnosis=Diagnosis.WRONG,
    harm=Harm.GENEROUS,
    wrong_for=timedelta(hours=3, microseconds=1),
    regressions=2,
    owner=Owner("Returns", slack="#returns"),
    article_owner=Owner(email="help@larkspur.example"),
)


def event(key: str, *notifiers: str, **fields: object) -> Event:
    made = Event(key, key.partition("/")[0], TOLD, "content", notifiers or ("slack",))
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]


def keys(deliveries: tuple[Delivery, ...]) -> list[str]:
    return [each.event.key for each in deliveries]


@pytest.fixture
def opening(outcome_of: Callable[..., PageOutcome], statement_of: Callable[..., Statement]) -> PageOutcome:
    """A visit that opens a finding, with its event."""
    finding = Finding(
        "F-1",
        "s1",
        "returns",
        "window",
        TOLD.article or "",
        State.OPEN,
        statement_of("60 days"),
        Cause.PAGE,
        NOON,
        NOON,
        NOON,
    )
    step = Transition("F-1", NOON, None, State.OPEN, None, Cause.PAGE, "60 days")
    return outcome_of(findings=(finding,), transitions=(step,), events=(event("F-1/opened/1", "slack", "mail"),))


def test_an_event_is_written_with_its_finding_and_comes_back_as_it_was(store: SqlStore, opening: PageOutcome) -> None:
    store.record([opening])
    assert store.outbox.notifiers() == ("mail", "slack")
    (waiting,) = store.outbox.waiting("slack")
    assert waiting.event == dataclasses.replace(opening.events[0], notifiers=("slack",))
    assert (waiting.state, waiting.attempts, waiting.message) == (DeliveryState.WAITING, 0, None)
    assert store.outbox.get(waiting.id) == waiting
    assert store.outbox.get(4711) is None


def test_when_something_was_last_to_be_said_is_known_by_subject(store: SqlStore) -> None:
    asked = dataclasses.replace(TOLD, reason=Reason.QUESTIONS, finding=None)
    later = dataclasses.replace(asked, at=NOON + HOUR)
    store.outbox.put([Event("a/1", "a", asked), Event("a/2", "a", later), Event("b/1", "b", asked), event("c/1")])
    assert store.outbox.last_said(Reason.QUESTIONS) == {"a": NOON + HOUR, "b": NOON}
    assert store.outbox.last_said(Reason.REVIEW) == {}


def test_the_questions_of_a_digest_come_back_as_they_were(store: SqlStore) -> None:
    page, quote = "https://help.larkspur.example/returns", "within 60 days"
    one = Asked("F-1", "returns", "window", page, None, Severity.HIGH, quote, "60 days", 7, "60 days", "30 days")
    told = dataclasses.replace(TOLD, reason=Reason.QUESTIONS, waiting=7, asked=(one,), asked_of=("returns",))
    told = dataclasses.replace(told, title="Returns")
    store.outbox.put([Event("a/1", "a", told, "content", ("slack",))])
    (found,) = store.outbox.find()
    assert found.event.told == told


def test_what_is_not_written_is_not_said(store: SqlStore, opening: PageOutcome) -> None:
    """The finding is no longer as the visit found it: neither it nor its event is written."""
    store.record([opening])
    again = dataclasses.replace(opening, events=(event("F-1/opened/2"),))
    with pytest.raises(StoreError, match="read it again"):
        store.record([again])
    assert keys(store.outbox.waiting("slack")) == ["F-1/opened/1"]


def test_a_key_is_said_once_whoever_writes_it(store: SqlStore, opening: PageOutcome) -> None:
    store.record([opening])
    assert store.outbox.put([event("F-1/opened/1"), event("F-1/escalated/1/1")]) == 1
    assert store.outbox.put([event("F-1/opened/1"), event("F-1/escalated/1/1")]) == 0
    assert store.outbox.unsaid([event("F-1/opened/1"), event("new")]) == (event("new"),)
    assert keys(store.outbox.waiting("slack")) == ["F-1/opened/1", "F-1/escalated/1/1"]


def test_an_event_for_nobody_is_remembered_all_the_same(store: SqlStore) -> None:
    nobody = event("F-1/opened/1", route="", notifiers=())
    assert store.outbox.put([nobody]) == 1
    assert store.outbox.put([nobody]) == 0
    assert store.outbox.notifiers() == ()


def test_what_a_silence_holds_back_is_counted_once_and_goes_nowhere(store: SqlStore) -> None:
    store.findings.silence(Silence("S-1", "ana", "rewriting", NOON, NOON + HOUR, policy="returns"))
    held = event("F-1/opened/1", silence="S-1", route="", notifiers=())
    assert store.outbox.put([held]) == 1
    assert store.outbox.put([held]) == 0
    assert [each.hidden for each in store.findings.silences()] == [1]
    assert store.outbox.notifiers() == ()


def test_a_delivery_goes_its_way(store: SqlStore) -> None:
    store.outbox.put([event("F-1/opened/1", "slack", "mail")])
    waiting = store.outbox.waiting("slack")
    store.outbox.begin(waiting, "M-1", Reason.OPENED, NOON)
    (begun,) = store.outbox.waiting("slack")
    assert (begun.message, begun.message_reason, begun.attempts) == ("M-1", Reason.OPENED, 1)
    store.outbox.failed(waiting, "it did not answer in time", NOON + HOUR)
    store.outbox.begin(waiting, "M-1", Reason.OPENED, NOON + HOUR)
    (again,) = store.outbox.waiting("slack")
    assert (again.attempts, again.first_attempt, again.next_attempt) == (2, NOON, NOON + HOUR)
    assert again.failure == "it did not answer in time"
    assert store.outbox.last_sent("slack") == 0
    store.outbox.sent(waiting, NOON + HOUR)
    assert store.outbox.waiting("slack") == ()
    assert store.outbox.last_sent("slack") == again.id
    (sent,) = store.outbox.find(state=DeliveryState.SENT)
    assert (sent.sent_at, sent.failure, sent.next_attempt) == (NOON + HOUR, "", None)
    assert keys(store.outbox.waiting("mail")) == ["F-1/opened/1"]


def test_what_was_given_up_is_tried_again_under_its_key(store: SqlStore) -> None:
    store.outbox.put([event("F-1/opened/1")])
    waiting = store.outbox.waiting("slack")
    store.outbox.begin(waiting, "M-1", Reason.OPENED, NOON)
    store.outbox.failed(waiting, "it refuses us", None)
    (dead,) = store.outbox.find(state=DeliveryState.DEAD)
    assert (dead.failure, store.outbox.notifiers()) == ("it refuses us", ())
    store.outbox.retry([dead])
    (again,) = store.outbox.waiting("slack")
    assert (again.message, again.attempts, again.first_attempt, again.next_attempt) == ("M-1", 0, None, None)


def test_what_a_first_run_finds_waits_for_its_end(store: SqlStore) -> None:
    run = store.runs.start("help", "crawl", NOON)
    store.outbox.put(
        [event("F-1/opened/1", first_run=run.id), event("F-2/opened/1"), event("F-3/opened/1", first_run=99)]
    )
    assert [each.held for each in store.outbox.waiting("slack")] == [True, False, False]  # there is no run 99 any more
    store.runs.end(run, NOON + HOUR, {})
    assert [each.held for each in store.outbox.waiting("slack")] == [False, False, False]


def test_deliveries_are_found_the_newest_first(store: SqlStore) -> None:
    other = dataclasses.replace(TOLD, finding="F-2")
    store.outbox.put([event("F-1/opened/1"), event("F-2/opened/1", told=other), event("F-1/resolved/1")])
    assert keys(store.outbox.find()) == ["F-1/resolved/1", "F-2/opened/1", "F-1/opened/1"]
    assert keys(store.outbox.find(most=1)) == ["F-1/resolved/1"]
    assert keys(store.outbox.find(finding="F-2", state=DeliveryState.WAITING)) == ["F-2/opened/1"]


def test_many_are_read_and_written(store: SqlStore) -> None:
    """More than a database takes parameters at once."""
    many = [event(f"F-{number}/opened/1") for number in range(1_200)]
    assert store.outbox.put(many) == 1_200
    waiting = store.outbox.waiting("slack")
    assert keys(waiting) == [each.key for each in many]
    store.outbox.sent(waiting, NOON)
    assert store.outbox.unsaid(many) == ()
    assert store.outbox.waiting("slack") == ()


def test_a_backup_holds_what_is_to_be_said(store_url: str, sqlite_url: str) -> None:
    file = parse(sqlite_url.replace("drift.db", "backup.db")).path
    assert file
    with open_store(store_url) as store:
        store.outbox.put([event("F-1/opened/1", "slack", "mail")])
    backup(store_url, file)
    with open_store(store_url) as store:
        store.outbox.put([event("F-2/opened/1")])
    restore(file, store_url, replace=True)
    with open_store(store_url) as store:
        assert keys(store.outbox.waiting("slack")) == ["F-1/opened/1"]
        store.outbox.put([event("F-3/opened/1")])
        assert keys(store.outbox.waiting("slack")) == ["F-1/opened/1", "F-3/opened/1"]


def test_pruning_forgets_what_is_over_and_nothing_that_would_be_said_again(
    store_url: str, store: SqlStore, opening: PageOutcome
) -> None:
    page = dataclasses.replace(TOLD, finding=None, reason=Reason.BLIND)
    mended = dataclasses.replace(TOLD, finding="F-2")
    store.record([opening])  # F-1 stands
    store.outbox.put(
        [
            event("page /a/blind/1", told=page, subject="page /a"),
            event("page /a/blind/2", told=page, subject="page /a"),  # may be unread still
            event("F-2/opened/1", told=mended),
            event("F-2/resolved/1", "slack", "mail", told=mended),
            event("F-2/silenced", told=mended, silence="S-1", route="", notifiers=()),
            event("F-3/opened/1", told=dataclasses.replace(TOLD, finding="F-3")),  # the last that arrived
            event("F-4/opened/1", told=dataclasses.replace(TOLD, finding="F-4", at=NOON + HOUR)),
        ]
    )
    store.outbox.sent(store.outbox.waiting("slack"), NOON)
    (young,) = store.outbox.find(finding="F-4")
    store.outbox.failed([young], "it refuses us", None)
    mail = store.outbox.waiting("mail")
    assert keys(mail) == ["F-1/opened/1", "F-2/resolved/1"]
    kept = ["F-4/opened/1", "F-3/opened/1", "F-2/resolved/1", "F-2/resolved/1", "page /a/blind/2"]
    kept += ["F-1/opened/1", "F-1/opened/1"]
    assert prune(store_url, NOON + HOUR, 1, dry_run=True).events == 3
    assert prune(store_url, NOON + HOUR, 1).events == 3
    assert keys(store.outbox.find()) == kept
    store.outbox.sent(mail, NOON)
    assert prune(store_url, NOON + HOUR, 1).events == 0  # F-2/resolved/1 is the last that arrived by mail
    assert store.outbox.last_sent("slack") == store.outbox.find(finding="F-3")[0].id
    assert check(store_url).problems == ()


def test_no_delivery_is_without_its_event(store_url: str) -> None:
    orphan = "INSERT INTO deliveries (event_id, notifier, state, attempts, failure) VALUES (7, 'mail', 'dead', 1, '')"
    with Database(parse(store_url)) as database, pytest.raises(StoreError), database.writing() as connection:
        connection.execute(text(orphan))
