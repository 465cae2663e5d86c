"""Parts of drift.yaml into entries: what is said of their keys, and entries whose model their `kind` names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from drift.files.spelling import nearest, one_of
from drift.files.validation import Read, Words, read_entry
from drift.files.yamlfile import Document, Steps

Model = TypeVar("Model", bound=BaseModel)

WORDS = Words(
    examples={
        "policies": "policies: policies", "time_zone": "time_zone: Europe/Paris",
        "sources": "sources: [{name: help-centre, kind: sitemap, at: ...}]", "name": "name: help-centre",
        "kind": "kind: sitemap", "at": "at: https://help.example.com/sitemap.xml", "from": "from: '22:00'",
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

NOTIFIER_WORDS = Words(
    examples={
        "webhook": "webhook: {env: SLACK_WEBHOOK}", "url": "url: {env: WEBHOOK_URL}", "key": "key: {env: WEBHOOK_KEY}",
        "host": "host: smtp.example.com", "from": "from: drift@example.com", "to": "to: content@example.com",
        "user": "user: drift", "password": "password: {env: SMTP_PASSWORD}",
    }
)  # fmt: skip

ANNOTATOR_WORDS = Words(
    examples={
        "kind": "kind: openai", "at": "at: https://api.openai.com/v1", "model": "model: llama3.1:8b",
        "key": "key: {env: ANNOTATOR_KEY}", "program": "program: [python3, annotate.py]", "file": "file: answers.jsonl",
        "env": "env: ANNOTATOR_KEY",
    },
    forms=WORDS.forms,
)  # fmt: skip


def kinded(
    kinds: Mapping[str, type[Model]], document: Document, path: Steps, data: Any, words: Words = WORDS
) -> Read[Model] | None:
    """An entry of the model that its `kind` names; keys of other kinds are told to be theirs."""
    if not isinstance(data, dict):
        read_entry(next(iter(kinds.values())), document, path, data, words)  # tells what it is
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
        owners = [other for other, model in kinds.items() if key in keys(model)]
        if owners and kind not in owners:
            document.tell((*path, key), f"'{key}' is no key of kind {kind}", f"kind {' or '.join(owners)}", key=True)
        else:
            own[key] = value
    return read_entry(kinds[kind], document, path, own, words)


def keys(model: type[BaseModel]) -> set[str]:
    """The keys of a model as they are written."""
    return {info.alias or name for name, info in model.model_fields.items()}
