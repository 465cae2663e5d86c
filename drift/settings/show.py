"""The settings as they are in force, written so that they load again: secrets by where they are, never by value."""

from __future__ import annotations

from typing import Any

import yaml

from drift.settings.schema import SettingsEntry


def shown(written: SettingsEntry) -> dict[str, Any]:
    """What was written with every default filled in, as plain data. Keys that are absent by default are left out."""
    data: dict[str, Any] = written.model_dump(mode="json", by_alias=True, exclude_none=True)
    return data


def as_yaml(written: SettingsEntry) -> str:
    """The same as YAML; what is quoted is text that other readers of YAML might take for something else."""
    text: str = yaml.safe_dump(shown(written), sort_keys=False, allow_unicode=True, width=110)
    return text
