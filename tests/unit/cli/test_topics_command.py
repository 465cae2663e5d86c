"""`drift policies topics` over the sample policies and their help centre, and over a watch."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drift.__main__ import main
from drift.store import open_store

ROOT = Path(__file__).parents[3]
Said = pytest.CaptureFixture[str]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SETTINGS = "sources: [{name: help, kind: files, at: help/}]\n"
SUSPECT = "When your bank bounces a payment we charge $9.\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the sample policies and help centre."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copytree(ROOT / "fixtures" / "help-centre", tmp_path / "help")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: Said, *arguments: str, status: int = 3) -> dict[str, Any]:
    """What is found, for programs. Two pages of the help centre are blind."""
    capsys.readouterr()
    assert main(["policies", "topics", *arguments, "--format", "json"]) == status
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def phrases(document: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {one["phrase"]: (one["sentences"], one["others"]) for one in document["phrases"]}


def hashes(folder: Path) -> dict[Path, str]:
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_after_a_review_it_finds_what_an_owner_would_write_and_writes_nothing(place: Path, capsys: Said) -> None:
    """The policy as it may begin: without topics the agreements are not plain, and there is nothing to count in."""
    policy = place / "policies" / "fees.yaml"
    text = policy.read_text(encoding="utf-8")
    bare = text.replace("    topics: [returned payment fee, bounced check, rejected payment]\n", "")
    assert bare != text
    policy.write_text(bare, encoding="utf-8")
    nothing = found(capsys, "returned-payment", "help")
    assert (nothing["topics"], nothing["sentences"]["stating"], nothing["sentences"]["open"]) == ([], 0, 3)

    assert main(["review", "help", "--list", "--format", "json"]) == 3
    asked = json.loads(capsys.readouterr().out)["questions"]
    answers = [
        {"id": one["id"], "term": "returned-payment"} for one in asked if one["proposed"] == "fees/returned-payment"
    ]
    (place / "answers.json").write_text(json.dumps({"answers": answers}), encoding="utf-8")
    assert main(["review", "help", "--answers", "answers.json"]) == 3
    before = hashes(place)
    assert phrases(found(capsys, "returned-payment", "help"))["returned payment fee"] == (3, 0)
    assert hashes(place) == before


def test_what_the_owner_has_is_not_found_again(place: Path, capsys: Said) -> None:
    assert place.exists()
    document = found(capsys, "fees/returned-payment", "help")
    assert document["sentences"]["stating"] == 3
    assert phrases(document) == {}


def test_the_table_for_people(place: Path, capsys: Said) -> None:
    assert place.exists()
    assert main(["policies", "topics", "activation", "help"]) == 3
    said = capsys.readouterr().out
    assert re.search(r"^Activating a new line +2 +0  title “Activating a new line”$", said, re.MULTILINE)
    assert "5 sentences of 53 articles are known to state it" in said
    assert "outages.html\n  BLIND  " in said


def test_a_term_that_is_not_there(place: Path, capsys: Said) -> None:
    assert place.exists()
    assert main(["policies", "topics", "returnd-payment", "help"]) == 2
    assert "no term is named 'returnd-payment' (did you mean returned-payment?)" in capsys.readouterr().err


def test_a_term_that_no_sentence_states(place: Path, capsys: Said) -> None:
    assert place.exists()
    assert main(["policies", "topics", "late-payment", "help/plans"]) == 0
    said = capsys.readouterr().out
    assert "0 sentences of 6 articles are known to state it" in said
    assert "No sentence is known to state fees/late-payment" in said
    assert "'drift explain'" in said


def test_neither_a_source_nor_a_watch(place: Path, capsys: Said) -> None:
    assert place.exists()
    assert main(["policies", "topics", "late-payment"]) == 2
    said = capsys.readouterr().err
    assert "'drift crawl'" in said
    assert "name the articles" in said


@pytest.mark.parametrize("option", ["--published-as=https://help.larkspur.example", "--allow-private=10.0.0.0/8"])
def test_an_option_of_articles_needs_articles(place: Path, option: str, capsys: Said) -> None:
    assert place.exists()
    assert main(["policies", "topics", "late-payment", option]) == 2
    assert "belongs to articles that are named" in capsys.readouterr().err


def test_the_watched_pages_as_they_are_stored(place: Path, capsys: Said) -> None:
    for folder in (place / "help").iterdir():
        if folder.is_dir() and folder.name not in ("billing", "wireless", "plans"):
            shutil.rmtree(folder)
    (place / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    assert main(["crawl"]) in (0, 1)
    of_articles = found(capsys, "activation", "help", status=0)
    shutil.rmtree(place / "help")  # nothing is fetched
    of_watch = found(capsys, "activation", status=0)
    assert of_watch["sentences"] == of_articles["sentences"]
    assert of_watch["phrases"]
    assert phrases(of_watch) == phrases(of_articles)
    assert main(["policies", "topics", "activatoin"]) == 2
    assert "did you mean activation?" in capsys.readouterr().err


def answers(rule: str | None) -> None:
    """Write what an annotator once answered about `SUSPECT`."""
    name = "fees/returned-payment"
    sentence = SUSPECT.strip().replace("$9", "[[$9]]")
    entry = {"title": "Payments", "headings": [], "sentence": sentence, "rules": [name], "rule": rule, "p": 0.95}
    Path("answers.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")


def test_an_annotator_counts_only_where_it_is_asked_for(place: Path, capsys: Said) -> None:
    (place / "fee.md").write_text(f"# Payments\n\n{SUSPECT}", encoding="utf-8")
    answers("fees/returned-payment")
    without = found(capsys, "returned-payment", "fee.md", status=0)
    assert without["annotator"] is None
    assert without["sentences"] == {"stating": 0, "annotated": 0, "open": 1, "others": 0}
    asked = found(capsys, "returned-payment", "fee.md", "--annotator", "recorded:answers.jsonl", status=0)
    assert asked["sentences"] == {"stating": 1, "annotated": 1, "open": 0, "others": 0}
    assert asked["note"].startswith("1 question for the annotator, 1 answered")
    assert main(["policies", "topics", "returned-payment", "fee.md", "--annotator", "nobody.yaml"]) == 2
    assert "nobody.yaml" in capsys.readouterr().err


def test_what_was_answered_about_watched_pages_is_not_asked_again(place: Path, capsys: Said) -> None:
    shutil.rmtree(place / "help")
    (place / "help").mkdir()
    (place / "help" / "fee.md").write_text(f"# Payments\n\n{SUSPECT}", encoding="utf-8")
    (place / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    assert main(["crawl"]) in (0, 1)
    answers("fees/returned-payment")
    arguments = ("returned-payment", "--annotator", "recorded:answers.jsonl")
    assert found(capsys, "returned-payment", status=0)["sentences"]["annotated"] == 0
    assert found(capsys, *arguments, status=0)["sentences"]["annotated"] == 1
    with open_store("sqlite:///.drift/drift.db") as store:
        paid = store.annotations.spent(LONG_AGO)
    assert found(capsys, *arguments, status=0)["sentences"]["annotated"] == 1
    with open_store("sqlite:///.drift/drift.db") as store:
        assert store.annotations.spent(LONG_AGO) == paid
    answers(None)  # a file with other answers is another annotator
    assert found(capsys, *arguments, status=0)["sentences"]["annotated"] == 0
