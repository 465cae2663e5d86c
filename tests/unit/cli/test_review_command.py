"""`drift review`: the questions, the answers of a script, and the walk on a terminal."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from drift.__main__ import main

Said = pytest.CaptureFixture[str]
TEXT = """\
# Returns

You can return unused goods within 30 days of delivery.

The restocking fee is 15% for opened goods.
"""


@pytest.fixture
def page(place: Path) -> Path:
    path = place / "page.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def listed(capsys: Said) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["review", "page.md", "--list", "--format", "json"]) == 0
    questions = json.loads(capsys.readouterr().out)["questions"]
    assert isinstance(questions, list)
    return questions


def reviewed(place: Path) -> str:
    path = place / "policies" / "reviewed.yaml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def given(place: Path, answers: object) -> list[str]:
    """The arguments that answer from a file."""
    (place / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    return ["review", "page.md", "--answers", "answers.json"]


@pytest.mark.usefixtures("page")
def test_the_list_says_what_a_script_needs_and_writes_nothing(place: Path, capsys: Said) -> None:
    questions = {question["published"]: question for question in listed(capsys)}
    assert set(questions) == {"30 days", "15%"}
    window = questions["30 days"]
    expected = {
        "article": "page.md",
        "line": 3,
        "value_text": "30 days",
        "quote": "You can return unused goods within 30 days of delivery.",
        "proposed": "returns/return-window",
        "verdict": "agrees",
        "outcome": "agrees",
        "terms": ["returns/return-window"],
        "also": [],
        "group": None,
    }
    assert {key: window[key] for key in expected} == expected
    assert reviewed(place) == ""


@pytest.mark.usefixtures("page")
def test_the_list_for_people(capsys: Said) -> None:
    assert main(["review", "page.md", "--list"]) == 0
    said = capsys.readouterr().out
    assert "reads      “You can return unused goods within **30 days** of delivery.”\n" in said
    assert "rule 1     returns/return-window, at most 30 days: Unused goods can be returned within 30 days" in said
    assert said.endswith("2 questions\n")


def test_an_article_that_cannot_be_read_is_told(place: Path, capsys: Said) -> None:
    (place / "page.md").write_bytes(b"")
    assert main(["review", "page.md", "--list"]) == 3
    assert "BLIND" in capsys.readouterr().out


def test_answers_are_kept_and_make_a_change_certain(place: Path, page: Path, capsys: Said) -> None:
    answers = [
        {"id": question["id"], "term": "return-window" if question["published"] == "30 days" else None}
        for question in listed(capsys)
    ]
    assert main(given(place, {"answers": answers})) == 0
    assert "2 answers kept" in capsys.readouterr().out
    assert listed(capsys) == []
    page.write_text(TEXT.replace("30 days of delivery", "14 days of its delivery"), encoding="utf-8")
    assert main(["check", "page.md", "--format", "json"]) == 1
    statements = json.loads(capsys.readouterr().out)["statements"]
    assert [(s["term"], s["verdict"], s["confidence"]) for s in statements] == [("return-window", "diverges", 1.0)]


@pytest.mark.usefixtures("page")
def test_answers_for_other_articles_stay(place: Path, capsys: Said) -> None:
    other = "reviewed:\n- {article: other.md, sentence: It takes 30 days., term: null}\n"
    (place / "policies" / "reviewed.yaml").write_text(other, encoding="utf-8")
    assert main(given(place, {"answers": [{"id": listed(capsys)[0]["id"], "term": None}]})) == 0
    assert "article: other.md" in reviewed(place)
    assert "article: page.md" in reviewed(place)


def test_ids_hold_when_values_and_other_sentences_change(page: Path, capsys: Said) -> None:
    before = {question["published"]: question["id"] for question in listed(capsys)}
    text = TEXT.replace("30 days", "14 days").replace("# Returns\n", "# Returns\n\nRead this first.\n")
    page.write_text(text, encoding="utf-8")
    after = {question["published"]: question["id"] for question in listed(capsys)}
    assert after == {"14 days": before["30 days"], "15%": before["15%"]}


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([], "holds no list of answers"),
        ({"answers": [3]}, "answer 1: has no id"),
        ({"answers": [{"id": "x"}]}, "answer 1: has no term"),
        ({"answers": [{"id": "x", "term": 3}]}, "its term is no name"),
        ({"answers": [{"id": "x", "term": "return-windov"}]}, "did you mean return-window?"),
    ],
)
@pytest.mark.usefixtures("page")
def test_a_wrong_file_of_answers_changes_nothing(place: Path, answers: object, told: str, capsys: Said) -> None:
    assert main(given(place, answers)) == 2
    assert told in capsys.readouterr().err
    assert reviewed(place) == ""


@pytest.mark.usefixtures("page")
def test_an_unknown_id_is_told_and_the_others_are_kept(place: Path, capsys: Said) -> None:
    answers = [{"id": "nowhere", "term": None}, {"id": listed(capsys)[0]["id"], "term": None}]
    assert main(given(place, {"answers": answers})) == 0
    said = capsys.readouterr()
    assert "answer 1: no question has the id 'nowhere'" in said.err
    assert "1 answer kept" in said.out


@pytest.mark.usefixtures("page")
def test_a_sentence_is_answered_anew_by_its_id(place: Path, capsys: Said) -> None:
    window = next(question for question in listed(capsys) if question["published"] == "30 days")
    assert main(given(place, {"answers": [{"id": window["id"], "term": None}]})) == 0
    kept = reviewed(place).replace("- article", "# Ana is sure.\n- article", 1)
    (place / "policies" / "reviewed.yaml").write_text(kept, encoding="utf-8")
    capsys.readouterr()
    assert main(given(place, {"answers": [{"id": window["id"], "term": "return-window"}]})) == 0
    assert "1 answer kept in policies/reviewed.yaml (1 in place of an earlier one), 1 question left" in (
        capsys.readouterr().out
    )
    assert reviewed(place) == kept.replace("  term: null", "  term: returns/return-window")


@pytest.mark.usefixtures("page")
def test_broken_json_is_told_with_its_line(place: Path, capsys: Said) -> None:
    (place / "answers.json").write_text('{"answers":\n ]}', encoding="utf-8")
    assert main(["review", "page.md", "--answers", "answers.json"]) == 2
    assert "answers.json:2:2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "kept", "open_"),
    [
        ("y\ny\n", ["returns/restocking-fee", "returns/return-window"], 0),
        ("n\nn\n", ["null", "null"], 0),
        ("s\nn\n", ["null"], 1),
        ("y\nu\nn\nq\n", ["null"], 1),
        ("x\nn\nq\n", ["null"], 1),
        ("a\n\na\nno-such\na\nreturn-window\nq\n", ["returns/return-window"], 1),
        ("a\n1\n", None, 1),  # the input ends: what was answered is kept
        ("u\ns\nu\nq\n", [], 2),
        ("", [], 2),
    ],
)
@pytest.mark.usefixtures("page")
def test_the_walk_line_by_line(
    place: Path, typed: str, kept: list[str] | None, open_: int, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert main(["review", "page.md"]) == 0
    said = capsys.readouterr().out
    assert "[1 of 2, about 1 minute left]" in said
    assert said.endswith(f"{open_} left for later\n")
    monkeypatch.undo()
    os.chdir(place)
    terms = [line.split("term: ")[1] for line in reviewed(place).splitlines() if line.startswith("  term: ")]
    if kept is not None:
        assert sorted(terms) == sorted(kept)
    assert len(listed(capsys)) == open_


MORE = """\
# Send back goods

You can send back goods within 30 days of delivery.
"""


@pytest.fixture
def pages(page: Path) -> Path:
    """Two articles with a sentence each that plainly agrees with one rule, and one with another."""
    (page.parent / "more.md").write_text(MORE, encoding="utf-8")
    return page.parent


def together(capsys: Said) -> dict[str, Any]:
    """The question about what plainly agrees with the window, and no other."""
    capsys.readouterr()
    assert main(["review", "page.md", "more.md", "--list", "--format", "json"]) == 0
    (found,) = [one for one in json.loads(capsys.readouterr().out)["questions"] if one["group"]]
    assert isinstance(found, dict)
    return found


def window_terms(place: Path) -> dict[str, str]:
    """Article -> the term that its sentence about the window was answered to state."""
    lines = reviewed(place).splitlines()
    articles = [line.removeprefix("- article: ") for line in lines if line.startswith("- article: ")]
    stated = [line.removeprefix("  term: ") for line in lines if line.startswith("  term: ")]
    return dict(zip(articles, stated, strict=True))


def answered(place: Path, *answers: dict[str, Any]) -> int:
    (place / "answers.json").write_text(json.dumps({"answers": answers}), encoding="utf-8")
    return main(["review", "page.md", "more.md", "--answers", "answers.json"])


def test_what_agrees_plainly_is_one_question_a_rule_with_every_sentence_listed(pages: Path, capsys: Said) -> None:
    question = together(capsys)
    assert {one["article"] for one in question["group"]} == {"page.md", "more.md"}
    assert all(one["probability"] >= 0.95 and one["published"] == "30 days" for one in question["group"])
    assert reviewed(pages) == ""


def test_one_id_answers_all_of_them(pages: Path, capsys: Said) -> None:
    assert answered(pages, {"id": together(capsys)["id"], "term": "return-window"}) == 0
    assert window_terms(pages) == dict.fromkeys(("more.md", "page.md"), "returns/return-window")
    assert "2 answers kept in policies/reviewed.yaml, 1 question left" in capsys.readouterr().out


def test_all_of_them_but_one(pages: Path, capsys: Said) -> None:
    question = together(capsys)
    odd = next(one["id"] for one in question["group"] if one["article"] == "more.md")
    for answers in ([odd, question["id"]], [question["id"], odd]):
        terms = {odd: None, question["id"]: "return-window"}
        assert answered(pages, *({"id": one, "term": terms[one]} for one in answers)) == 0
        assert window_terms(pages) == {"more.md": "null", "page.md": "returns/return-window"}
        (pages / "policies" / "reviewed.yaml").unlink()


def test_none_holds_for_the_one_that_is_shown(pages: Path, capsys: Said) -> None:
    question = together(capsys)
    assert answered(pages, {"id": question["id"], "term": None}) == 0
    assert window_terms(pages) == {question["article"]: "null"}


@pytest.mark.parametrize(
    ("typed", "stated", "said"),
    [
        ("s\ny\n", ["returns/return-window"] * 2, "1 answered and kept in policies/reviewed.yaml, 1 left for later"),
        ("s\nn\na\n1\n2\nq\n", [], "0 answered"),  # of several there is nothing to choose
        ("s\no\ny\nn\n", ["null", "returns/return-window"], "2 answered and kept in policies/reviewed.yaml, 1 left"),
    ],
    ids=["all", "no other key", "one by one"],
)
def test_the_walk_through_what_agrees_plainly(
    pages: Path, typed: str, stated: list[str], said: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    fee = "page.md\n\nThe restocking fee may be 15%.\n"
    (pages / "page.md").write_text(TEXT.partition("The restocking")[0], encoding="utf-8")
    (pages / "fee.md").write_text(fee, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert main(["review", "fee.md", "page.md", "more.md"]) == 0
    told = capsys.readouterr().out
    assert "2 sentences agree with it plainly" in told
    assert said in told
    assert sorted(window_terms(pages).values()) == stated


def test_all_that_one_key_answered_is_taken_back_by_one(
    pages: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    fees = "# Fees\n\nThe restocking fee for opened goods is 15% of the price.\n"
    (pages / "page.md").write_text(TEXT.partition("The restocking")[0], encoding="utf-8")
    (pages / "fee.md").write_text(fees, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\nu\nq\n"))
    assert main(["review", "page.md", "more.md", "fee.md"]) == 0
    told = capsys.readouterr().out
    assert told.count("2 sentences agree with it plainly\n") == 2  # shown, and shown again
    assert told.endswith("0 answered and kept in policies/reviewed.yaml, 2 left for later\n")
    assert window_terms(pages) == {}


def test_where_there_is_neither_a_source_nor_a_watch_both_ways_are_said(place: Path, capsys: Said) -> None:
    assert main(["review"]) == 2
    told = capsys.readouterr().err
    assert "nothing to review" in told
    assert "'drift crawl'" in told
    assert "'drift review help/'" in told
    assert reviewed(place) == ""


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("option", ["--published-as=https://help.larkspur.example", "--allow-private=10.0.0.0/8"])
def test_an_option_of_articles_needs_articles(option: str, capsys: Said) -> None:
    assert main(["review", option]) == 2
    assert "belongs to articles that are named" in capsys.readouterr().err
