"""What a file names, looked up: secrets in the environment and in files, paths from its folder, zones of the file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from drift.files.config import Config
from drift.files.secret import Environment, Secret, UnavailableError
from drift.files.yamlfile import Document, Steps
from drift.settings.models import Settings

ALL = frozenset(("sources", "store", "annotator", "alerts"))  # the sections that have secrets


def found(
    written: Settings, document: Document, environment: Environment, wanted: Collection[str] = ALL
) -> Settings | None:
    """The settings in force, or None where a secret is not at hand: each is told at its place.

    Of the sections that are not `wanted`, every secret is empty: it is not needed, and so cannot be missing.
    """
    looking = _Looking(document, environment, wanted, written.time_zone)
    settings: Settings = looking.up(written, ())
    settings._file = Path(document.file)
    return settings if looking.found_all else None


class _Looking:
    """Goes over models; `found_all` turns False where something is missing."""

    def __init__(self, document: Document, environment: Environment, wanted: Collection[str], time_zone: str) -> None:
        self.found_all = True
        self._document = document
        self._folder = Path(document.file).parent
        self._environment = environment
        self._wanted = wanted
        self._time_zone = time_zone

    def up(self, part: Any, path: Steps) -> Any:
        """The same with what it names."""
        if isinstance(part, Secret):
            return self._secret(part, path) if path[0] in self._wanted else part
        if isinstance(part, dict):
            return {key: self.up(value, (*path, key)) for key, value in part.items()}
        if isinstance(part, tuple):
            return tuple(self.up(value, (*path, number)) for number, value in enumerate(part))
        return self._model(part, path) if isinstance(part, BaseModel) else part

    def _model(self, part: BaseModel, path: Steps) -> BaseModel:
        changed = {
            name: self.up(getattr(part, name), (*path, info.alias or name))
            for name, info in type(part).model_fields.items()
        }
        if "time_zone" in changed:
            changed["time_zone"] = changed["time_zone"] or self._time_zone
        made = part.model_copy(update=changed)
        return made.placed(self._folder) if isinstance(made, Config) else made

    def _secret(self, named: Secret, path: Steps) -> Secret:
        try:
            secret, warning = named.looked_up(self._folder, self._environment)
        except UnavailableError as error:
            self.found_all = False
            self._document.tell((*path, error.key) if error.key else path, str(error), error.expected)
            return named
        if warning:
            self._document.tell((*path, "file"), warning, f"'chmod o-r {named.file}'", warning=True)
        return secret
