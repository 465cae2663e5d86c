"""Alerts put together: settings in, who hears what and how they are told out."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from drift import languages
from drift import registry as registry_room
from drift.alerts import Scene, hearing
from drift.errors import InputError
from drift.fetch import Gate, Poster
from drift.flows.deliver import Delivering, Dice
from drift.model import Diagnosis, Harm, Owner, Registry, Severity
from drift.model.alert import Message, Reason, Told
from drift.model.route import Hearing
from drift.notifiers import Means, made
from drift.ports import Clock, Http, Notifier, Store
from drift.settings import Settings
from drift.settings.nouns import (
    AppriseSettings,
    EmailSettings,
    NotifierSettings,
    SlackSettings,
    SourceSettings,
    WebhookSettings,
)

_KINDS: Mapping[type[NotifierSettings], str] = {
    SlackSettings: "slack",
    WebhookSettings: "webhook",
    EmailSettings: "email",
    AppriseSettings: "apprise",
}


def scene_of(settings: Settings, source: SourceSettings | None, registry: Registry) -> Scene:
    """What alerts of a source need; None stands for all that is of no source."""
    return Scene(
        settings.alerts.routing,
        registry,
        source=source.name if source is not None else "",
        owners=tuple((each.glob, each.owner) for each in source.owners) if source is not None else (),
        edit_link=source.edit_link if source is not None else None,
        dashboard=settings.alerts.dashboard,
        blind_after=settings.fetching.blind_after,
    )


def scenes(settings: Settings, registry: Registry) -> tuple[Scene, ...]:
    """Those of all sources, for `flows.announce.remind`."""
    return tuple(scene_of(settings, source, registry) for source in settings.sources)


def poster(settings: Settings, clock: Clock) -> Poster:
    """Who posts messages, through the gate that the settings open. Close it."""
    asked = settings.fetching
    gate = Gate.opening(asked.allow_private) if asked.allow_private else None
    return Poster(clock, gate=gate, contact=asked.contact)


def notifiers(settings: Settings, http: Http, clock: Clock) -> dict[str, Notifier]:
    """The notifiers of the settings, by name."""
    means = Means(http, clock)
    return {each.name: made(_KINDS[type(each)], each, means) for each in settings.alerts.notifiers}


def delivering(
    settings: Settings,
    store: Store,
    http: Http,
    clock: Clock,
    *,
    dice: Dice = random.random,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[str], None] = lambda _: None,
) -> Delivering:
    """Who sends what waits in the outbox. Only who leads a store may: two would send everything twice."""
    scene = scene_of(settings, None, Registry(()))
    return Delivering(store, notifiers(settings, http, clock), scene, clock, dice, stopped, tell)


def try_route(settings: Settings, route: str, http: Http, clock: Clock) -> tuple[str, ...]:
    """Send a sample to every notifier of a route, and give their names.

    Raises InputError for a name that no route has, and DeliveryError where one of them does not take it.
    """
    found = settings.alerts.routing.route(route)
    if found is None:
        known = ", ".join(each.name for each in settings.alerts.routes) or "none"
        raise InputError(f"there is no route {route!r} in {settings.file}; there are: {known}")
    message = sample(route, clock())
    every = notifiers(settings, http, clock)
    for name in found.to:
        every[name].send(message)
    return found.to


def heard(settings: Settings, store: Store, finding: str, clock: Clock) -> Hearing:
    """Who would hear of a finding. Raises InputError for an id that none has, and for policies that do not lint."""
    found = store.findings.get(finding)
    if found is None:
        raise InputError(f"there is no finding {finding}: see 'drift findings list'")
    registry = registry_room.load(settings.policies, language=languages.load("en"))
    state = store.pages.state(found.article)
    source = next((one for one in settings.sources if state is not None and one.name == state.source), None)
    scene = replace(scene_of(settings, source, registry), silences=store.findings.silences())
    return hearing(found, scene, clock())


def sample(route: str, now: datetime) -> Message:
    """A message of which nothing is true, to see how one arrives."""
    told = Told(
        Reason.OPENED,
        now,
        Severity.HIGH,
        'A customer who reads "Unlock your phone" is told 30 days. The policy is 60 days.',
        news="The page changed: it was right before.",
        source="help-centre",
        finding="F-00000000",
        policy="device-unlock",
        policy_title="Device unlock",
        term="postpaid-wait",
        article="https://help.larkspur.example/wireless/unlock",
        title="Unlock your phone",
        quote="You can unlock your phone 30 days after you buy it.",
        value_text="30 days",
        value_start=26,
        published="30 days",
        expected="60 days",
        diagnosis=Diagnosis.WRONG,
        harm=Harm.GENEROUS,
        diagnosed="The policy has never had this value, and no sibling rule has it.",
        harms="The page promises customers more than the policy gives: they will ask for what they read.",
        since="since the sample was sent",
        wrong_for=timedelta(hours=1),
        before="You can unlock your phone 60 days after you buy it.",
        owner=Owner("Wireless policy", "wireless-policy@larkspur.example"),
        guidance="Honour 30 days for anyone who activated while the article said so.",
        page_link="https://help.larkspur.example/wireless/unlock",
        policy_link="https://policies.larkspur.example/DU-7",
        command="drift findings show F-00000000",
    )
    heading = f"A test of the route {route}: nothing of it is true"
    return Message(f"M-test-{now:%Y%m%dT%H%M%S%f}", route, Reason.OPENED, heading, (told,), now, sample=True)
