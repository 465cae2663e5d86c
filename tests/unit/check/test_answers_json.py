"""Answers that are no JSON, or more than its reader takes, are told in our words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drift.check.answer_file import read_answers
from drift.model import Registry
from drift.model.errors import InputError
from drift.model.review import ReviewReport


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"answers": [' + "9" * 5_000 + "]}", "holds a number of thousands of digits"),
        ("[" * 200_000, "is nested too deeply"),
        ('{"answers": [}', "no JSON"),
    ],
    ids=["digits", "depth", "syntax"],
)
def test_what_json_does_not_take_is_told(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(text)
    with pytest.raises(InputError, match=told):
        read_answers(path, ReviewReport(Registry(()), date(2026, 11, 21), (), ()))
