"""How people are told. THE list of kinds is `NOTIFIERS`: a new one is a file here and a line there.

A notifier gets what the settings say of it, and means: it reads no clock and opens no connection of its own. E-mail and
apprise are the exceptions, since what they speak is not HTTP, or not ours. The modules are imported when their kind is
asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from drift.model.ports import Clock, Hidden, Http
from drift.model.watch_ports import Notifier


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class _Slack(_Named, Protocol):
    @property
    def webhook(self) -> Hidden: ...


class _Webhook(_Named, Protocol):
    @property
    def url(self) -> Hidden: ...
    @property
    def key(self) -> Hidden: ...


class _Email(_Named, Protocol):
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def security(self) -> str: ...
    @property
    def user(self) -> str | None: ...
    @property
    def password(self) -> Hidden | None: ...
    @property
    def sender(self) -> str: ...
    @property
    def to(self) -> tuple[str, ...]: ...


class _Apprise(_Named, Protocol):
    @property
    def url(self) -> Hidden: ...


@dataclass(frozen=True, slots=True)
class Means:
    """What notifiers reach the world with."""

    http: Http
    clock: Clock


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notifier, by the name that the settings have for it."""

    name: str
    make: Callable[[Any, Means], Notifier]  # Any: each takes the settings of its own kind


def _slack(settings: _Slack, means: Means) -> Notifier:
    from drift.notifiers.slack import Slack

    return Slack(settings.name, settings.webhook.value, means.http)


def _webhook(settings: _Webhook, means: Means) -> Notifier:
    from drift.notifiers.webhook import Webhook

    return Webhook(settings.name, settings.url.value, settings.key.value, means.http, means.clock)


def _email(settings: _Email, means: Means) -> Notifier:
    from drift.notifiers.email import Email

    return Email(
        settings.name,
        settings.host,
        settings.port,
        settings.sender,
        settings.to,
        means.clock,
        security=settings.security,
        user=settings.user,
        password=settings.password.value if settings.password else None,
    )


def _apprise(settings: _Apprise, means: Means) -> Notifier:  # noqa: ARG001 - apprise speaks for itself
    from drift.notifiers.apprise import Apprise

    return Apprise(settings.name, settings.url.value)


NOTIFIERS: tuple[Kind, ...] = (
    Kind("slack", _slack),
    Kind("webhook", _webhook),
    Kind("email", _email),
    Kind("apprise", _apprise),
)


def made(kind: str, settings: Any, means: Means) -> Notifier:
    """The notifier that an entry of the settings describes. Raises LookupError for a kind that is not in the list."""
    for entry in NOTIFIERS:
        if entry.name == kind:
            return entry.make(settings, means)
    raise LookupError(kind)
