"""Who hears an event: the first route that matches, and why, in words."""

from __future__ import annotations

from typing import Any

import pytest

from drift.alerts import address, explain
from drift.model import Owner, Severity
from drift.model.alert import Event, Reason
from drift.model.route import Route, Routing, When

TEAM = Owner("Wireless policy", "wireless@larkspur.example", "#policy-wireless")


@pytest.mark.parametrize(
    ("when", "takes", "words"),
    [
        (When(), True, "it takes everything"),
        (When(policy=("unlock",)), True, "the policy is unlock"),
        (When(policy=("un*",)), True, "the policy is unlock"),
        (When(policy=("fees", "returns")), False, "it takes policy fees or returns, and the policy is unlock"),
        (When(policy_owner=("#policy-wireless",)), True, "the policy owner is #policy-wireless"),
        (When(policy_owner=("*@larkspur.example",)), True, "the policy owner is wireless@larkspur.example"),
        (When(article_owner=("Help",)), False, "it takes article owner Help, and the article owner is not known"),
        (When(severity=(Severity.HIGH, Severity.CRITICAL)), True, "the severity is high"),
        (When(severity=(Severity.LOW,)), False, "it takes severity low, and the severity is high"),
        (When(source=("help",), reason=(Reason.OPENED,)), True, "the source is help; the reason is opened"),
        (When(reason=(Reason.RESOLVED,)), False, "it takes reason resolved, and the reason is opened"),
    ],
)
def test_whether_a_route_takes_an_event(made: Any, when: When, takes: bool, words: str) -> None:
    event = Event("k", "F-1", made.told(owner=TEAM))
    tried = explain(event, Routing((Route("one", ("slack",), when),)))
    assert [(each.takes, each.words) for each in tried] == [(takes, words)]


def test_the_first_that_matches_takes_it_and_the_default_what_is_left(made: Any) -> None:
    routes = (
        Route("fees", ("a",), When(policy=("fees",))),
        Route("named", ("b",)),  # without `when` it is only asked by name
        Route("help", ("c", "c"), When(source=("help",))),
        Route("late", ("d",), When()),
    )
    event = Event("k", "F-1", made.told())
    found = address(event, Routing(routes, default="named"))
    assert (found.route, found.notifiers) == ("help", ("c",))
    assert [each.route for each in explain(event, Routing(routes, default="named"))] == ["fees", "help"]
    left = address(event, Routing(routes[:2], default="named"))
    assert (left.route, left.notifiers) == ("named", ("b",))
    assert address(event, Routing(routes[:2])) == event


def test_a_first_run_is_taken_as_opened_and_as_baseline(made: Any) -> None:
    for reason in (Reason.OPENED, Reason.BASELINE):
        routing = Routing((Route("one", ("slack",), When(reason=(reason,))),))
        assert address(Event("k", "F-1", made.told(), first_run=1), routing).route == "one"
    routing = Routing((Route("one", ("slack",), When(reason=(Reason.BASELINE,))),))
    assert address(Event("k", "F-1", made.told()), routing).route == ""
