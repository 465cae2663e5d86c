"""Settings as they are shown load again to the same; the schema and the reference are those of the models."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from drift.files import yamlfile
from drift.settings import LoadedSettings, as_yaml, schema, shown
from drift.settings.reference import reference

ROOT = Path(__file__).parents[3]
Read = Callable[..., LoadedSettings]
Whole = tuple[str, dict[str, str]]


def errors(data: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema())
    return [error.message for error in validator.iter_errors(data)]


def test_what_is_shown_loads_again_to_the_same(reading: Read, whole: Whole) -> None:
    first = reading(*whole)
    assert first.written is not None
    second = reading(as_yaml(first.written), whole[1])
    assert second.settings == first.settings
    assert second.written is not None
    assert as_yaml(second.written) == as_yaml(first.written)


def test_defaults_are_filled_in(reading: Read) -> None:
    written = reading("").written
    assert written is not None
    data = shown(written)
    assert data["fetching"]["timeouts"] == {"connect": "10 seconds", "read": "10 seconds", "whole": "30 seconds"}
    assert data["sources"][0]["schedule"] == {"every": "6 hours", "jitter": "0 seconds"}
    assert json.loads(json.dumps(data)) == data


def test_the_committed_schema_is_fresh() -> None:
    """`drift config schema > docs/reference/drift.schema.json` makes it anew."""
    committed = (ROOT / "docs" / "reference" / "drift.schema.json").read_text(encoding="utf-8")
    assert committed == json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def test_the_committed_reference_is_fresh() -> None:
    """`python -m drift.settings.reference > docs/reference/settings.md` makes it anew."""
    assert (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8") == reference()


def test_the_reference_names_every_key() -> None:
    text = reference()
    keys = {key for part in (schema(), *schema()["$defs"].values()) for key in part.get("properties", {})}
    assert {"sources", "default", "headers", "except"} <= keys
    assert [key for key in keys if f"| `{key}` |" not in text] == []


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_mapping_is_closed() -> None:
    for name, part in schema()["$defs"].items():
        assert part.get("additionalProperties", False) is False, name


def test_a_whole_file_fits(whole: Whole) -> None:
    assert errors(yamlfile.parse(whole[0].encode(), "drift.yaml").data) != []  # numbers are text before YAML 1.2 types
    assert errors(_typed(yamlfile.parse(whole[0].encode(), "drift.yaml").data)) == []


def _typed(data: Any) -> Any:
    """Numbers as an editor reads them."""
    if isinstance(data, dict):
        return {key: _typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_typed(value) for value in data]
    try:
        return float(data) if isinstance(data, str) else data
    except ValueError:
        return data


SOURCE: dict[str, Any] = {"name": "help", "kind": "crawl", "at": "https://help.larkspur.example/"}
SOUND: dict[str, Any] = {"sources": [SOURCE]}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"sources": [SOURCE | {"at": [SOURCE["at"]], "depth": 3, "headers": {"Authorization": {"env": "A"}}}]},
        {"fetching": {"rate": "unlimited", "timeouts": {"whole": "1 minute"}}},
        {"alerts": {"routes": [{"name": "a", "to": "b", "when": {"severity": ["high"]}}], "default": "a"}},
    ],
)
def test_what_the_reader_takes_fits(more: dict[str, Any]) -> None:
    assert errors(SOUND | more) == []


@pytest.mark.parametrize(
    "more",
    [
        {"polices": "policies"},
        {"sources": []},
        {"sources": [SOURCE | {"kind": "sitmap"}]},
        {"sources": [SOURCE | {"kind": "files", "depth": 3}]},
        {"sources": [SOURCE | {"schedule": {"every": "30"}}]},
        {"sources": [SOURCE | {"headers": {"Authorization": "Bearer one"}}]},
        {"fetching": {"rate": "fast"}},
        {"fetching": {"concurrency": 0}},
        {"alerts": {"routes": [{"name": "a"}]}},
        {"alerts": {"notifiers": {"a": {"kind": "slack", "webhook": "https://hooks.larkspur.example"}}}},
    ],
)
def test_what_the_reader_refuses_does_not_fit(more: dict[str, Any]) -> None:
    assert errors(SOUND | more) != []
