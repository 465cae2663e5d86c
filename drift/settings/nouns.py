"""The settings as the rest of the house gets them: whole, checked, with every default filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from drift.model import Owner, Severity
from drift.model.route import EscalationStep, Route, Routing
from drift.settings.cron import Cron
from drift.settings.secret import Secret


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something runs: on the times of `cron` in `time_zone`, or `every` so long, whichever of them is given.

    `jitter` is the longest random wait before a run, so that many machines do not knock at one door at once.
    """

    time_zone: str
    cron: Cron | None = None
    every: timedelta | None = None
    jitter: timedelta = timedelta()


class SourceKind(StrEnum):
    FILES = "files"
    URLS = "urls"
    SITEMAP = "sitemap"
    CRAWL = "crawl"


@dataclass(frozen=True, slots=True)
class ArticleOwner:
    """Who owns the articles under a glob."""

    glob: str
    owner: Owner


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """How far a crawl goes: `depth` links from its start, `pages` in all, and only where a glob of `within` says."""

    depth: int
    pages: int
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """A source of articles.

    `at` are paths for files, else addresses. An article is selected if a glob of `include` means it (all where there
    are none) and none of `exclude`. `content` is a CSS selector. `headers` go to the hosts of `at` and to no other.
    Of `owners` the first whose glob means the article counts. `crawl` is None for other kinds. Without
    `annotator`, none is asked about its articles.
    """

    name: str
    kind: SourceKind
    at: tuple[str, ...]
    schedule: Schedule
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    content: str | None = None
    published_as: str | None = None
    language: str | None = None
    headers: tuple[tuple[str, Secret], ...] = ()
    owners: tuple[ArticleOwner, ...] = ()
    edit_link: str | None = None
    crawl: CrawlLimits | None = None
    annotator: bool = True


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where drift remembers. `url` is whole, password included; `shown` is the same without it."""

    url: Secret
    shown: str


@dataclass(frozen=True, slots=True)
class FetchingSettings:
    """How pages are fetched. `per_second` requests go to one host (None: as many as it answers), `concurrency` at once.

    `blind_after` failures in a row make a page blind; after `full_read` a page is read whole although it says that
    nothing changed. Another text at the address of an article is taken for it after `replaced_visits` visits over
    `replaced_over`; `replaced_mass` is the share of pages from which it is told of their source.
    """

    contact: str | None
    per_second: float | None
    concurrency: int
    connect: timedelta
    read: timedelta
    whole: timedelta
    full_read: timedelta
    blind_after: int
    replaced_visits: int
    replaced_over: timedelta
    replaced_mass: float
    unsteady_after: int
    retries: int
    allow_private: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """Versions of a page that are older than `age` and not among its last `versions` may be pruned."""

    age: timedelta
    versions: int


@dataclass(frozen=True, slots=True)
class LoggingSettings:
    """`level` is debug, info, warning or error; without a `file` the log goes to standard error."""

    level: str
    file: Path | None


@dataclass(frozen=True, slots=True)
class SlackSettings:
    name: str
    webhook: Secret


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Signed JSON to an address; `key` signs it."""

    name: str
    url: Secret
    key: Secret


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """`security` is starttls, tls or none."""

    name: str
    host: str
    port: int
    security: str
    user: str | None
    password: Secret | None
    sender: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppriseSettings:
    """Whatever apprise knows, by an address of its own kind."""

    name: str
    url: Secret


NotifierSettings = SlackSettings | WebhookSettings | EmailSettings | AppriseSettings


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Who is told. Of `routes` the first whose `when` matches takes an event, else the one named `default`.

    `operator` is the route that hears what is wrong with drift itself, `questions` the one that is asked: see Routing.
    """

    dashboard: str | None = None
    notifiers: tuple[NotifierSettings, ...] = ()
    routes: tuple[Route, ...] = ()
    default: str | None = None
    operator: str | None = None
    escalation: tuple[tuple[Severity, tuple[EscalationStep, ...]], ...] = ()
    questions: str | None = None

    @property
    def routing(self) -> Routing:
        """Who hears what, without how they are told."""
        return Routing(self.routes, self.default, self.operator, self.questions, self.escalation)

    def route(self, name: str) -> Route:
        """The route of a name. Raises KeyError where there is none."""
        return {route.name: route for route in self.routes}[name]


@dataclass(frozen=True, slots=True)
class Asking:
    """How an annotator is asked, and how far it is believed.

    `alarm_from` is the probability from which what it says counts; below a `trust` of its answers that people agree
    with it only asks. The budgets are for any 24 hours; `tokens_a_day` is None where there is no limit.
    """

    ask_twice: bool
    alarm_from: float
    trust: float
    questions_a_day: int
    tokens_a_day: int | None
    at_once: int
    timeout: timedelta


@dataclass(frozen=True, slots=True)
class OpenAISettings:
    """Chat completions at a base address; with an `api_version`, of Azure."""

    at: str
    model: str
    key: Secret | None
    api_version: str | None
    headers: tuple[tuple[str, Secret], ...]
    asking: Asking


@dataclass(frozen=True, slots=True)
class AnthropicSettings:
    at: str
    model: str
    key: Secret
    asking: Asking


@dataclass(frozen=True, slots=True)
class CommandSettings:
    """A program and its arguments, run in a `folder`; `model` is the name of what answers."""

    program: tuple[str, ...]
    folder: Path
    model: str
    asking: Asking


@dataclass(frozen=True, slots=True)
class RecordedSettings:
    """A file of answers."""

    file: Path
    asking: Asking


AnnotatorSettings = OpenAISettings | AnthropicSettings | CommandSettings | RecordedSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """A drift.yaml. Paths are those of the file, from the folder that holds it."""

    file: Path
    policies: Path
    time_zone: str
    sources: tuple[SourceSettings, ...]
    store: StoreSettings
    fetching: FetchingSettings
    retention: RetentionSettings
    logging: LoggingSettings
    alerts: AlertSettings
    annotator: AnnotatorSettings | None = None
