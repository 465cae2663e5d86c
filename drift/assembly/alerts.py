"""Alerts put together: settings in, who hears what and how they are told out."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime

from drift.alerts import AlertContext, hearing
from drift.assembly.registry import registry as registry_of
from drift.assembly.sample import sample
from drift.assembly.waiting import waiting
from drift.fetch.gate import Gate
from drift.fetch.pace import Timer
from drift.fetch.poster import Poster
from drift.findings import Patience
from drift.model import Registry
from drift.model.errors import InputError, StoppedError, StoreError
from drift.model.ports import Clock, Http, Sleep
from drift.model.route import Hearing
from drift.model.watch_ports import Notifier, Store
from drift.notifiers import NotifierMeans
from drift.settings import Settings
from drift.sources.watched import SourceConfig
from drift.watch.announce import remind, tell_operator
from drift.watch.deliver import Delivering, Dice

PATIENCE = 120.0  # seconds that `drift crawl` waits in all for receivers that asked for it: cron runs it by the hour
SHORTEST = 0.1  # seconds of one wait, so that a clock that stands still ends it as well
THREADS = 8  # notifiers that are told at once; companies have a handful


def scene_of(settings: Settings, source: SourceConfig | None, registry: Registry) -> AlertContext:
    """What alerts of a source need; None stands for all that is of no source."""
    return AlertContext(
        settings.alerts.routing,
        registry,
        source=source.name if source is not None else "",
        owners=source.article_owners if source is not None else (),
        edit_link=source.edit_link if source is not None else None,
        dashboard=settings.alerts.dashboard,
        blind_after=settings.fetching.blind_after,
        patience=patience(settings),
    )


def patience(settings: Settings) -> Patience:
    """When another text at the address of an article is taken for it."""
    asked = settings.fetching.replaced
    return Patience(asked.visits, asked.over, asked.mass / 100)


def scenes(settings: Settings, registry: Registry) -> tuple[AlertContext, ...]:
    """Those of all sources, for `watch.announce.remind`."""
    return tuple(scene_of(settings, source, registry) for source in settings.sources)


def poster(settings: Settings, clock: Clock) -> Poster:
    """Who posts messages, through the gate that the settings open. Close it."""
    asked = settings.fetching
    gate = Gate.opening(asked.allow_private) if asked.allow_private else None
    return Poster(clock, gate=gate, contact=asked.contact)


def notifiers(settings: Settings, http: Http, clock: Clock) -> dict[str, Notifier]:
    """The notifiers of the settings, by name."""
    means = NotifierMeans(http, clock)
    return {name: config.notifier(name, means) for name, config in settings.alerts.notifiers.items()}


def delivering(
    settings: Settings,
    store: Store,
    http: Http,
    clock: Clock,
    *,
    timer: Timer = time.monotonic,
    sleep: Sleep = time.sleep,
    dice: Dice = random.random,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[str], None] = lambda _: None,
) -> Delivering:
    """Who sends what waits in the outbox. Only who leads a store may: two would send everything twice."""
    scene = scene_of(settings, None, Registry(()))
    return Delivering(store, notifiers(settings, http, clock), scene, clock, timer, sleep, dice, stopped, tell)


def speak(
    settings: Settings,
    store: Store,
    registry: Registry,
    clock: Clock,
    tell: Callable[[str], None],
    stopped: Callable[[], bool],
) -> Counter[str] | None:
    """Say all that is due now: what `drift crawl` does after its passes. What failed waits for the next call.

    Who asks for patience (Slack, with more than a message a second) is waited for, all in all no longer than PATIENCE.
    Counted are alerts that were sent and given up, and those that are left. None if another process leads the store,
    whose part it then is. Raises StoreError.
    """
    with store.leadership() as leads:
        if leads is None:
            return None
        remind(store, scenes(settings, registry), clock)

        def halted() -> bool:
            return stopped() or not leads()

        with closing(poster(settings, clock)) as http, ThreadPoolExecutor(THREADS) as threads:
            sender = delivering(settings, store, http, clock, tell=tell, stopped=halted)
            return all_in_time(sender, threads, waiting(halted), halted)


def all_in_time(
    sender: Delivering, threads: Executor | None, sleep: Sleep, halted: Callable[[], bool], patience: float = PATIENCE
) -> Counter[str]:
    """Send until nothing is left that may be sent, the patience is over (in seconds), or somebody stops it."""
    counts = sender.run(threads)
    while not halted():
        wait = sender.put_off()
        if wait is None or wait.total_seconds() > patience:
            break
        seconds = max(wait.total_seconds(), SHORTEST)
        patience -= seconds
        try:
            sleep(seconds)
        except StoppedError:
            break
        counts.update(sender.run(threads))
    del counts["failed"]  # what failed and was sent later did not, and what did not is left
    if left := sender.left():
        counts["left for the next run"] = left
    return counts


def operator_hears(settings: Settings, store: Store) -> Callable[[str, str, str, datetime], None]:
    """What tells the operator that something is wrong with drift itself: a code, words, a source or '', a time.

    Where the store cannot take it, nobody hears it: that is in the log, and said by whoever watches the log.
    """
    scene = scene_of(settings, None, Registry(()))

    def tell(code: str, words: str, source: str, at: datetime) -> None:
        with suppress(StoreError):
            tell_operator(store, scene, code, words, source, at)

    return tell


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
    registry = registry_of(settings.policies)
    state = store.pages.state(found.article)
    source = next((one for one in settings.sources if state is not None and one.name == state.source), None)
    scene = replace(scene_of(settings, source, registry), silences=store.findings.silences())
    return hearing(found, scene, clock())
