"""Who hears what: routes, with what they take, when they are quiet, and who hears what nobody reacts to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from drift.model.alert import Reason
from drift.model.finding import Finding, Silence
from drift.model.registry import Severity

NOBODY = "off"  # in place of a route


@dataclass(frozen=True, slots=True)
class When:
    """What a route takes: an event that matches one entry of every field that has entries. Names may be globs."""

    policy: tuple[str, ...] = ()
    policy_owner: tuple[str, ...] = ()
    article_owner: tuple[str, ...] = ()
    severity: tuple[Severity, ...] = ()
    source: tuple[str, ...] = ()
    reason: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From a time of day until another (on the next day where that is earlier), in `time_zone`; `days` 0 is Monday.

    A night belongs to the day on which it begins. What is of a severity in `except_` is said at once all the same.
    """

    start: time
    end: time
    time_zone: str
    days: tuple[int, ...]
    except_: tuple[Severity, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """Once a day at a time in `time_zone`, in place of single messages; `days` 0 is Monday."""

    at: time
    time_zone: str
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Who hears what. A route without `when` is used only where it is named: default, operator, escalation."""

    name: str
    to: tuple[str, ...]  # names of notifiers
    when: When | None = None
    group: str = "policy"  # what one message holds: policy, page or run
    quiet: QuietHours | None = None
    digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """After so long unacknowledged, a route hears it too."""

    after: timedelta
    route: str


@dataclass(frozen=True, slots=True)
class Routing:
    """All routes. The first whose `when` matches takes an event, else the one named `default`.

    `operator` is the route that hears what is wrong with drift itself, `questions` the one that is asked what only
    people can tell: None for the route that matches, NOBODY where nobody is to be asked. Without routes nobody is told
    of anything.
    """

    routes: tuple[Route, ...] = ()
    default: str | None = None
    operator: str | None = None
    questions: str | None = None
    escalation: tuple[tuple[Severity, tuple[EscalationStep, ...]], ...] = ()

    def route(self, name: str) -> Route | None:
        """The route of a name; None if the settings have it no more."""
        return next((route for route in self.routes if route.name == name), None)

    def steps(self, severity: Severity) -> tuple[EscalationStep, ...]:
        """Who hears a finding of that severity when nobody reacts, and after how long."""
        return dict(self.escalation).get(severity, ())


@dataclass(frozen=True, slots=True)
class Tried:
    """One route that was asked whether it takes an event: whether it does, and why or why not, in words."""

    route: str
    takes: bool
    words: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who would hear of a finding now: the routes that were asked, the one that hears it, and what holds it back."""

    finding: Finding
    tried: tuple[Tried, ...]
    route: str = ""
    notifiers: tuple[str, ...] = ()
    silence: Silence | None = None
    steps: tuple[EscalationStep, ...] = ()  # who hears it when nobody reacts
