"""drift.yaml read, with everything wrong in it told at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from drift import annotators, notifiers
from drift.files.config import Config, Teller
from drift.files.fields import NAME
from drift.files.secret import Environment
from drift.files.spelling import kebab
from drift.files.validation import Read, read_entry
from drift.files.yamlfile import Document, Steps, read
from drift.model.errors import InputError, Place, Problem
from drift.settings import privacy
from drift.settings.alerts import AlertsConfig, RouteConfig
from drift.settings.found import ALL, found
from drift.settings.lint import lint_names, lint_source
from drift.settings.models import (
    FetchingConfig,
    LoggingConfig,
    RetentionConfig,
    Settings,
    StoreConfig,
)
from drift.settings.pieces import WORDS, kinded, with_types
from drift.settings.routing import Names, lint_alerts
from drift.sources import watched

Model = TypeVar("Model", bound=Config)

SECTIONS = ("sources", "store", "fetching", "retention", "logging", "annotator", "alerts")
# The file and its alerts without what is read by itself.
_FILE = with_types(Settings, **{**dict.fromkeys(SECTIONS, Any), "sources": list[Any]})
_ALERTS = with_types(AlertsConfig, notifiers=dict[str, Any], routes=list[Any])


@dataclass(slots=True)
class LoadedSettings:
    """What a file gave: every problem, what was written with defaults filled in, and the settings.

    `written` is None if the file cannot be used, `settings` also where a secret is not at hand.
    """

    problems: list[Problem] = field(default_factory=list)
    written: Settings | None = None
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


def read_settings(path: Path, environment: Environment | None, wanted: Collection[str] = ALL) -> LoadedSettings:
    """Read a file; without an environment, no secret is looked for and no settings come out. Raises nothing."""
    if not path.exists():
        return LoadedSettings(
            [Problem(Place(str(path)), "no such file", "the settings; 'drift init' writes a first one")]
        )
    document = read(path)
    if document.problems:
        return LoadedSettings(privacy.unparsed(document.problems))
    reading = LoadedSettings(written=_Draft(document).written())
    if reading.written is not None and environment is not None:
        reading.settings = found(reading.written, document, environment, wanted)
        _look(reading.written, document)
    reading.problems = privacy.kept(document)
    return reading


class _Draft:
    """One file on its way to settings. Each part is read by itself, so that a bad one does not hide the others."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._opened: tuple[str, ...] = ()  # private networks and hosts

    def written(self) -> Settings | None:
        """What the file says, or None if something in it is wrong.

        A section that holds nothing, since all of it is commented out, is as good as none.
        """
        data = self._document.data
        if data is None:
            self._document.tell((), "the file holds nothing", WORDS.examples["sources"])
            return None
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if value is not None or key not in SECTIONS}
        header = read_entry(_FILE, self._document, (), data, WORDS, apart=frozenset(SECTIONS))
        made = self._sections(data) if isinstance(data, dict) else {}
        if header is None or not all(problem.warning for problem in self._document.problems):
            return None
        return Settings.model_validate(
            {"policies": str(header.entry.policies), "time_zone": header.entry.time_zone, **made}
        )

    def _sections(self, data: dict[str, Any]) -> dict[str, Config | tuple[Config, ...] | None]:
        fetching = self._section(FetchingConfig, ("fetching",), data)
        self._opened = fetching.allow_private if fetching else ()
        return {
            "fetching": fetching,
            "sources": self._sources(data.get("sources")),
            "store": self._section(StoreConfig, ("store",), data),
            "retention": self._section(RetentionConfig, ("retention",), data),
            "logging": self._section(LoggingConfig, ("logging",), data),
            "annotator": self._part(annotators.ANNOTATORS, ("annotator",), data["annotator"])
            if "annotator" in data
            else None,
            "alerts": self._alerts(data.get("alerts", {}), _names(data.get("sources"))),
        }

    def _section(self, model: type[Model], path: Steps, data: dict[str, Any]) -> Model | None:
        return self._linted(read_entry(model, self._document, path, data.get(str(path[-1]), {}), WORDS), path)

    def _part(self, parts: tuple[type[Model], ...], path: Steps, data: Any) -> Model | None:
        return self._linted(kinded(parts, self._document, path, data), path)

    def _linted(self, made: Read[Model] | None, path: Steps) -> Model | None:
        if made is None:
            return None
        tell = Teller(self._document, path, made.faulty, self._opened)
        made.entry.lint(tell)
        if isinstance(made.entry, watched.SourceConfig):
            lint_source(made.entry, tell)
        return made.entry

    def _sources(self, data: Any) -> tuple[Config, ...]:
        if not isinstance(data, list):
            return ()  # which the header told
        lint_names("sources", data, self._document)
        parts = (self._part(watched.SOURCES, ("sources", number), item) for number, item in enumerate(data))
        return tuple(part for part in parts if part is not None)

    def _alerts(self, data: Any, named: list[str]) -> AlertsConfig | None:
        """`named` are the sources, those included that are themselves wrong."""
        document = self._document
        header = read_entry(_ALERTS, document, ("alerts",), data, WORDS, apart=frozenset(("notifiers", "routes")))
        if header is None:
            return None
        alerts = header.entry
        lint_names("alerts/routes", alerts.routes, document)
        told = {name: self._notifier(name, written) for name, written in alerts.notifiers.items()}
        routes: list[tuple[Steps, RouteConfig]] = []
        whole = not header.faulty
        for number, item in enumerate(alerts.routes):
            path: Steps = ("alerts", "routes", number)
            route = read_entry(RouteConfig, document, path, item, WORDS)
            whole = whole and route is not None and not route.faulty
            if route is not None:
                routes.append((path, route.entry))
        names = Names(tuple(named), tuple(alerts.notifiers), tuple(_names(alerts.routes)))
        lint_alerts(alerts, routes, names, document, whole=whole)
        if not all(problem.warning for problem in document.problems):
            return None
        return AlertsConfig(**dict(alerts) | {"notifiers": told, "routes": tuple(route for _, route in routes)})

    def _notifier(self, name: str, written: Any) -> Config | None:
        path: Steps = ("alerts", "notifiers", name)
        if not re.fullmatch(NAME, name):
            expected, hint = "kebab-case, like content-team", kebab(name) or None
            self._document.tell(path, f"'{name}' is not a name", expected, hint, key=True)
        return self._part(notifiers.NOTIFIERS, path, written)


def _look(written: Settings, document: Document) -> None:
    """Warn of what the settings name and the disk does not have, and of what the gate keeps closed."""
    opened = written.fetching.allow_private
    written.look(Teller(document, (), opened=opened))
    for number, source in enumerate(written.sources):
        source.look(Teller(document, ("sources", number), opened=opened))
    if written.annotator is not None:
        written.annotator.look(Teller(document, ("annotator",), opened=opened))
    for name, notifier in written.alerts.notifiers.items():
        notifier.look(Teller(document, ("alerts", "notifiers", name), opened=opened))


def _names(items: Any) -> list[str]:
    """The names in a list of entries, those of faulty ones included."""
    found = [item.get("name") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [name for name in found if isinstance(name, str)]
