"""The settings as they are shown: the schema for editors, made of the lists of parts, and what is in force as YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Union

import yaml
from pydantic import Discriminator

from drift import annotators, notifiers
from drift.files.config import Config
from drift.files.fields import Name, Nothing, schema_of
from drift.settings.alerts import AlertsConfig
from drift.settings.models import Settings
from drift.settings.pieces import with_types
from drift.sources import watched

_KINDS = {  # what the `kind` of a part says
    "sources": "What kind of source it is",
    "annotator": "What answers",
    "notifiers": "How it tells people",
}


def parts() -> Mapping[str, Sequence[type[Config]]]:
    """The lists of parts, by the key that takes them."""
    return {"sources": watched.SOURCES, "annotator": annotators.ANNOTATORS, "notifiers": notifiers.NOTIFIERS}


def schema() -> dict[str, Any]:
    """The JSON schema of drift.yaml, for editors (draft 2020-12)."""
    source, annotator, notifier = (_one_of(listed) for listed in parts().values())
    alerts = with_types(AlertsConfig, notifiers=dict.__class_getitem__((Name, notifier)))
    whole = with_types(
        Settings, sources=tuple.__class_getitem__((source, ...)), annotator=annotator | Nothing, alerts=alerts
    )
    made = schema_of(whole, "drift settings")
    for key, listed in parts().items():
        kinds = [made["$defs"][part.__name__]["properties"]["kind"] for part in listed]
        for kind in kinds:
            kind["description"] = f"{_KINDS[key]}: {', '.join(each['const'] for each in kinds)}."
    return made


def _one_of(listed: Sequence[type[Config]]) -> Any:
    """The parts of a list, told apart by their kind."""
    return Annotated[Union[tuple(listed)], Discriminator("kind")]  # noqa: UP007 - a union of a list


def shown(written: Settings) -> dict[str, Any]:
    """What was written with every default filled in, as plain data: secrets by where they are, never by value.

    Keys that are absent by default are left out, so that it loads again.
    """
    data: dict[str, Any] = written.model_dump(mode="json", by_alias=True, exclude_none=True)
    return data


def as_yaml(written: Settings) -> str:
    """The same as YAML; what is quoted is text that other readers of YAML might take for something else."""
    text: str = yaml.safe_dump(shown(written), sort_keys=False, allow_unicode=True, width=110)
    return text
