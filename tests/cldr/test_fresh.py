"""The currencies are those of CLDR as Babel holds it: nobody edits what is made of it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


def test_currencies_are_as_they_are_made() -> None:
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location("make", Path(__file__).with_name("make.py"))
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)

    for path, text in make.made().items():
        held = path.read_text(encoding="utf-8")
        assert "".join(held.split()) == "".join(text.split()), f"{path.name}: run python tests/cldr/make.py"
