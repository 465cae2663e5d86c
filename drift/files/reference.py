"""Tables of the keys that people write, made of the models, for the pages of docs/reference."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def keys_of(model: Mapping[str, Any], models: Mapping[str, Any], *, told: set[tuple[str, str]] | None = None) -> str:
    """The table of key, default and meaning for one mapping of a schema; `models` are the schema's `$defs`.

    A key whose words are in `told` is left out, and what is told here is added to it: what several mappings share is
    said once.
    """
    rows = ["| key | default | meaning |", "| --- | --- | --- |"]
    for key, written in model["properties"].items():
        meant = _described(written, models)
        if told is not None:
            if (key, meant["description"]) in told:
                continue
            told.add((key, meant["description"]))
        rows.append(f"| `{key}` | {_default(key, meant, model.get('required', []))} | {_meaning(meant)} |")
    return "\n".join(rows) + "\n"


def _described(about: dict[str, Any], models: Mapping[str, Any]) -> dict[str, Any]:
    """A key with its meaning and its words: those of its model, where the schema says them once."""
    of_model = models[about["$ref"].rpartition("/")[2]] if "$ref" in about else {}
    return {word: of_model[word] for word in ("description", "enum") if word in of_model} | about


def _default(key: str, about: dict[str, Any], required: list[str]) -> str:
    if key in required:
        return "must be given"
    return f"`{spelled(about['default'])}`" if "default" in about else ""


def _meaning(about: dict[str, Any]) -> str:
    examples = "; ".join(f"`{spelled(example)}`" for example in about.get("examples", ()))
    options = ", ".join(f"`{option}`" for option in about.get("enum", ()))
    words = " ".join(part for part in (about["description"], f"One of {options}." if options else "") if part)
    return f"{words} Example: {examples}" if examples else words


def spelled(value: Any) -> str:
    """A value in the short form of YAML, as JSON where that is needed for its quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {spelled(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(spelled, value)) + "]"
    text = str(value) if isinstance(value, str) else json.dumps(value)
    return f'"{text}"' if "*" in text else text


def _key(key: str) -> str:
    return f'"{key}"' if "*" in key else key
