"""Whatever stands in a drift.yaml is told, and never a traceback."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drift.files import yamlfile
from drift.settings import LoadedSettings, as_yaml, read_settings

JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, "", " ", "x", "0", "-1", "1e9", "*", "{env: A}", "http://[", "https://h/", "a b", "\x85", "Mon"),
        *("25:00", [], [[]], [None], ["x", "x"], {}, {"": ""}, {"x": {"y": []}}, {"env": "A"}, {"file": "/"}),
        *({"env": "A", "file": "b"}, {"kind": []}, {"kind": "files"}, {"name": "a"}),
    ]
)


def paths(data: Any, before: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path into plain data but the root."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path for key, value in items for path in [(*before, key), *paths(value, (*before, key))]]


def change(data: Any, path: tuple[str | int, ...], value: Any, key: str | None) -> None:
    """Put a value at a path, or with `key` beside it under another name."""
    for step in path[:-1]:
        data = data[step]
    data[key if key is not None and isinstance(data, dict) else path[-1]] = value


@pytest.mark.parametrize("changes", [1, 3])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(choices=st.data())
def test_anything_is_told(
    changes: int, choices: st.DataObject, whole: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    text, environment = whole
    data = copy.deepcopy(yamlfile.parse(text.encode(), "drift.yaml").data)
    for _ in range(changes):
        path = choices.draw(st.sampled_from(paths(data)))
        key = choices.draw(st.sampled_from([None, None, "kind", "Name", "to", "", "at"]))
        change(data, path, copy.deepcopy(choices.draw(JUNK)), key)
    file = tmp_path / "drift.yaml"
    file.write_text(json.dumps(data), encoding="utf-8")
    read: LoadedSettings = read_settings(file, environment)
    wrong = [problem for problem in read.problems if not problem.warning]
    assert (read.settings is None) == bool(wrong)
    assert all(problem.place.line for problem in read.problems)
    if read.written is not None:
        file.write_text(as_yaml(read.written), encoding="utf-8")
        assert read_settings(file, environment).settings == read.settings


@pytest.mark.parametrize(
    "text", ["", "# nothing", "x", "[]", "[1]", "a: [", "sources", "---\n---\n", "true", '"a": &a [*a]']
)
def test_any_file_is_told(text: str, tmp_path: Path) -> None:
    file = tmp_path / "drift.yaml"
    file.write_text(text, encoding="utf-8")
    read = read_settings(file, {})
    assert read.settings is None
    assert [problem for problem in read.problems if not problem.warning]
