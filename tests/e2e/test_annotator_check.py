"""`drift annotator check` from the door: what people answered on the watched pages is asked, of no source left out.

What comes of it, and of the settings, holds from the next pass on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from parcels import LETTERS

from drift.__main__ import main

SENTENCE = "Storing a parcel at the depot costs USD {} per day."
PROGRAM = """\
import json, sys

for line in sys.stdin:
    question = json.loads(line)
    with open("asked.txt", "a") as asked:
        print(question["sentence"], file=asked)
    answer = {"rule": "parcels/storage", "p": 0.7, "why": "it is stored"}
    print(json.dumps({"id": question["id"], **answer}))
"""
Drift = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("policies", "help", "drafts"):
        (tmp_path / name).mkdir()
    (tmp_path / "policies" / "parcels.yaml").write_text(LETTERS, encoding="utf-8")
    (tmp_path / "help" / "parcels.md").write_text(f"# Parcels\n\n{SENTENCE.format(5)}\n", encoding="utf-8")
    (tmp_path / "drafts" / "soon.md").write_text(f"# Soon\n\n{SENTENCE.format(9)}\n", encoding="utf-8")
    (tmp_path / "annotate.py").write_text(PROGRAM, encoding="utf-8")
    configure(tmp_path)
    return tmp_path


def configure(folder: Path, more: str = "", *, leaves_out: tuple[str, ...] = ("drafts",)) -> None:
    sources = [
        f"{{name: {name}, kind: files, at: {name}/{', annotator: off' if name in leaves_out else ''}}}"
        for name in ("help", "drafts")
    ]
    annotator = f"{{kind: command, program: ['{sys.executable}', annotate.py], model: reader/1{more}}}"
    text = f"sources: [{', '.join(sources)}]\nannotator: {annotator}\n"
    (folder / "drift.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def drift(folder: Path, capsys: pytest.CaptureFixture[str]) -> Drift:
    """What a command says, on both its outputs."""
    assert folder.exists()

    def run(*arguments: str, status: int = 0) -> str:
        assert main(list(arguments)) == status
        said = capsys.readouterr()
        return said.out + said.err

    return run


def answer(drift: Drift, term: str) -> None:
    """What a person says of every question."""
    asked = json.loads(drift("review", "--list", "--format", "json"))["questions"]
    answers = {"answers": [{"id": one["id"], "term": term} for one in asked]}
    Path("answers.json").write_text(json.dumps(answers), encoding="utf-8")
    drift("review", "--answers", "answers.json")


def findings(drift: Drift) -> list[dict[str, Any]]:
    return list(json.loads(drift("findings", "export", "--format", "json"))["findings"])


def asked(folder: Path) -> set[str]:
    file = folder / "asked.txt"
    return set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()


def test_a_source_that_is_left_out_is_sent_nowhere_by_it_either(folder: Path, drift: Drift) -> None:
    drift("crawl", status=1)
    answer(drift, "parcels/storage")
    said = drift("annotator", "check")
    assert "reader/1 agreed with 1 of 1 answer given by people" in said
    assert asked(folder) == {SENTENCE.format("5").replace("USD 5 per day", "[[USD 5 per day]]")}

    configure(folder, leaves_out=("help", "drafts"))
    said = drift("annotator", "check", status=2)
    assert "leaves out every source ('annotator: off')" in said


def test_how_sure_it_has_to_be_holds_from_the_next_pass_on(folder: Path, drift: Drift) -> None:
    drift("crawl", status=1)
    assert "1 annotated" in drift("findings", "list")
    configure(folder, ", alarm_from: 0.8")
    drift("crawl", status=1)
    said = drift("findings", "list")
    assert "1 suspected" in said
    assert "annotated" not in said
    (found,) = (one for one in findings(drift) if one["article"] == "help/parcels.md")
    assert found["history"][-1]["note"] == "what reader/1 said of it counts no more"
    configure(folder)
    drift("crawl", status=1)
    assert "1 annotated" in drift("findings", "list")
    assert len((folder / "asked.txt").read_text(encoding="utf-8").splitlines()) == 1  # and is asked no second time


def test_an_answer_that_is_too_unsure_is_one_and_is_waited_for_no_more(folder: Path, drift: Drift) -> None:
    configure(folder, ", alarm_from: 0.8")
    drift("crawl", status=1)
    said = drift("status", status=1)
    assert "annotator reader/1: 1 of 1000 questions" in said
    assert "unanswered" not in said


def test_below_its_floor_what_stood_by_it_is_asked_and_words_stand_by_themselves(folder: Path, drift: Drift) -> None:
    halls = [f"{letter}{other}" for letter in "bcdfg" for other in "aeiouy"]
    pages = {hall: f"# Hall {hall}\n\nStoring a parcel at the depot of {hall} costs USD 5 per day.\n" for hall in halls}
    for hall, text in pages.items():
        (folder / "help" / f"{hall}.md").write_text(text, encoding="utf-8")
    (folder / "help" / "plain.md").write_text(
        "# Parcels\n\nInsuring a letter costs USD 4 per year.\n", encoding="utf-8"
    )
    drift("crawl", status=1)
    asked = json.loads(drift("review", "--list", "--format", "json"))["questions"]
    answered = [one["id"] for one in asked if "depot of" in one["quote"]]
    assert len(answered) == len(halls)
    answers = {"answers": [{"id": one, "term": None} for one in answered]}
    Path("answers.json").write_text(json.dumps(answers), encoding="utf-8")
    drift("review", "--answers", "answers.json")
    assert "Below its floor (0.9): what it says is a question" in drift("annotator", "check", status=1)

    assert "agreed with 0 of 30 answers given by people: what it says is a question" in drift("crawl", status=1)
    assert "below its floor (0.9)" in drift("status", status=1)
    states = {(one["article"], one["term"]): (one["state"], one["grounds"]) for one in findings(drift)}
    assert states.pop(("help/parcels.md", "storage")) == ("suspected", None)
    assert states.pop(("help/plain.md", "insurance")) == ("open", "plain")
    assert {state for (article, _), (state, _) in states.items() if article[5:7] in halls} == {"dismissed"}


def test_where_nothing_is_compared_nothing_is_said_to_be_well(folder: Path, drift: Drift) -> None:
    drift("crawl", status=1)
    assert "Nobody has answered" in drift("annotator", "check", status=3)
    answer(drift, "parcels/storage")
    (folder / "annotate.py").write_text("raise SystemExit(1)", encoding="utf-8")
    assert "0 answered" in drift("annotator", "check", "help", "--annotator", "drift.yaml", status=3)
