"""Parts of drift.yaml into entries: what is said of their keys, and entries whose model their `kind` names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import create_model

from drift.files.config import Config, keys_of, kind_of
from drift.files.reference import spelled
from drift.files.spelling import nearest, one_of
from drift.files.validation import KeyHelp, Read, read_entry
from drift.files.yamlfile import Document, Steps

Model = TypeVar("Model", bound=Config)

WORDS = KeyHelp(
    examples={
        "policies": "policies: policies", "time_zone": "time_zone: Europe/Paris",
        "sources": "sources: [{name: help-centre, kind: sitemap, at: ...}]", "name": "name: help-centre",
        "kind": "kind: sitemap", "at": "at: '09:00'", "from": "from: '22:00'",
        "until": "until: '07:00'", "to": "to: [content]", "after": "after: 4 hours", "route": "route: managers",
        "schedule": "schedule: {every: 30 minutes}", "every": "every: 30 minutes", "cron": "cron: '0 6 * * mon-fri'",
        "default": "default: everyone", "env": "env: HELP_TOKEN", "file": "file: secrets/help-token",
    },
    forms={
        "schedule": "a mapping like {every: 30 minutes}", "headers": "a mapping like {Authorization: {env: TOKEN}}",
        "store": "a mapping like {url: 'sqlite:///.drift/drift.db'}", "sources": "a list of sources",
        "owners": "a mapping of globs and owners", "notifiers": "a mapping of names and notifiers",
        "escalation": "a mapping like {critical: [{after: 4 hours, route: managers}]}",
        "quiet": "a mapping like {from: '22:00', until: '07:00'}", "digest": "a mapping like {at: '09:00'}",
        "when": "a mapping like {severity: [high, critical]}",
        "annotator": "a mapping like {kind: openai, at: 'http://127.0.0.1:11434/v1', model: 'llama3.1:8b'}",
    },
)  # fmt: skip


def with_types(model: type[Model], **types: Any) -> type[Model]:
    """A model whose keys take these types, and are otherwise as they are."""
    fields = {name: (taken, model.model_fields[name]) for name, taken in types.items()}
    made: type[Model] = create_model(model.__name__, __base__=model, __doc__=model.__doc__, **fields)  # type: ignore[call-overload]
    return made


def words_of(model: type[Config]) -> KeyHelp:
    """What to write for the keys of a part: what its model gives as examples."""
    own = {key: f"{key}: {spelled(info.examples[0])}" for key, info in keys_of(model).items() if info.examples}
    return replace(WORDS, examples={**WORDS.examples, **own})


def kinded(parts: Sequence[type[Model]], document: Document, path: Steps, data: Any) -> Read[Model] | None:
    """An entry of the part that its `kind` names; keys of other parts are told to be theirs."""
    kinds = {kind_of(part): part for part in parts}
    if not isinstance(data, dict):
        read_entry(parts[0], document, path, data, WORDS)  # tells what it is
        return None
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        if "kind" in data:
            given, hint = (f"'{kind}'", nearest(kind, kinds)) if isinstance(kind, str) else ("no text", None)
            document.tell((*path, "kind"), f"'kind' is {given}", one_of(list(kinds)), hint)
        else:
            document.tell(path, "'kind' is missing", one_of(list(kinds)))
        return None
    own: dict[str, Any] = {}
    for key, value in data.items():
        owners = [other for other, part in kinds.items() if key in keys_of(part)]
        if owners and kind not in owners:
            document.tell((*path, key), f"'{key}' is no key of kind {kind}", f"kind {' or '.join(owners)}", key=True)
        else:
            own[key] = value
    return read_entry(kinds[kind], document, path, own, words_of(kinds[kind]))
