"""A program that annotates and means ill: whatever it says of a sentence reaches people as text, or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest
from parcels import STORAGE
from sample_messages import HOSTILE

from drift.__main__ import main

PROGRAM = """\
import json, sys

sys.stdout.write('{"id": "another", "rule": 1, "p": 1}\\n' + "[" * 50_000 + "\\n[]\\n\\n")
for number, line in enumerate(sys.stdin):
    question = json.loads(line)
    print(json.dumps({"id": question["id"], "rule": 1, "p": 0.9, "why": WHYS[number % len(WHYS)], "tokens": 10**30}))
"""
WHYS: tuple[object, ...] = (
    *HOSTILE,
    '=HYPERLINK("http://evil.example")',
    "@SUM(1)",
    "-1+1",
    "\x1b]8;;http://evil.example\x07x",
    5,
    None,
    [],
)
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def test_its_words_are_shown_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("policies", "help"):
        (tmp_path / name).mkdir()
    (tmp_path / "policies" / "parcels.yaml").write_text(STORAGE, encoding="utf-8")
    for number in range(len(WHYS)):
        page = f"# Parcels {chr(97 + number)}\n\nStoring a parcel at the depot costs USD 5 per day.\n"
        (tmp_path / "help" / f"{number:02}.md").write_text(page, encoding="utf-8")
    (tmp_path / "annotate.py").write_text(f"WHYS = {json.dumps(WHYS).replace('null', 'None')}\n{PROGRAM}", "utf-8")
    (tmp_path / "drift.yaml").write_text(
        "sources: [{name: help, kind: files, at: help/}]\n"
        f"annotator: {{kind: command, program: ['{sys.executable}', annotate.py], model: larch-2}}\n",
        encoding="utf-8",
    )

    def drift(*arguments: str) -> str:
        assert main(list(arguments)) in (0, 1)
        return "".join(capsys.readouterr())

    assert f"{len(WHYS)} questions for the annotator, {len(WHYS)} answered" in drift("crawl")
    shown = [drift("findings", "export", "--format", "json"), drift("findings", "export", "--format", "csv")]
    found = json.loads(shown[0])["findings"]
    assert {one["annotated"]["probability"] for one in found} == {0.9}
    shown += [drift("findings", "show", one["id"]) for one in found]
    shown += [drift("review", "--list"), drift("status"), drift("check", "help", "--annotator", "drift.yaml")]
    for text in shown:
        assert not OBEYED.search(text.replace("\r\n", "\n")), text
    for row in csv.DictReader(io.StringIO(shown[1])):
        assert not row["annotated_why"].startswith(("=", "@", "-", "+", "\t"))
        assert len(row["annotated_why"]) <= 201
