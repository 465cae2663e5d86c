"""What prose says of each kind: every text of the case files, with its values, spans and bounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from drift.engine import kinds, languages
from drift.model import Found
from drift.model.values import Bound, Kind

FIXTURES = Path(__file__).parents[4] / "fixtures"
FILES = [
    *((path, "en") for path in sorted((FIXTURES / "kinds").glob("*/cases.yaml"))),
    *((path, path.parent.name) for path in sorted((FIXTURES / "languages").glob("*/cases.yaml"))),
]
CASES = [
    pytest.param(code, case, id=f"{path.parent.name}: {case['text']}")
    for path, code in FILES
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_a_text_holds_exactly_these_values(code: str, case: dict[str, Any]) -> None:
    text = case["text"]

    found = kinds.find(text, languages.load(code))

    assert [_described(one, text) for one in found] == case["finds"]


def test_every_kind_has_cases() -> None:
    assert {path.parent.name for path, code in FILES if code == "en"} == {kind.value.replace(" ", "_") for kind in Kind}


def _described(found: Found, text: str) -> dict[str, str]:
    described = {
        "value": kinds.show(found.value),
        "kind": found.value.kind.value,
        "span": text[found.start : found.end],
    }
    if found.bound is not Bound.EXACTLY:
        described["bound"] = found.bound.value
    if found.bound_start is not None:
        described["bound_words"] = text[found.bound_start : found.start]
    if found.weak:
        described["weak"] = "yes"
    return described
