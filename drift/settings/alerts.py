"""The alerts of drift.yaml as models: notifiers, routes, and what happens where nobody reacts.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

from collections.abc import Iterable
from datetime import time
from typing import Annotated, Literal

from pydantic import Field, SerializeAsAny

from drift.files.config import Config
from drift.files.cron import WEEKDAYS
from drift.files.fields import Name, Nothing, Text, about
from drift.files.keys import Address, SomeTime, Texts, TimeOfDay, TimeZone, Weekday
from drift.model import Severity
from drift.model.alert import Reason
from drift.model.route import Digest, EscalationStep, QuietHours, Route, Routing, When
from drift.notifiers import NotifierConfig


class WhenConfig(Config):
    """What a route takes: events that match every key given; a key matches by one of its entries."""

    policy: tuple[Text, ...] = Field(default=(), description="Names of policies; `*` stands for any part.")
    policy_owner: Annotated[tuple[Text, ...], about("Team, e-mail or Slack channel of the owner of the policy.")] = ()
    article_owner: Annotated[tuple[Text, ...], about("Team, e-mail or Slack channel of the owner of the article.")] = ()
    severity: Annotated[tuple[Severity, ...], about(f"Severities of policies: {', '.join(Severity)}.")] = ()
    source: Annotated[tuple[Text, ...], about("Names of sources.")] = ()
    reason: Annotated[tuple[Reason, ...], about(f"Why it is told: {', '.join(Reason)}.")] = ()


class QuietConfig(Config):
    """Hours in which a route hears nothing; what happens in them is told after them."""

    from_: TimeOfDay = Field(alias="from", description="Their beginning.")
    until: Annotated[TimeOfDay, about("Their end; on the next day where it is earlier than the beginning.")]
    days: tuple[Weekday, ...] = Field(default=WEEKDAYS, description="The days on which they begin.")
    time_zone: Annotated[TimeZone | Nothing, about("Their zone; that of the file where there is none.")] = None
    except_: tuple[Severity, ...] = Field(
        default=(Severity.CRITICAL,), alias="except", description="Severities that are told at once all the same."
    )


class DigestConfig(Config):
    """One message a day in place of many."""

    at: Annotated[TimeOfDay, about("When it is sent.")]
    days: tuple[Weekday, ...] = Field(default=WEEKDAYS, description="On which days.")
    time_zone: Annotated[TimeZone | Nothing, about("Its zone; that of the file where there is none.")] = None


class RouteConfig(Config):
    """Who hears what. Of all routes with `when`, the first that matches takes an event."""

    name: Annotated[Name, about("The name of the route, in kebab-case and unique in the file.")]
    to: Annotated[Texts, about("The notifiers it goes to, by name.")]
    when: Annotated[
        WhenConfig | Nothing,
        about(
            "What it takes; without it, the route is used only where `default`, `operator`, `questions` or "
            "`escalation` name it."
        ),
    ] = None
    group: Annotated[Literal["policy", "page", "run"], about("What is put into one message.")] = "policy"
    quiet: Annotated[QuietConfig | Nothing, about("Hours in which it hears nothing.")] = None
    digest: Annotated[DigestConfig | Nothing, about("One message a day in place of many.")] = None

    def route(self) -> Route:
        """The route, in settings whose zones are filled in."""
        when = When(**dict(self.when)) if self.when is not None else None
        return Route(self.name, self.to, when, self.group, self._quiet_hours(), self._digest())

    def _quiet_hours(self) -> QuietHours | None:
        if (quiet := self.quiet) is None:
            return None
        start, end = time.fromisoformat(quiet.from_), time.fromisoformat(quiet.until)
        return QuietHours(start, end, quiet.time_zone or "UTC", _numbers(quiet.days), quiet.except_)

    def _digest(self) -> Digest | None:
        if (digest := self.digest) is None:
            return None
        return Digest(time.fromisoformat(digest.at), digest.time_zone or "UTC", _numbers(digest.days))


class StepConfig(Config):
    """Who hears it when nobody reacts."""

    after: Annotated[SomeTime, about("How long a finding may be open without being acknowledged.")]
    route: Annotated[Text, about("The route that hears it then.")]


class AlertsConfig(Config):
    """Who is told of what."""

    dashboard: Annotated[Address | Nothing, about("The address of the dashboard, for links to findings.")] = None
    notifiers: dict[Name, SerializeAsAny[NotifierConfig]] = Field(
        default={},
        examples=[{"content": {"kind": "slack", "webhook": {"env": "SLACK_CONTENT"}}}],
        description="How people are told, by name.",
    )
    routes: Annotated[tuple[RouteConfig, ...], about("Who hears what.")] = ()
    default: Annotated[Text | Nothing, about("The route that takes what no other takes.")] = None
    operator: Annotated[
        Text | Nothing, about("The route that hears what is wrong with drift itself; the default where none is named.")
    ] = None
    questions: Annotated[
        Text | Nothing,
        about(
            "The route that is asked once a week of sentences that may contradict the policies; `off` asks nobody. "
            "Where none is named, the route hears it that takes the owner, the policies or the reason `questions`."
        ),
    ] = None
    escalation: dict[Severity, tuple[StepConfig, ...]] = Field(
        default={},
        examples=[{"critical": [{"after": "4 hours", "route": "managers"}]}],
        description="By severity, the routes that hear what was not acknowledged in time.",
    )

    @property
    def routing(self) -> Routing:
        """Who hears what, without how they are told."""
        return Routing(
            tuple(route.route() for route in self.routes),
            self.default,
            self.operator or self.default,
            self.questions,
            tuple((severity, _steps(steps)) for severity, steps in self.escalation.items()),
        )


def _steps(steps: Iterable[StepConfig]) -> tuple[EscalationStep, ...]:
    return tuple(EscalationStep(step.after, step.route) for step in steps)


def _numbers(names: Iterable[str]) -> tuple[int, ...]:
    """Weekdays from Monday, ascending, each once."""
    return tuple(sorted({WEEKDAYS.index(name) for name in names}))
