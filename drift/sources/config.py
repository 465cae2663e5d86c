"""What the settings say of every source of a watch, and what it learns of its pages from."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from drift.files.config import Config, Teller
from drift.files.fields import AnOwner, Name, Nothing, Text, about, owner_of
from drift.files.keys import Address, CronTimes, Length, SomeTime, Texts, TimeZone
from drift.files.secret import Headers
from drift.model import Owner
from drift.model.ports import Library, WatchedSource
from drift.sources.published import Site
from drift.sources.selection import Selection
from drift.sources.several import Several

_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class SourceMeans:
    """What sources learn of their pages from, beside the settings.

    `library` reads what lists pages, `known` gives the addresses that earlier passes remember, `language` is that of
    the articles that are wanted.
    """

    library: Library
    known: Callable[[], Iterable[str]]
    language: str


class Schedule(Config):
    """When a source is read: `every` so long, or on the times of `cron`."""

    every: Annotated[SomeTime | Nothing, about("Read it this often: 30 minutes, 6 hours, 1 day.")] = None
    cron: Annotated[
        CronTimes | Nothing,
        about("Read it at these times: minute, hour, day of the month, month, weekday.", ["0 6 * * mon-fri"]),
    ] = None
    time_zone: Annotated[
        TimeZone | Nothing, about("The zone of the times of `cron`; that of the file where there is none.")
    ] = None
    jitter: Annotated[Length, about("Wait up to this long before each run, so that load is spread.")] = Length.read(
        "0 seconds"
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.every is None) == (self.cron is None):
            raise ValueError("a schedule is either 'every' or 'cron'", "one of them, like {every: 30 minutes}")
        return self


class SourceConfig(Config, ABC):
    """What every source has."""

    name: Annotated[Name, about("The name of the source, in kebab-case and unique in the file.")]
    kind: str
    at: Annotated[Texts, about("Where it is.")]
    schedule: Schedule = Field(
        default=Schedule(every=Length.read("6 hours")),
        description="When it is read; every 6 hours where nothing is said.",
        examples=[{"every": "30 minutes"}],
    )
    include: tuple[Text, ...] = Field(
        default=(),
        examples=[["https://help.larkspur.example/wireless/**"]],
        description="Globs of the articles to read, by address or path; all where there are none. `*` and `**` "
        "stand for any part.",
    )
    exclude: tuple[Text, ...] = Field(
        default=(), description="Globs of articles to leave out, whatever `include` says."
    )
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

    @property
    def article_owners(self) -> tuple[tuple[str, Owner], ...]:
        """Globs and owners: the first whose glob means an article counts."""
        return tuple((glob, owner_of(written)) for glob, written in self.owners.items())

    @property
    def asked_about(self) -> bool:
        """Whether an annotator may be asked about its articles."""
        return self.annotator == "on"

    def globs(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Its globs of articles, by the key that has them."""
        owned: dict[tuple[str, ...], tuple[str, ...]] = {("owners", glob): (glob,) for glob in self.owners}
        return {("include",): self.include, ("exclude",): self.exclude, **owned}

    def reach(self) -> tuple[str, ...]:
        """The beginnings of the public addresses that its articles can have."""
        return (self.published_as,) if self.published_as is not None else tuple(map(literal, self.at))

    def may_list(self, _glob: str) -> bool:
        """Whether a glob beyond its reach may mean an article all the same."""
        return False

    @abstractmethod
    def source(self, means: SourceMeans) -> WatchedSource:
        """The source that this describes, for one pass."""


class WebConfig(SourceConfig):
    """What every source on the web has. `headers` go to the hosts of `at` and to no other."""

    headers: Headers = Field(
        default={},
        examples=[{"Authorization": {"env": "HELP_TOKEN"}}],
        description="Headers of every request to the hosts of `at`, never sent to another; their values are secrets.",
    )

    def lint(self, tell: Teller) -> None:
        if self.headers and any(each.startswith("http://") for each in self.at):
            tell(("headers",), "these secrets travel in clear", "https:// in 'at'", key=True, warning=True)

    def look(self, tell: Teller) -> None:
        for index, address in enumerate(self.at):
            tell.warn_closed(("at", index), address, "nothing there is read")

    def reach(self) -> tuple[str, ...]:
        hosts = tuple("{0.scheme}://{0.netloc}/".format(urlsplit(each)) for each in self.at)
        return (self.published_as,) if self.published_as is not None else hosts

    def source(self, means: SourceMeans) -> WatchedSource:
        site = Site(self.at, self.published_as) if self.published_as else None
        return self.listed(means, Selection(self.include, self.exclude, site))

    @abstractmethod
    def listed(self, means: SourceMeans, selection: Selection) -> WatchedSource:
        """The same, of the pages that are selected, each under the address it is published at."""


def literal(glob: str) -> str:
    """What a glob begins with before its first wildcard."""
    return _WILD.split(glob, maxsplit=1)[0]


def several(sources: Iterable[WatchedSource]) -> WatchedSource:
    """Sources as one, and one as itself."""
    made = tuple(sources)
    return made[0] if len(made) == 1 else Several(made)
