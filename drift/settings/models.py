"""drift.yaml as models: what keys there are, what they mean, what they may hold.

Sources, annotators and notifiers have theirs in their own files. Each is read by itself, as routes are, so that a bad
one does not hide the others.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

from pydantic import Field, PrivateAttr, SerializeAsAny

from drift.annotators import AnnotatorConfig
from drift.fetch.gate import Gate
from drift.files.config import Config, Teller, from_folder
from drift.files.fields import Nothing, Text, about
from drift.files.keys import DIGITS, Contact, FileName, Length, Rate, SomeTime, TimeZone
from drift.files.secret import FORM, IN_CLEAR, Secret
from drift.files.spelling import nearest
from drift.model import Owner, Page
from drift.model.errors import InputError
from drift.settings.alerts import AlertsConfig
from drift.sources.watched import SourceConfig

SQLITE = "sqlite:///"
SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")


class StoreConfig(Config):
    """Where drift remembers what it saw."""

    url: Annotated[
        Text,
        about(
            "A database: a file of SQLite, from the folder of drift.yaml, or PostgreSQL, without its password.",
            ["postgresql://drift@db.larkspur.example/drift"],
        ),
    ] = "sqlite:///.drift/drift.db"
    password: Annotated[Secret | Nothing, about("The password of the database.")] = None

    @property
    def address(self) -> str:
        """The address with its password, for those who connect: nothing shows it."""
        if self.password is None:
            return self.url
        parts = urlsplit(self.url)
        user, _, host = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{user}:{quote(self.password.value, safe='')}@{host}"))

    def placed(self, folder: Path) -> Self:
        if not self.url.startswith(SQLITE):
            return self
        return self.model_copy(update={"url": SQLITE + from_folder(folder, self.url.removeprefix(SQLITE))})

    def lint(self, tell: Teller) -> None:
        """Tell what is wrong with the address of the database; it is not repeated where it holds a password."""
        try:
            parts = urlsplit(self.url)
            password, _ = parts.password, parts.port
        except ValueError:
            tell(("url",), "this is no address of a database", "one like sqlite:///.drift/drift.db")
            return
        if password is not None or {"password", "passfile"} & parse_qs(parts.query).keys():
            tell(("url",), IN_CLEAR, f"'password: {FORM}' beside the address")
        elif parts.scheme not in SCHEMES:
            hint = "postgresql" if parts.scheme in ("postgres", "psql", "pg") else nearest(parts.scheme, SCHEMES)
            tell(("url",), f"'{parts.scheme}' is no database of drift", "sqlite:///FILE or postgresql://...", hint)
        elif parts.scheme == "sqlite" and (parts.netloc or len(parts.path) < 2):
            tell(("url",), "the file of the database is not named", "three slashes, like sqlite:///.drift/drift.db")
        elif parts.scheme == "sqlite" and self.password is not None:
            tell(("password",), "a database in a file has no password", "none", key=True)
        elif parts.scheme != "sqlite" and not parts.path.strip("/"):
            tell(("url",), "no database is named", "one like postgresql://drift@db.larkspur.example/drift")


class TimeoutsConfig(Config):
    """How long one page may take."""

    connect: Annotated[SomeTime, about("Until a connection stands.")] = Length.read("10 seconds")
    read: Annotated[SomeTime, about("Until the next bytes arrive.")] = Length.read("10 seconds")
    whole: Annotated[SomeTime, about("From the first connection to the last byte, redirects included.")] = Length.read(
        "30 seconds"
    )


class ReplacedConfig(Config):
    """When another text at the address of an article is taken for the article: until then the page is blind."""

    visits: Annotated[int, Field(ge=1, le=100), DIGITS, about("Visits in a row on which it said the same.")] = 3
    over: Annotated[Length, about("The time from the first of those visits to the last, at least.")] = Length.read(
        "24 hours"
    )
    mass: Annotated[
        int,
        Field(ge=1, le=100),
        DIGITS,
        about("Percent of the pages of a run: where so many are replaced or unanswered, the operator hears of it."),
    ] = 20


class FetchingConfig(Config):
    """How pages are fetched."""

    contact: Annotated[
        Contact | Nothing, about("Where a site's owner learns who reads it; sent in the User-Agent.")
    ] = None
    rate: Annotated[Rate, about("Requests a second to one host, or `unlimited`.")] = 1.0
    concurrency: Annotated[int, Field(ge=1, le=64), DIGITS, about("Requests at once to one host.")] = 2
    timeouts: Annotated[TimeoutsConfig, about("How long one page may take.")] = TimeoutsConfig()
    retries: Annotated[
        int, Field(ge=0, le=10), DIGITS, about("Times a failure that may pass is tried again in a run.")
    ] = 2
    full_read: Annotated[
        SomeTime, about("Read a page whole after this long, even where the site says that nothing changed.")
    ] = Length.read("7 days")
    blind_after: Annotated[int, Field(ge=1, le=100), DIGITS, about("Failures in a row that make a page blind.")] = 3
    replaced: Annotated[
        ReplacedConfig, about("When another text at the address of an article is taken for the article.")
    ] = ReplacedConfig()
    unsteady_after: Annotated[
        int,
        Field(ge=1, le=100),
        DIGITS,
        about("Visits on which a page said two things in turn, after which a wrong one of them is a finding."),
    ] = 3
    allow_private: tuple[Text, ...] = Field(
        default=(),
        examples=[["10.20.0.0/16"]],
        description="Private networks (CIDR) and hosts that may be opened although they are not public.",
    )

    @property
    def per_second(self) -> float | None:
        """Requests a second to one host; None for as many as it answers."""
        return None if isinstance(self.rate, str) else self.rate

    def lint(self, tell: Teller) -> None:
        """Tell networks and hosts that are none."""
        for number, name in enumerate(self.allow_private):
            try:
                Gate.opening([name])
            except InputError as error:
                for problem in error.problems:
                    tell(("allow_private", number), problem.message, problem.expected, problem.hint)


class RetentionConfig(Config):
    """What `drift db prune` keeps. What a finding stands on is always kept."""

    age: Annotated[SomeTime, about("Keep versions of a page at least this long.")] = Length.read("400 days")
    versions: Annotated[int, Field(ge=1, le=100_000), DIGITS, about("Keep at least the last ones, however old.")] = 20


class LoggingConfig(Config):
    """What is logged, as lines of JSON."""

    level: Annotated[Literal["debug", "info", "warning", "error"], about("The least that is logged.")] = "info"
    file: Annotated[
        FileName | Nothing, about("A file, from the folder of drift.yaml; standard error where there is none.")
    ] = None

    def placed(self, folder: Path) -> Self:
        return self.model_copy(update={"file": folder / self.file}) if self.file else self


class Settings(Config):
    """The settings of drift: what it watches, how, and who is told."""

    policies: Annotated[FileName, about("The folder of the policies, from the folder of drift.yaml.")] = Path(
        "policies"
    )
    time_zone: Annotated[TimeZone, about("The zone of times where nothing else is said.")] = "UTC"
    sources: tuple[SerializeAsAny[SourceConfig], ...] = Field(min_length=1, description="What is watched.")
    store: Annotated[StoreConfig, about("Where drift remembers what it saw.")] = StoreConfig()
    fetching: Annotated[FetchingConfig, about("How pages are fetched.")] = FetchingConfig()
    retention: Annotated[RetentionConfig, about("What is kept of what was seen.")] = RetentionConfig()
    logging: Annotated[LoggingConfig, about("What is logged.")] = LoggingConfig()
    annotator: Annotated[
        SerializeAsAny[AnnotatorConfig] | Nothing,
        about("Who is asked which rule a sentence states; nobody where there is none."),
    ] = None
    alerts: Annotated[AlertsConfig, about("Who is told of what.")] = AlertsConfig()
    _file: Path = PrivateAttr(Path("drift.yaml"))

    @property
    def file(self) -> Path:
        """The file they were read from."""
        return self._file

    def owner_of(self, source: str | None, article: Page) -> Owner | None:
        """Who keeps an article of a source, None if nobody is named."""
        owned = (pair for each in self.sources if each.name == source for pair in each.article_owners)
        return next((owner for glob, owner in owned if article.lies_under(glob)), None)

    def placed(self, folder: Path) -> Self:
        return self.model_copy(update={"policies": folder / self.policies})

    def look(self, tell: Teller) -> None:
        if not (tell.folder / self.policies).is_dir():
            message = f"there is no folder '{tell.folder / self.policies}'"
            tell(("policies",), message, "the policies; 'drift init' writes a first one", warning=True)
