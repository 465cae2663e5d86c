"""Who hears an event: the first route that matches, else the default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase

from drift.model import Owner
from drift.model.alert import Event, Fact, Reason
from drift.model.route import Route, Routing, Tried, When


def address(event: Event, routing: Routing) -> Event:
    """The event with the route that hears it, and its notifiers."""
    chosen = next((tried.route for tried in explain(event, routing) if tried.takes), None)
    return to_route(event, routing, chosen)


def to_route(event: Event, routing: Routing, name: str | None) -> Event:
    """The event for a route by name; for the default where there is none of that name."""
    route = routing.route(name or "") or routing.route(routing.default or "")
    return replace(event, route=route.name, notifiers=tuple(dict.fromkeys(route.to))) if route else event


def to_operator(event: Event, routing: Routing, *, without: str = "") -> Event | None:
    """The event for the operator, by any notifier but one; None if there is no other."""
    addressed = to_route(event, routing, routing.operator)
    left = tuple(name for name in addressed.notifiers if name != without)
    return replace(addressed, notifiers=left) if left else None


def explain(event: Event, routing: Routing) -> tuple[Tried, ...]:
    """The routes that were asked, in their order, up to the one that takes the event."""
    tried: list[Tried] = []
    for route in routing.routes:
        if route.when is None:
            continue
        tried.append(_tried(route, route.when, event))
        if tried[-1].takes:
            return tuple(tried)
    if routing.default is not None:
        tried.append(Tried(routing.default, takes=True, words="it is the default: no other route takes it"))
    return tuple(tried)


def _tried(route: Route, when: When, event: Event) -> Tried:
    missed = []
    matched = []
    for name, wanted, found in _fields(when, event):
        if not wanted:
            continue
        hit = next((one for one in found if any(fnmatchcase(one, glob) for glob in wanted)), None)
        if hit is None:
            asked, there = " or ".join(wanted), " and ".join(found) or "not known"
            missed.append(f"it takes {name} {asked}, and the {name} is {there}")
        else:
            matched.append(f"the {name} is {hit}")
    if missed:
        return Tried(route.name, takes=False, words="; ".join(missed))
    return Tried(route.name, takes=True, words="; ".join(matched) or "it takes everything")


def _fields(when: When, event: Event) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Of each field: its name, what the route takes, and what the event is."""
    told = event.told
    yield "policy", when.policy, (told.policy,) if told.policy else told.asked_of
    yield "policy owner", when.policy_owner, _names(told.owner)
    yield "article owner", when.article_owner, _names(told.article_owner)
    yield "severity", tuple(each.value for each in when.severity), (told.severity.value,)
    yield "source", when.source, (told.source,) if told.source else ()
    yield "reason", tuple(each.value for each in when.reason), _reasons(event, told)


def _reasons(event: Event, told: Fact) -> tuple[str, ...]:
    """What a first run finds may be taken for what it is, or for being the baseline."""
    return (told.reason.value,) if event.first_run is None else (told.reason.value, Reason.BASELINE.value)


def _names(owner: Owner | None) -> tuple[str, ...]:
    return tuple(name for name in (owner.team, owner.email, owner.slack) if name) if owner else ()
