"""From what was written to what it means: entries into settings, with every secret looked up."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from drift.files.fields import OwnerEntry
from drift.files.yamlfile import Document, Steps
from drift.model import Owner
from drift.settings import nouns
from drift.settings.build_alerts import alerts_of
from drift.settings.build_annotator import annotator_of
from drift.settings.cron import parse
from drift.settings.fields import duration
from drift.settings.lookup import ALL, Lookup
from drift.settings.schema import (
    CrawlEntry,
    FetchingEntry,
    FilesEntry,
    SettingsEntry,
    SourceEntry,
    StoreEntry,
    WebEntry,
)
from drift.settings.secret import Environment, Secret

SQLITE = "sqlite:///"


def build(
    written: SettingsEntry, document: Document, environment: Environment, wanted: Collection[str] = ALL
) -> nouns.Settings | None:
    """The settings of entries that are sound, or None where a secret is not at hand: each is told at its place.

    Of the sections that are not `wanted`, every secret is empty.
    """
    lookup = Lookup(document, environment, wanted)
    folder = lookup.folder
    settings = nouns.Settings(
        file=Path(document.file),
        policies=folder / written.policies,
        time_zone=written.time_zone,
        sources=tuple(
            _source(source, ("sources", number), written.time_zone, lookup)
            for number, source in enumerate(written.sources)
        ),
        store=_store(written.store, lookup),
        fetching=_fetching(written.fetching),
        retention=nouns.RetentionSettings(duration(written.retention.age), written.retention.versions),
        logging=nouns.LoggingSettings(
            written.logging.level, folder / written.logging.file if written.logging.file else None
        ),
        alerts=alerts_of(written.alerts, written.time_zone, lookup),
        annotator=annotator_of(written.annotator, lookup),
    )
    return settings if lookup.found_all else None


def _source(source: SourceEntry, path: Steps, time_zone: str, lookup: Lookup) -> nouns.SourceSettings:
    assert isinstance(source, (FilesEntry, WebEntry))
    files = isinstance(source, FilesEntry)
    globs = lookup.path if files and source.published_as is None else str  # what has no address is named by its path
    headers = source.headers if isinstance(source, WebEntry) else {}
    return nouns.SourceSettings(
        name=source.name,
        kind=nouns.SourceKind(source.kind),
        at=tuple(lookup.path(each) if files else each for each in source.at),
        schedule=_schedule(source, time_zone),
        include=tuple(map(globs, source.include)),
        exclude=tuple(map(globs, source.exclude)),
        content=source.content,
        published_as=source.published_as,
        language=source.language,
        headers=tuple((name, lookup.header(secret, (*path, "headers", name))) for name, secret in headers.items()),
        owners=tuple(nouns.ArticleOwner(globs(glob), _owner(owner)) for glob, owner in source.owners.items()),
        edit_link=source.edit_link,
        crawl=_limits(source) if isinstance(source, CrawlEntry) else None,
        annotator=source.annotator == "on",
    )


def _schedule(source: SourceEntry, time_zone: str) -> nouns.Schedule:
    schedule = source.schedule
    return nouns.Schedule(
        time_zone=schedule.time_zone or time_zone,
        cron=parse(schedule.cron) if schedule.cron else None,
        every=duration(schedule.every) if schedule.every else None,
        jitter=duration(schedule.jitter),
    )


def _owner(written: str | OwnerEntry) -> Owner:
    if isinstance(written, str):
        return Owner(email=written)
    return Owner(written.team, written.email, written.slack)


def _limits(source: CrawlEntry) -> nouns.CrawlLimits:
    """Within the folder of each start address, where nothing else is said."""
    return nouns.CrawlLimits(source.depth, source.pages, tuple(source.within) or tuple(map(_under, source.at)))


def _under(address: str) -> str:
    """A glob of everything in the folder of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/**"


def _store(store: StoreEntry, lookup: Lookup) -> nouns.StoreSettings:
    if store.url.startswith(SQLITE):
        url = SQLITE + lookup.path(store.url.removeprefix(SQLITE))
        return nouns.StoreSettings(Secret(url), url)
    if store.password is None:
        return nouns.StoreSettings(Secret(store.url), store.url)
    password = lookup.secret(store.password, ("store", "password"))
    parts = urlsplit(store.url)
    user, _, host = parts.netloc.rpartition("@")
    login = f"{user}:{quote(password.value, safe='')}@{host}"
    return nouns.StoreSettings(Secret(urlunsplit(parts._replace(netloc=login)), password.origin), store.url)


def _fetching(fetching: FetchingEntry) -> nouns.FetchingSettings:
    timeouts = fetching.timeouts
    return nouns.FetchingSettings(
        contact=fetching.contact,
        per_second=None if isinstance(fetching.rate, str) else fetching.rate,
        concurrency=fetching.concurrency,
        connect=duration(timeouts.connect),
        read=duration(timeouts.read),
        whole=duration(timeouts.whole),
        full_read=duration(fetching.full_read),
        blind_after=fetching.blind_after,
        replaced_visits=fetching.replaced.visits,
        replaced_over=duration(fetching.replaced.over),
        replaced_mass=fetching.replaced.mass / 100,
        unsteady_after=fetching.unsteady_after,
        retries=fetching.retries,
        allow_private=tuple(fetching.allow_private),
    )
