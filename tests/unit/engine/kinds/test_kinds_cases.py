"""What prose says of each kind: every text of the case files, with its values, spans and bounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from drift.engine import kinds, languages
from drift.model import Found
from drift.model.values import Bound

FIXTURES = Path(__file__).parents[4] / "fixtures"
FILES = [
    *((path, "en") for path in sorted((FIXTURES / "kinds").glob("*/cases.yaml"))),
    *((path, path.parent.name) for path in sorted((FIXTURES / "languages").glob("*/cases.yaml"))),
]


@pytest.mark.parametrize(("path", "code"), FILES, ids=[path.parent.name for path, _ in FILES])
def test_a_text_holds_exactly_these_values(path: Path, code: str) -> None:
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert cases

    held = [(one["text"], _held(one["text"], code)) for one in cases]

    assert [one for one, case in zip(held, cases, strict=True) if one[1] != case["finds"]] == []


def test_every_kind_has_cases() -> None:
    assert {path.parent.name for path, code in FILES if code == "en"} == {
        kind.replace(" ", "_") for kind in kinds.names()
    }


def _held(text: str, code: str) -> list[dict[str, str]]:
    return [_described(found, text) for found in kinds.find(text, languages.load(code))]


def _described(found: Found, text: str) -> dict[str, str]:
    described = {
        "value": kinds.show(found.value),
        "kind": found.value.kind,
        "span": text[found.start : found.end],
    }
    if found.bound is not Bound.EXACTLY:
        described["bound"] = found.bound.value
    if found.bound_start is not None:
        described["bound_words"] = text[found.bound_start : found.start]
    if found.weak:
        described["weak"] = "yes"
    return described
