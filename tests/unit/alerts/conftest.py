"""For the tests of alerts: a finding, its steps, and a scene with a few routes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from drift.alerts import AlertContext
from drift.model import (
    Diagnosis,
    Harm,
    Outcome,
    Owner,
    Page,
    Period,
    Policy,
    PolicyException,
    Registry,
    Review,
    Severity,
    Term,
)
from drift.model.alert import Delivery, DeliveryState, Event, Fact, Reason
from drift.model.finding import Finding, PageState, Seen, State, Transition
from drift.model.memory import PageOutcome
from drift.model.route import EscalationStep, Route, Routing, When
from drift.model.statement import Cause, Statement
from drift.model.values import Kind, Unit, Value

PAGE = "https://help.larkspur.example/unlock"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def days(number: int) -> Value:
    return Value(Kind("duration"), Decimal(number), Decimal(number), Unit("day"))


TERM = Term(
    "unlock",
    "wait",
    "A phone can be unlocked after 60 days of service.",
    (Period(days(30), None, date(2026, 1, 31)), Period(days(60), date(2026, 2, 1))),
    guidance="Honour 30 days for anyone who activated while the article said so.",
)
POLICY = Policy(
    "unlock",
    "Device unlock",
    Owner("Wireless policy", "wireless@larkspur.example", "#policy-wireless"),
    (TERM,),
    source="https://policies.larkspur.example/DU-7",
    severity=Severity.HIGH,
    review=Review(date(2025, 6, 1), 180),
)
STATEMENT = Statement(
    slot="s1",
    policy="unlock",
    term="wait",
    outcome=Outcome.DIVERGES,
    published="30 days",
    expected="60 days",
    sentence="You can unlock your phone after 30 days.",
    words="You can unlock your phone after ⟨⟩.",
    nth=1,
    quote="You can unlock your phone after 30 days.",
    value_text="30 days",
    value_start=32,
    confidence=0.97,
    diagnosis=Diagnosis.WRONG,
    harm=Harm.GENEROUS,
    heading=("Unlock your phone",),
)
FINDING = Finding(
    "F-3f9a1c20",
    "s1",
    "unlock",
    "wait",
    PAGE,
    State.OPEN,
    STATEMENT,
    Cause.PAGE,
    opened=START,
    first_diverged=START,
    last_diverged=START,
    last_agreed=START - timedelta(hours=6),
)
ROUTING = Routing(
    (
        Route("unlocks", ("slack-unlocks", "mail"), When(policy=("unl*",))),
        Route("all", ("slack-all",)),
        Route("managers", ("slack-managers",)),
        Route("operators", ("mail", "slack-all")),
    ),
    default="all",
    operator="operators",
    escalation=(
        (
            Severity.HIGH,
            (EscalationStep(timedelta(hours=4), "managers"), EscalationStep(timedelta(days=1), "all")),
        ),
    ),
)


@dataclass
class Made:
    """What tests of alerts are made of."""

    start = START
    page = PAGE
    policy = POLICY
    finding = FINDING
    statement = STATEMENT
    scene = AlertContext(ROUTING, Registry((POLICY,)), "help", titles={PAGE: "Unlock your phone"})

    def hours(self, number: float) -> datetime:
        return START + timedelta(hours=number)

    def step(self, before: State | None, after: State, **fields: object) -> Transition:
        made = Transition(FINDING.id, START, before, after, Seen.OTHER, Cause.PAGE, "30 days", "60 days")
        return replace(made, **fields)  # type: ignore[arg-type]

    def visit(self, transition: Transition, **fields: object) -> PageOutcome:
        """A visit that made one step; `fields` are those of the finding after it."""
        finding = replace(FINDING, state=transition.after, **fields)  # type: ignore[arg-type]
        return PageOutcome(self.state(), findings=(finding,), transitions=(transition,))

    def state(self, **fields: object) -> PageState:
        return replace(PageState(Page(PAGE), "help"), **fields)  # type: ignore[arg-type]

    def exception(self, until: date) -> AlertContext:
        """The scene with an exception for the page, of 30 days, that ends on a day."""
        over = PolicyException("unlock", "wait", f"{PAGE}*", days(30), "old plan", "ana@larkspur.example", until)
        return replace(self.scene, registry=Registry((replace(POLICY, exceptions=(over,)),)))

    def told(self, reason: Reason = Reason.OPENED, **fields: object) -> Fact:
        made = Fact(reason, START, Severity.HIGH, "A customer is told 30 days.", source="help", finding="F-1")
        return replace(made, **{"policy": "unlock", "article": PAGE, **fields})  # type: ignore[arg-type]

    def waiting(self, number: int, subject: str = "F-1", reason: Reason = Reason.OPENED, **fields: object) -> Delivery:
        """A delivery to the route 'unlocks'; `fields` are those of Delivery, Event and Fact."""
        ours = {
            name: fields.pop(name) for name in ("next_attempt", "message", "message_reason", "held") if name in fields
        }
        events = {name: fields.pop(name) for name in ("route", "first_run") if name in fields}
        event = Event(f"{subject}/{reason}/{number}", subject, self.told(reason, finding=subject, **fields), "unlocks")
        event = replace(event, **events)  # type: ignore[arg-type]
        return Delivery(number, event, "slack-unlocks", DeliveryState.WAITING, **ours)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def made() -> Made:
    return Made()
