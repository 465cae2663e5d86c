"""Bad registries, each named by its fault: what is told of them, line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drift import policies as registry_room
from drift.engine import languages
from drift.model.errors import InputError
from drift.policies.load import in_order

FIXTURES = Path(__file__).parents[3] / "fixtures" / "registry"
CASES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", CASES)
def test_what_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    problems, read = registry_room.lint(Path(name), today=date(2026, 11, 21), language=languages.load)
    assert [str(problem) for problem in problems] == Path(name, "expected.txt").read_text().splitlines()
    assert problems == in_order(problems)
    wrong = [problem for problem in problems if not problem.warning]
    assert (read is None) == bool(wrong)
    if read is None:
        with pytest.raises(InputError) as caught:
            registry_room.load(Path(name), language=languages.load)
        assert list(caught.value.problems) == wrong
    else:
        assert registry_room.load(Path(name), language=languages.load) == read


def test_there_are_cases() -> None:
    assert len(CASES) > 30
