"""drift.yaml read, with everything wrong in it told at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drift.files.fields import NAME
from drift.files.spelling import kebab
from drift.files.validation import read_entry
from drift.files.yamlfile import Document, Steps, read
from drift.model.errors import InputError, Place, Problem
from drift.settings import privacy
from drift.settings.alerts import NOTIFIERS, AlertsHeader, RouteEntry
from drift.settings.annotators import ANNOTATORS
from drift.settings.build import build
from drift.settings.lint import lint_fetching, lint_names, lint_source, lint_store
from drift.settings.lint_annotator import lint_annotator
from drift.settings.lookup import ALL
from drift.settings.nouns import Settings
from drift.settings.pieces import ANNOTATOR_WORDS, NOTIFIER_WORDS, WORDS, kinded
from drift.settings.routing import Names, lint_alerts, lint_notifier
from drift.settings.schema import (
    KINDS,
    FetchingEntry,
    LoggingEntry,
    RetentionEntry,
    SettingsEntry,
    SettingsHeader,
    StoreEntry,
)
from drift.settings.secret import Environment
from drift.settings.surroundings import look_around


@dataclass(slots=True)
class Reading:
    """What a file gave: every problem, what was written with defaults filled in, and the settings.

    `written` is None where the file cannot be used, `settings` also where a secret is not at hand.
    """

    problems: list[Problem] = field(default_factory=list)
    written: SettingsEntry | None = None
    settings: Settings | None = None


def load(path: Path, environment: Environment, wanted: Collection[str] = ALL) -> Settings:
    """The settings of a file, with its secrets. Raises InputError with every problem; warnings do not count.

    `wanted` are the sections whose secrets are needed: who only looks at what is remembered sends nothing and fetches
    nothing, and needs those of the store alone. The secrets of the others are empty then.
    """
    reading = read_settings(path, environment, wanted)
    if reading.settings is None:
        raise InputError([problem for problem in reading.problems if not problem.warning])
    return reading.settings


def read_settings(path: Path, environment: Environment | None, wanted: Collection[str] = ALL) -> Reading:
    """Read a file; without an environment, no secret is looked for and no settings come out. Raises nothing."""
    if not path.exists():
        return Reading([Problem(Place(str(path)), "no such file", "the settings; 'drift init' writes a first one")])
    document = read(path)
    if document.problems:
        return Reading(privacy.unparsed(document.problems))
    reading = Reading()
    reading.written = _written(document)
    if reading.written is not None and environment is not None:
        reading.settings = build(reading.written, document, environment, wanted)
        look_around(reading.written, document)
    reading.problems = privacy.kept(document)
    return reading


def _written(document: Document) -> SettingsEntry | None:
    """The whole file as entries, or None where something in it is wrong.

    A section that holds nothing, since all of it is commented out, is as good as none.
    """
    data = document.data
    if data is None:
        document.tell((), "the file holds nothing", WORDS.examples["sources"])
        return None
    if isinstance(data, dict):
        data = {key: value for key, value in data.items() if value is not None or key not in SettingsHeader.SECTIONS}
    read_entry(SettingsHeader, document, (), data, WORDS, apart=SettingsHeader.SECTIONS)
    if not isinstance(data, dict):
        return None
    _sources(document, data.get("sources", []))
    if store := read_entry(StoreEntry, document, ("store",), data.get("store", {}), WORDS):
        lint_store(store.entry, document)
    if fetching := read_entry(FetchingEntry, document, ("fetching",), data.get("fetching", {}), WORDS):
        lint_fetching(fetching.entry, document)
    read_entry(RetentionEntry, document, ("retention",), data.get("retention", {}), WORDS)
    read_entry(LoggingEntry, document, ("logging",), data.get("logging", {}), WORDS)
    if "annotator" in data and (
        annotator := kinded(ANNOTATORS, document, ("annotator",), data["annotator"], ANNOTATOR_WORDS)
    ):
        lint_annotator(annotator, fetching.entry.allow_private if fetching else (), document)
    _alerts(document, data.get("alerts", {}), _names(data.get("sources")))
    sound = all(problem.warning for problem in document.problems)
    return SettingsEntry.model_validate(data) if sound else None


def _sources(document: Document, data: Any) -> None:
    if not isinstance(data, list):
        return  # which the header told
    lint_names("sources", data, document)
    for number, item in enumerate(data):
        path: Steps = ("sources", number)
        if source := kinded(KINDS, document, path, item):
            lint_source(source, document, path)


def _alerts(document: Document, data: Any, sources: list[str]) -> None:
    header = read_entry(AlertsHeader, document, ("alerts",), data, WORDS, apart=frozenset(("notifiers", "routes")))
    if header is None:
        return
    alerts = header.entry
    lint_names("alerts/routes", alerts.routes, document)
    for name, written in alerts.notifiers.items():
        _notifier(document, name, written)
    routes: list[tuple[Steps, RouteEntry]] = []
    whole = not header.faulty
    for number, item in enumerate(alerts.routes):
        path: Steps = ("alerts", "routes", number)
        route = read_entry(RouteEntry, document, path, item, WORDS)
        whole = whole and route is not None and not route.faulty
        if route is not None:
            routes.append((path, route.entry))
    names = Names(tuple(sources), tuple(alerts.notifiers), tuple(_names(alerts.routes)))
    lint_alerts(alerts, routes, names, document, whole=whole)


def _notifier(document: Document, name: str, written: Any) -> None:
    path: Steps = ("alerts", "notifiers", name)
    if not re.fullmatch(NAME, name):
        document.tell(path, f"'{name}' is not a name", "kebab-case, like content-team", kebab(name) or None, key=True)
    if notifier := kinded(NOTIFIERS, document, path, written, NOTIFIER_WORDS):
        lint_notifier(notifier.entry, path, document)


def _names(items: Any) -> list[str]:
    """The names in a list of entries, those of faulty ones included."""
    found = [item.get("name") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [name for name in found if isinstance(name, str)]
