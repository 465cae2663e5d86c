"""Answers from a file: found again by the sentence, what stands around it and the rules, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rule_questions import RULES, UNLOCK

from drift.annotators.recorded import Recorded, written
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.errors import InputError

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANSWER = Annotation(UNLOCK.key, RULES[0].name, 0.9, "it is about unlocking", "larch-2", "which-rule/1", NOON)


def answer(folder: Path, question: RuleQuestion, kept: Annotation = ANSWER) -> Annotation | Unanswered:
    file = folder / "answers.jsonl"
    file.write_text(f"{written(UNLOCK, kept)}\n", encoding="utf-8")
    (said,) = Recorded(file, lambda: NOON).answers([question])
    return said


def test_what_was_written_is_found_again(tmp_path: Path) -> None:
    assert answer(tmp_path, UNLOCK) == ANSWER


def test_the_value_does_not_matter_nor_do_small_differences(tmp_path: Path) -> None:
    longer = UNLOCK.sentence.replace("30 days", "45 days").replace("phone", "phones")
    said = answer(tmp_path, replace(UNLOCK, sentence=longer, start=UNLOCK.start + 1, end=UNLOCK.end + 1))
    assert isinstance(said, Annotation)
    assert said.term == RULES[0].name


@pytest.mark.parametrize(
    "question",
    [
        replace(UNLOCK, sentence="Ring us after an activation 30 days ago.", start=26, end=33),
        replace(UNLOCK, start=0, end=3),
        replace(UNLOCK, title="Travel", headings=("Roaming", "Data abroad"), previous="Data abroad is slow."),
        replace(UNLOCK, rules=RULES[1:]),
    ],
    ids=["other words", "another mark", "elsewhere", "the rule is not offered"],
)
def test_any_other_question_has_no_answer(tmp_path: Path, question: RuleQuestion) -> None:
    assert isinstance(answer(tmp_path, question), Unanswered)


def test_none_holds_only_for_what_was_offered_then(tmp_path: Path) -> None:
    none = replace(ANSWER, term=None)
    assert isinstance(answer(tmp_path, replace(UNLOCK, rules=RULES[:1]), none), Annotation)
    more = (*RULES, replace(RULES[0], name="device-unlock/prepaid-wait"))
    assert isinstance(answer(tmp_path, replace(UNLOCK, rules=more), none), Unanswered)


def test_a_rule_may_be_named_by_its_term_alone(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(written(UNLOCK, ANSWER).replace("device-unlock/", ""), encoding="utf-8")
    (said,) = Recorded(file, lambda: NOON).answers([UNLOCK])
    assert isinstance(said, Annotation)
    assert said.term == "device-unlock/postpaid-wait"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no JSON"),
        ("[]", "is no object"),
        ('{"sentence": "30 days", "rules": ["a"], "rule": null, "p": 1}', "marks no value"),
        ('{"sentence": "[[30 days]]", "rules": [], "rule": null, "p": 1}', "no list of names"),
        ('{"sentence": "[[30 days]]", "rules": ["a"], "rule": "b", "p": 1}', "none of its 'rules'"),
        ('{"sentence": "[[30 days]]", "rules": ["a"], "rule": "a", "p": true}', "no probability"),
        ('{"sentence": "[[30 days]]", "rules": ["a"], "rule": "a", "p": NaN}', "no probability"),
        ('{"sentence": "[[30 days]]", "rules": ["a"], "rule": "a", "p": 1, "headings": 5}', "'headings' is no list"),
        pytest.param(f'{{"sentence": "{"[[" * 200_000}"}}', "marks no value", id="a sentence full of brackets"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_by_its_line(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=said) as error:
        Recorded(file, lambda: NOON)
    assert [problem.place.line for problem in error.value.problems] == [2]


def test_a_model_of_a_file_is_text_and_no_command(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(written(UNLOCK, replace(ANSWER, model="larch\x1b[31m\u202e\n2")), encoding="utf-8")
    (said,) = Recorded(file, lambda: NOON).answers([UNLOCK])
    assert isinstance(said, Annotation)
    assert said.model == r"larch\x1b[31m\u202e 2"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        Recorded(tmp_path / "none.jsonl", lambda: NOON)
