"""docs/annotators.md: its settings load, its program answers, its figures are those in force and add up."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

import pytest
from annotator_benches import NOON
from rule_questions import RULES, question
from waiting import PATIENCE

from drift.annotators import ANNOTATORS, conversing, exchange, replies
from drift.annotators import prompt as asking
from drift.annotators.command import FORMAT, Command
from drift.annotators.recorded import Recorded
from drift.files.config import kind_of
from drift.model.annotation import Annotation
from drift.settings import read_settings

PAGE = (Path(__file__).parents[2] / "docs" / "annotators.md").read_text(encoding="utf-8")
SETTINGS = [re.sub(r"(?m)^   ", "", each) for each in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
LINES = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
SOURCES = "sources: [{name: help, kind: urls, at: https://help.larkspur.example/a}]\n"


def test_every_kind_is_named() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE.partition("\n## ")[0], re.MULTILINE) == [
        kind_of(each) for each in ANNOTATORS
    ]


@pytest.mark.parametrize("text", SETTINGS)
def test_its_settings_load(text: str, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "drafts").mkdir()
    (tmp_path / "answers.jsonl").touch()
    file = tmp_path / "drift.yaml"
    file.write_text(text if "sources:" in text else SOURCES + text, encoding="utf-8")
    read = read_settings(file, {"ANNOTATOR_KEY": "a", "AZURE_KEY": "b"})
    assert read.problems == []
    assert read.settings
    assert read.settings.annotator


def test_there_are_settings_for_a_hosted_model_azure_a_local_one_and_a_file() -> None:
    assert len(SETTINGS) == 4


def test_its_program_answers(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    command = Command(
        (sys.executable, "-c", program), tmp_path, "words", lambda: NOON, asking_mark, time.monotonic,
        timeout=PATIENCE, twice=True,
    )  # fmt: skip
    asked = (
        question("You can unlock it 30 days after that.", "30 days", "a"),
        question("You may return it within 30 days.", "30 days", "b"),
        question("Return it unlocked in 30 days.", "30 days", "c"),
    )
    said = {each.key: each.term for each in command.answers(asked) if isinstance(each, Annotation)}
    assert said == {"a": RULES[0].name, "b": RULES[1].name, "c": None}


def asking_mark() -> str:
    return "m4rk"


def test_its_lines_are_those_of_the_format() -> None:
    asked, answered, _ = map(json.loads, LINES)
    assert (asked["format"], asked["id"]) == (FORMAT, answered["id"])
    assert replies.answer(answered, [rule["name"] for rule in asked["rules"]]).rule == "device-unlock/postpaid-wait"
    assert set(asked) == {"format", "id", "sentence", "page", "rules", "system", "user"}


def test_its_recorded_answer_answers(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(LINES[2] + "\n", encoding="utf-8")
    sentence, headings = "You can unlock your phone 45 days after you buy it.", ("Wireless", "Unlocking")
    asked = question(sentence, "45 days", title="Unlock your phone", headings=headings)
    (said,) = Recorded(file, lambda: NOON).answers([asked])
    assert isinstance(said, Annotation)
    assert (said.term, said.model, said.prompt) == (RULES[0].name, "larch-2", asking.PROMPT)


def test_its_figures_are_those_in_force() -> None:
    assert (exchange.TRIES, exchange.LATE, conversing.IN_A_ROW, exchange.PATIENCE) == (3, 2, 3, 60.0)
    for words in ("| three tries,", "| two tries |", "after three in a row the rest", "(a minute at most)"):
        assert words in PAGE
    assert f"{replies.WHY} characters of it at most" in PAGE


def test_a_question_is_as_long_as_it_says() -> None:
    short = asking.first(question("A fee of 30 days.", "30 days"), asking_mark)
    sentence, before = "a" * 250 + " 30 days" + "b" * 150, "p" * 200
    whole = question(sentence, "30 days", title="t" * 60, headings=("h" * 40,) * 2, lead_in="l" * 150, previous=before)
    long = asking.first(whole, asking_mark)
    assert len(short.system + short.user) >= 1_800
    assert len(long.system + long.user) <= 4_000


def test_its_arithmetic_adds_up() -> None:
    rows = re.findall(r"(\d+) x (\d+) = ([\d,]+)", PAGE)
    assert len(rows) == 3
    assert [int(left) * int(right) for left, right, _ in rows] == [int(total.replace(",", "")) for *_, total in rows]
    assert f"{0.32 * 0.40:.2f} + {0.032 * 1.60:.2f} = {0.32 * 0.40 + 0.032 * 1.60:.2f}" in PAGE
