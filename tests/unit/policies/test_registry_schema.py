"""The JSON schema that editors use: fresh, and of one mind with the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from drift import policies as registry_room
from drift.files import yamlfile
from drift.policies.scopes import FILE as SCOPES

ROOT = Path(__file__).parents[3]
POLICIES = sorted(path for path in (ROOT / "policies").glob("*.yaml") if path.name not in (SCOPES, "reviewed.yaml"))

SOUND: dict[str, Any] = {
    "policy": "device-unlock",
    "owner": "wireless-policy@larkspur.example",
    "terms": [{"says": "A phone can be unlocked after 60 days.", "value": "60 days"}],
}
TERM = SOUND["terms"][0]


def errors(data: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(registry_room.schema(), format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors(data)]


def test_the_committed_schema_is_fresh() -> None:
    """`drift policies schema > policies/policy.schema.json` makes it anew."""
    committed = (ROOT / "policies" / "policy.schema.json").read_text(encoding="utf-8")
    assert committed == json.dumps(registry_room.schema(), indent=2, ensure_ascii=False) + "\n"


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(registry_room.schema())


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_the_sample_policies_fit(path: Path) -> None:
    assert errors(yamlfile.load(path).data) == []
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=./policy.schema.json\n")


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"owner": {"slack": "#policy-wireless"}},
        {"review": {"last": "2026-06-01", "every": "180 days"}},
        {"terms": [TERM | {"value": [{"is": "6 months", "until": "2026-03-31"}, {"is": 12, "from": "2026-04-01"}]}]},
        {"terms": [TERM | {"value": 5, "also": [6], "bound": "at most", "kind": "count", "scope": {"plan": "family"}}]},
    ],
)
def test_what_the_reader_takes_fits(more: dict[str, object]) -> None:
    assert errors(SOUND | more) == []


@pytest.mark.parametrize(
    "more",
    [
        {"titel": "Device unlock"},
        {"policy": "Device unlock"},
        {"owner": "the wireless team"},
        {"owner": {"emial": "a@larkspur.example"}},
        {"severity": "urgent"},
        {"review": {"last": "01/06/2026", "every": "180 days"}},
        {"review": {"last": "2026-06-01", "every": "180"}},
        {"terms": []},
        {"terms": [{"says": "A rule without a value."}]},
        {"terms": [TERM | {"value": True}]},
        {"terms": [TERM | {"value": [{"is": "6 months", "form": "2026-03-31"}]}]},
        {"terms": [TERM | {"bound": "more than"}]},
        {"terms": [TERM | {"topics": "unlock"}]},
        {"terms": [TERM | {"customer_prefers": "lesser"}]},
        {"exceptions": [{"term": "a", "article": "**", "value": "30 days", "by": "ana", "until": "2027-01-31"}]},
    ],
)
def test_what_the_reader_refuses_does_not_fit(more: dict[str, object]) -> None:
    assert errors(SOUND | more) != []


def test_every_key_is_explained() -> None:
    schema = registry_room.schema()
    for part in (schema, *schema["$defs"].values()):
        for key, about in part.get("properties", {}).items():
            assert about.get("description"), key
        assert part.get("additionalProperties", False) is False
