"""drift.yaml as models, all but its alerts and annotator: what keys there are, what they mean, what they may hold.

Sources, notifiers and routes are read one by one, so that a bad one does not hide the others; what parts mean
together is checked by `lint`.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Discriminator, Field, model_validator

from drift.files.fields import CONFIG, AnOwner, Name, Nothing, Text, about, schema_of
from drift.settings.alerts import AlertsEntry
from drift.settings.annotators import AnAnnotator
from drift.settings.fields import DIGITS, Address, Addresses, Contact, CronText, Length, Rate, SomeTime, Texts, TimeZone
from drift.settings.naming import ASecret, Header


class _Entry(BaseModel):
    model_config = CONFIG


class ScheduleEntry(_Entry):
    """When a source is read: `every` so long, or on the times of `cron`."""

    every: Annotated[SomeTime | Nothing, about("Read it this often: 30 minutes, 6 hours, 1 day.")] = None
    cron: Annotated[
        CronText | Nothing,
        about("Read it at these times: minute, hour, day of the month, month, weekday.", ["0 6 * * mon-fri"]),
    ] = None
    time_zone: Annotated[
        TimeZone | Nothing, about("The zone of the times of `cron`; that of the file where there is none.")
    ] = None
    jitter: Annotated[Length, about("Wait up to this long before each run, so that load is spread.")] = "0 seconds"

    @model_validator(mode="after")
    def _one_of_both(self) -> "ScheduleEntry":
        if (self.every is None) == (self.cron is None):
            raise ValueError("a schedule is either 'every' or 'cron'", "one of them, like {every: 30 minutes}")
        return self


class SourceEntry(_Entry):
    """What every source has."""

    name: Annotated[Name, about("The name of the source, in kebab-case and unique in the file.")]
    kind: Annotated[str, about("What kind of source it is: files, urls, sitemap, crawl.")]
    at: Annotated[Texts, about("Where it is.")]
    schedule: ScheduleEntry = Field(
        default=ScheduleEntry(every="6 hours"),
        description="When it is read; every 6 hours where nothing is said.",
        examples=[{"every": "30 minutes"}],
    )
    include: list[Text] = Field(
        default=[],
        examples=[["https://help.larkspur.example/wireless/**"]],
        description="Globs of the articles to read, by address or path; all where there are none. `*` and `**` "
        "stand for any part.",
    )
    exclude: list[Text] = Field(default=[], description="Globs of articles to leave out, whatever `include` says.")
    content: Annotated[
        Text | Nothing, about("A CSS selector of the part of a page to read, where drift finds too much of it.")
    ] = None
    published_as: Annotated[
        Address | Nothing,
        about("The address under which it is published: of the folder for files, of the site for anything else."),
    ] = None
    language: Annotated[
        Text | Nothing, about("The language of the articles, where the pages do not say it themselves: en, fr.")
    ] = None
    owners: dict[Text, AnOwner] = Field(
        default={},
        examples=[{"https://help.larkspur.example/wireless/**": "wireless-content@larkspur.example"}],
        description="Who mends which articles: globs and owners, the first that means an article counts.",
    )
    edit_link: Annotated[
        Text | Nothing,
        about("Where an article is edited: an address with {path} or {url} for that of the article."),
    ] = None
    annotator: Annotated[
        Literal["on", "off"], about("Whether the annotator may be asked about it, where there is one.")
    ] = "on"


class FilesEntry(SourceEntry):
    """Articles in files, such as the repository of a help centre."""

    kind: Annotated[Literal["files"], about("What kind of source it is: files, urls, sitemap, crawl.")]
    at: Annotated[Texts, about("Files, folders or globs, from the folder of drift.yaml.", ["help/"])]


class WebEntry(SourceEntry):
    """What every source on the web has."""

    headers: dict[Header, ASecret] = Field(
        default={},
        examples=[{"Authorization": {"env": "HELP_TOKEN"}}],
        description="Headers of every request to the hosts of `at`, never sent to another; their values are secrets.",
    )


class UrlsEntry(WebEntry):
    """A list of pages."""

    kind: Annotated[Literal["urls"], about("What kind of source it is: files, urls, sitemap, crawl.")]
    at: Annotated[Addresses, about("The addresses of the pages.", ["https://help.larkspur.example/wireless/unlock"])]


class SitemapEntry(WebEntry):
    """The pages that a site lists."""

    kind: Annotated[Literal["sitemap"], about("What kind of source it is: files, urls, sitemap, crawl.")]
    at: Annotated[Addresses, about("The address of the sitemap.", ["https://help.larkspur.example/sitemap.xml"])]


class CrawlEntry(WebEntry):
    """The pages that links lead to."""

    kind: Annotated[Literal["crawl"], about("What kind of source it is: files, urls, sitemap, crawl.")]
    at: Annotated[Addresses, about("The address to start from.", ["https://help.larkspur.example/"])]
    depth: Annotated[int, Field(ge=0, le=100), DIGITS, about("Links followed from the start, at most.")] = 5
    pages: Annotated[
        int,
        Field(ge=1, le=1_000_000),
        DIGITS,
        about("Pages read, at most; of a source that is full, a twentieth more in each pass, the nearest first."),
    ] = 5_000
    within: list[Text] = Field(
        default=[], description="Globs of the addresses it may go to; all under the start where there are none."
    )


KINDS: dict[str, type[SourceEntry]] = {
    "files": FilesEntry, "urls": UrlsEntry, "sitemap": SitemapEntry, "crawl": CrawlEntry,
}  # fmt: skip


class StoreEntry(_Entry):
    """Where drift remembers what it saw."""

    url: Annotated[
        Text,
        about(
            "A database: a file of SQLite, from the folder of drift.yaml, or PostgreSQL, without its password.",
            ["postgresql://drift@db.larkspur.example/drift"],
        ),
    ] = "sqlite:///.drift/drift.db"
    password: Annotated[ASecret | Nothing, about("The password of the database.")] = None


class TimeoutsEntry(_Entry):
    """How long one page may take."""

    connect: Annotated[SomeTime, about("Until a connection stands.")] = "10 seconds"
    read: Annotated[SomeTime, about("Until the next bytes arrive.")] = "10 seconds"
    whole: Annotated[SomeTime, about("From the first connection to the last byte, redirects included.")] = "30 seconds"


class ReplacedEntry(_Entry):
    """When another text at the address of an article is taken for the article: until then the page is blind."""

    visits: Annotated[int, Field(ge=1, le=100), DIGITS, about("Visits in a row on which it said the same.")] = 3
    over: Annotated[Length, about("The time from the first of those visits to the last, at least.")] = "24 hours"
    mass: Annotated[
        int,
        Field(ge=1, le=100),
        DIGITS,
        about("Percent of the pages of a run: where so many are replaced or unanswered, the operator hears of it."),
    ] = 20


class FetchingEntry(_Entry):
    """How pages are fetched."""

    contact: Annotated[
        Contact | Nothing, about("Where a site's owner learns who reads it; sent in the User-Agent.")
    ] = None
    rate: Annotated[Rate, about("Requests a second to one host, or `unlimited`.")] = 1.0
    concurrency: Annotated[int, Field(ge=1, le=64), DIGITS, about("Requests at once to one host.")] = 2
    timeouts: Annotated[TimeoutsEntry, about("How long one page may take.")] = TimeoutsEntry()
    retries: Annotated[
        int, Field(ge=0, le=10), DIGITS, about("Times a failure that may pass is tried again in a run.")
    ] = 2
    full_read: Annotated[
        SomeTime, about("Read a page whole after this long, even where the site says that nothing changed.")
    ] = "7 days"
    blind_after: Annotated[int, Field(ge=1, le=100), DIGITS, about("Failures in a row that make a page blind.")] = 3
    replaced: Annotated[
        ReplacedEntry, about("When another text at the address of an article is taken for the article.")
    ] = ReplacedEntry()
    unsteady_after: Annotated[
        int,
        Field(ge=1, le=100),
        DIGITS,
        about("Visits on which a page said two things in turn, after which a wrong one of them is a finding."),
    ] = 3
    allow_private: list[Text] = Field(
        default=[],
        examples=[["10.20.0.0/16"]],
        description="Private networks (CIDR) and hosts that may be opened although they are not public.",
    )


class RetentionEntry(_Entry):
    """What `drift db prune` keeps. What a finding stands on is always kept."""

    age: Annotated[SomeTime, about("Keep versions of a page at least this long.")] = "400 days"
    versions: Annotated[int, Field(ge=1, le=100_000), DIGITS, about("Keep at least the last ones, however old.")] = 20


class LoggingEntry(_Entry):
    """What is logged, as lines of JSON."""

    level: Annotated[Literal["debug", "info", "warning", "error"], about("The least that is logged.")] = "info"
    file: Annotated[
        Text | Nothing, about("A file, from the folder of drift.yaml; standard error where there is none.")
    ] = None


class SettingsHeader(_Entry):
    """drift.yaml, with its sections still to be read."""

    SECTIONS: ClassVar = frozenset(("sources", "store", "fetching", "retention", "logging", "annotator", "alerts"))

    policies: Annotated[Text, about("The folder of the policies, from the folder of drift.yaml.")] = "policies"
    time_zone: Annotated[TimeZone, about("The zone of times where nothing else is said.")] = "UTC"
    sources: list[Any] = Field(min_length=1)
    store: Any = None
    fetching: Any = None
    retention: Any = None
    logging: Any = None
    annotator: Any = None
    alerts: Any = None


AnySource = Annotated[FilesEntry | UrlsEntry | SitemapEntry | CrawlEntry, Discriminator("kind")]


class SettingsEntry(SettingsHeader):
    """The settings of drift: what it watches, how, and who is told."""

    sources: list[AnySource] = Field(min_length=1, description="What is watched.")
    store: Annotated[StoreEntry, about("Where drift remembers what it saw.")] = StoreEntry()
    fetching: Annotated[FetchingEntry, about("How pages are fetched.")] = FetchingEntry()
    retention: Annotated[RetentionEntry, about("What is kept of what was seen.")] = RetentionEntry()
    logging: Annotated[LoggingEntry, about("What is logged.")] = LoggingEntry()
    annotator: Annotated[
        AnAnnotator | Nothing, about("Who is asked which rule a sentence states; nobody where there is none.")
    ] = None
    alerts: Annotated[AlertsEntry, about("Who is told of what.")] = AlertsEntry()


def schema() -> dict[str, Any]:
    """The JSON schema of drift.yaml, for editors (draft 2020-12)."""
    return schema_of(SettingsEntry, "drift settings")
