"""The alerts of drift.yaml as models: notifiers, routes, and what happens where nobody reacts.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Field

from drift.files.fields import CONFIG, Email, Name, Nothing, Text, about
from drift.model import Severity
from drift.model.alert import Reason
from drift.settings.cron import WEEKDAYS
from drift.settings.fields import DIGITS, Address, Emails, SomeTime, Texts, TimeOfDay, TimeZone, Weekday
from drift.settings.naming import ASecret


class _Entry(BaseModel):
    model_config = CONFIG


class SlackEntry(_Entry):
    """An incoming webhook of Slack."""

    kind: Annotated[Literal["slack"], about("How it tells people: slack, webhook, email, apprise.")]
    webhook: Annotated[ASecret, about("Its address, which is a secret: who has it can post.")]


class WebhookEntry(_Entry):
    """An address that takes signed JSON."""

    kind: Annotated[Literal["webhook"], about("How it tells people: slack, webhook, email, apprise.")]
    url: Annotated[ASecret, about("Its address, which is a secret.")]
    key: Annotated[ASecret, about("The key of the signature (HMAC), by which the receiver knows drift.")]


class EmailEntry(_Entry):
    """E-mail through a server (SMTP)."""

    kind: Annotated[Literal["email"], about("How it tells people: slack, webhook, email, apprise.")]
    host: Annotated[Text, about("The mail server.")]
    port: Annotated[int, Field(ge=1, le=65535), DIGITS, about("Its port.")] = 587
    security: Annotated[Literal["starttls", "tls", "none"], about("How the connection is kept private.")] = "starttls"
    user: Annotated[Text | Nothing, about("Who logs in.")] = None
    password: Annotated[ASecret | Nothing, about("With which password.")] = None
    from_: Email = Field(alias="from", description="The address it is from.")
    to: Annotated[Emails, about("The addresses it goes to.")]


class AppriseEntry(_Entry):
    """Whatever the library apprise knows: `pip install 'drift[apprise]'`."""

    kind: Annotated[Literal["apprise"], about("How it tells people: slack, webhook, email, apprise.")]
    url: Annotated[ASecret, about("Its address as apprise writes it, which is a secret.")]


NOTIFIERS: dict[str, type[BaseModel]] = {
    "slack": SlackEntry,
    "webhook": WebhookEntry,
    "email": EmailEntry,
    "apprise": AppriseEntry,
}
AnyNotifier = Annotated[SlackEntry | WebhookEntry | EmailEntry | AppriseEntry, Discriminator("kind")]


class WhenEntry(_Entry):
    """What a route takes: events that match every key given; a key matches by one of its entries."""

    policy: list[Text] = Field(default=[], description="Names of policies; `*` stands for any part.")
    policy_owner: Annotated[list[Text], about("Team, e-mail or Slack channel of the owner of the policy.")] = []
    article_owner: Annotated[list[Text], about("Team, e-mail or Slack channel of the owner of the article.")] = []
    severity: Annotated[list[Severity], about(f"Severities of policies: {', '.join(Severity)}.")] = []
    source: Annotated[list[Text], about("Names of sources.")] = []
    reason: Annotated[list[Reason], about(f"Why it is told: {', '.join(Reason)}.")] = []


class QuietEntry(_Entry):
    """Hours in which a route hears nothing; what happens in them is told after them."""

    from_: TimeOfDay = Field(alias="from", description="Their beginning.")
    until: Annotated[TimeOfDay, about("Their end; on the next day where it is earlier than the beginning.")]
    days: list[Weekday] = Field(default=list(WEEKDAYS), description="The days on which they begin.")
    time_zone: Annotated[TimeZone | Nothing, about("Their zone; that of the file where there is none.")] = None
    except_: list[Severity] = Field(
        default=[Severity.CRITICAL], alias="except", description="Severities that are told at once all the same."
    )


class DigestEntry(_Entry):
    """One message a day in place of many."""

    at: Annotated[TimeOfDay, about("When it is sent.")]
    days: list[Weekday] = Field(default=list(WEEKDAYS), description="On which days.")
    time_zone: Annotated[TimeZone | Nothing, about("Its zone; that of the file where there is none.")] = None


class RouteEntry(_Entry):
    """Who hears what. Of all routes with `when`, the first that matches takes an event."""

    name: Annotated[Name, about("The name of the route, in kebab-case and unique in the file.")]
    to: Annotated[Texts, about("The notifiers it goes to, by name.")]
    when: Annotated[
        WhenEntry | Nothing,
        about(
            "What it takes; without it, the route is used only where `default`, `operator`, `questions` or "
            "`escalation` name it."
        ),
    ] = None
    group: Annotated[Literal["policy", "page", "run"], about("What is put into one message.")] = "policy"
    quiet: Annotated[QuietEntry | Nothing, about("Hours in which it hears nothing.")] = None
    digest: Annotated[DigestEntry | Nothing, about("One message a day in place of many.")] = None


class StepEntry(_Entry):
    """Who hears it when nobody reacts."""

    after: Annotated[SomeTime, about("How long a finding may be open without being acknowledged.")]
    route: Annotated[Text, about("The route that hears it then.")]


class AlertsHeader(_Entry):
    """Alerts, with notifiers and routes still to be read."""

    dashboard: Annotated[Address | Nothing, about("The address of the dashboard, for links to findings.")] = None
    notifiers: dict[str, Any] = {}
    routes: list[Any] = []
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
    escalation: dict[Severity, list[StepEntry]] = Field(
        default={},
        examples=[{"critical": [{"after": "4 hours", "route": "managers"}]}],
        description="By severity, the routes that hear what was not acknowledged in time.",
    )


class AlertsEntry(AlertsHeader):
    """Who is told of what."""

    notifiers: dict[Name, AnyNotifier] = Field(
        default={},
        examples=[{"content": {"kind": "slack", "webhook": {"env": "SLACK_CONTENT"}}}],
        description="How people are told, by name.",
    )
    routes: Annotated[list[RouteEntry], about("Who hears what.")] = []
