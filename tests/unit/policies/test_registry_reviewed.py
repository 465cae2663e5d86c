"""`reviewed.yaml`: what is read comes back as it was written, in one order, in one step."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift import policies as registry_room
from drift.files import yamlfile
from drift.model import Answer
from drift.model.errors import InputError
from drift.policies.reviewed import read_reviewed
from drift.policies.reviewed_writer import change_reviewed, write_reviewed

TERMS = ("device-unlock/fee", "device-unlock/postpaid-wait", "returns/fee")
UNLOCK = "https://help.larkspur.example/wireless/unlock"
ANSWERS = (
    Answer("help/**", "It locks after 60 seconds.", None),
    Answer(UNLOCK, "Unlock it after 60 days: no, 30.", "device-unlock/postpaid-wait", 2, "ana", date(2026, 11, 21)),
)


def read(path: Path) -> tuple[Answer, ...]:
    document = yamlfile.load(path)
    answers = read_reviewed(document, TERMS)
    if document.problems:
        raise InputError(document.problems)
    return answers


def test_a_written_file(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.yaml"
    write_reviewed(path, reversed(ANSWERS))
    assert path.read_text() == (
        "# What was answered once about a sentence. 'term: null' says that it states none of the terms.\n"
        "reviewed:\n"
        "- article: help/**\n"
        "  sentence: It locks after 60 seconds.\n"
        "  term: null\n"
        f"- article: {UNLOCK}\n"
        "  sentence: 'Unlock it after 60 days: no, 30.'\n"
        "  nth: 2\n"
        "  term: device-unlock/postpaid-wait\n"
        "  by: ana\n"
        "  on: 2026-11-21\n"
    )
    assert read(path) == ANSWERS


def test_of_two_answers_about_one_value_the_later_stays(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.yaml"
    write_reviewed(path, [Answer("a", "It takes 5 days.", None), Answer("a", "It takes 5 days.", "returns/fee")])
    assert read(path) == (Answer("a", "It takes 5 days.", "returns/fee"),)


def test_comments_at_the_top_stay(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.yaml"
    path.write_text("# Ours.\n\n# Ask ana before you edit.\nreviewed: []\n# Late.\n")
    write_reviewed(path, ANSWERS)
    assert path.read_text().startswith("# Ours.\n\n# Ask ana before you edit.\n# Late.\nreviewed:\n- article")


def test_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.yaml"
    write_reviewed(path, [])
    assert read(path) == ()


def test_a_failed_write_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reviewed.yaml"
    write_reviewed(path, ANSWERS)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        write_reviewed(path, [])
    assert read(path) == ANSWERS
    assert [entry.name for entry in tmp_path.iterdir()] == ["reviewed.yaml"]


@pytest.mark.parametrize(
    ("written", "full"),
    [("postpaid-wait", "device-unlock/postpaid-wait"), ("returns/fee", "returns/fee"), ("null", None)],
)
def test_names_of_terms(tmp_path: Path, written: str, full: str | None) -> None:
    path = tmp_path / "reviewed.yaml"
    path.write_text(f"reviewed: [{{article: a, sentence: It takes 5 days., term: {written}}}]")
    assert [answer.term for answer in read(path)] == [full]


def test_a_short_name_of_two_terms_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.yaml"
    path.write_text("reviewed: [{article: a, sentence: It takes 5 days., term: fee}]")
    with pytest.raises(InputError, match="'fee' names 2 terms; expected one of device-unlock/fee, returns/fee"):
        read(path)


def test_answers_come_with_the_registry(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "policy: returns\nowner: a@larkspur.example\nterms: [{term: fee, says: It costs USD 5., value: USD 5}]\n"
    )
    write_reviewed(tmp_path / "reviewed.yaml", [Answer("a", "It costs $5.", "returns/fee")])
    assert registry_room.load(tmp_path).answers == (Answer("a", "It costs $5.", "returns/fee"),)


_TEXT = st.text(st.characters(codec="utf-8"), max_size=30).map(str.strip).filter(bool)
_ADDRESS = st.text("abc/*?=.-", min_size=1, max_size=20)
_ANSWER = st.builds(
    Answer,
    _ADDRESS,
    _TEXT,
    st.none() | st.sampled_from(TERMS),
    st.integers(1, 999_999),
    st.none() | _TEXT,
    st.none() | st.dates(date(1000, 1, 1)),
)


@given(st.lists(_ANSWER, max_size=5))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, answers: list[Answer]) -> None:
    path = tmp_path_factory.mktemp("reviewed") / "reviewed.yaml"
    write_reviewed(path, answers)
    kept = {(answer.article, answer.sentence, answer.nth): answer for answer in answers}
    assert read(path) == tuple(kept[key] for key in sorted(kept))


EDITED = """\
# Ours.
reviewed:
# Asked twice, see the minutes.
- article: help/b.md
  term: fee  # as sales reads it
  sentence: "It takes 5 days."
  # nobody remembers why
- {article: help/c.md, sentence: It takes 6 days., term: null}

# The end.
"""


def test_an_answer_changes_nothing_else_in_a_file_that_people_edit(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.yaml"
    path.write_text(EDITED)
    new = Answer("help/b.md", "It takes 4 days.", "returns/fee")
    changed = (
        Answer("help/b.md", "It takes 5 days.", None, by="ana", on=date(2026, 11, 21)),
        Answer("help/c.md", "It takes 6 days.", "returns/fee"),
        new,
    )
    change_reviewed(path, {key_of(answer): answer for answer in changed})
    added = "- article: help/b.md\n  sentence: It takes 4 days.\n  term: returns/fee\n"
    expected = EDITED.replace("reviewed:\n", f"reviewed:\n{added}")
    expected = expected.replace("  term: fee  #", "  by: ana\n  on: 2026-11-21\n  term: null  #")
    assert path.read_text() == expected.replace("6 days., term: null", "6 days., term: returns/fee")
    change_reviewed(path, {key_of(new): None})
    assert "4 days" not in path.read_text()
    assert [line for line in path.read_text().splitlines() if "#" in line] == [
        line.replace("term: fee", "term: null") for line in EDITED.splitlines() if "#" in line
    ]


@pytest.mark.parametrize(
    "text",
    [
        "reviewed: [{article: a, sentence: It takes 5 days., term: null}]  # ours\n",
        "reviewed: [] # ours\n",
        "# ours\nreviewed:\n  - sentence: >-\n      It takes\n      5 days.\n    article: a\n    term: null\n",
        "# ours\nreviewed:\n- &one {article: a, sentence: It takes 5 days., term: null}\n",
    ],
)
def test_however_it_is_written_the_answers_are_all_there(tmp_path: Path, text: str) -> None:
    path = tmp_path / "reviewed.yaml"
    path.write_text(text)
    before = read(path)
    new = Answer("b", "It takes 5 days.", "returns/fee")
    change_reviewed(path, {key_of(new): new})
    assert read(path) == (*before, new)
    changed = {key_of(answer): Answer(answer.article, answer.sentence, "returns/fee") for answer in before}
    change_reviewed(path, changed)
    assert read(path) == (*changed.values(), new)


def test_a_file_that_became_wrong_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.yaml"
    text = "reviewed:\n- article: a\n  sentence: It takes 5 days.\n  trem: null\n"
    path.write_text(text)
    with pytest.raises(InputError, match=r"reviewed\.yaml:4:3: .*trem"):
        change_reviewed(path, {key_of(ANSWERS[0]): ANSWERS[0]})
    assert path.read_text() == text


def key_of(answer: Answer) -> tuple[str, str, int]:
    return answer.article, answer.sentence, answer.nth
