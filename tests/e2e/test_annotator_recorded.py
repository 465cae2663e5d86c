"""A watch with a file of answers: what it says holds in the next pass, also where it said something else before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from parcels import STORAGE

from drift.__main__ import main

SENTENCE = "Storing a parcel at the {} depot costs USD 5 per day."
NAMES = ("north", "south", "east")
SETTINGS = """\
sources: [{name: help, kind: files, at: help/}]
annotator: {kind: recorded, file: answers.jsonl, questions_a_day: 1}
"""


def record(folder: Path, rule: str | None) -> None:
    lines = [
        {
            "title": "Parcels", "sentence": SENTENCE.format(name).replace("USD 5 per day", "[[USD 5 per day]]"),
            "rules": ["parcels/storage"], "rule": rule, "p": 0.9,
        }
        for name in NAMES
    ]  # fmt: skip
    (folder / "answers.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def test_other_answers_in_the_file_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("policies", "help"):
        (tmp_path / name).mkdir()
    (tmp_path / "policies" / "parcels.yaml").write_text(STORAGE, encoding="utf-8")
    for name in NAMES:
        (tmp_path / "help" / f"{name}.md").write_text(f"# Parcels\n\n{SENTENCE.format(name)}\n", encoding="utf-8")
    (tmp_path / "drift.yaml").write_text(SETTINGS, encoding="utf-8")

    record(tmp_path, "parcels/storage")
    assert main(["crawl"]) == 1
    assert "3 questions for the annotator, 3 answered" in capsys.readouterr().err  # it costs nothing to read
    record(tmp_path, None)
    assert main(["crawl"]) == 0
    capsys.readouterr()
    assert main(["findings", "list"]) == 0
    assert "3 dismissed" in capsys.readouterr().out
    (tmp_path / "answers.jsonl").unlink()
    assert main(["status"]) == 0
    assert "annotator recorded" in capsys.readouterr().out
