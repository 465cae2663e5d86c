"""What once ended a command with a traceback, each for its class: it is told, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from bad_inputs import lay_out

from drift.__main__ import main

Said = pytest.CaptureFixture[str]
HELP = "https://help.larkspur.example/"


@pytest.fixture
def here(place: Path) -> Path:
    """Everything that commands read, all of it right."""
    lay_out(place)
    return place


def test_an_archive_cut_in_its_first_record_is_told(here: Path, capsys: Said) -> None:
    (here / "cut.warc").write_bytes((here / "past.warc").read_bytes()[:400])
    assert main(["replay", "cut.warc", "--store", "sqlite:///new.db"]) == 0
    said = capsys.readouterr().out
    assert "the file ends in the middle of record 1, which is left out" in said
    assert "0 snapshots of 0 pages" in said


@pytest.mark.parametrize("command", [["check", "help"], ["explain", "help"], ["replay", "past"]])
@pytest.mark.parametrize("address", ["http://[", "http://h:port/", "ftp://h/", "nowhere"])
def test_what_is_no_address_to_be_published_at(here: Path, capsys: Said, command: list[str], address: str) -> None:
    del here
    assert main([*command, "--published-as", address]) == 2
    assert capsys.readouterr().err.startswith("--published-as: ")


def test_a_number_that_no_rule_has(here: Path, capsys: Said) -> None:
    file = here / "policies" / "unlock.yaml"
    file.write_text(file.read_text().replace("{is: 60 days", "{is: " + "9" * 29 + " days"))
    assert main(["policies", "lint"]) == 2
    assert "unlock.yaml:13:14: 99999999999999999999... has more than 15 digits" in capsys.readouterr().err


def test_a_review_on_the_last_day_of_the_calendar(here: Path, capsys: Said) -> None:
    file = here / "policies" / "unlock.yaml"
    file.write_text(file.read_text().replace("last: 2026-06-01", "last: 9999-12-31"))
    assert main(["policies", "lint"]) == 0
    assert "is on 9999-12-31, which is still to come" in capsys.readouterr().err


def test_an_article_whose_name_is_no_text(here: Path, capsys: Said) -> None:
    name = os.fsdecode(b"help/\xff\xfe.md")
    (here / name).write_bytes((here / "help" / "unlock.md").read_bytes())
    assert main(["review", name, "--list", "--format", "json"]) == 0
    question = capsys.readouterr().out.partition('"id": "')[2].partition('"')[0]
    (here / "answers.json").write_text(f'{{"answers": [{{"id": "{question}", "term": null}}]}}')
    before = (here / "policies" / "reviewed.yaml").read_bytes()
    assert main(["review", name, "--answers", "answers.json", "--by", "ana"]) == 2
    assert "no answer about it can be kept: its name is no text" in capsys.readouterr().err
    assert (here / "policies" / "reviewed.yaml").read_bytes() == before


def test_answers_with_a_number_of_thousands_of_digits(here: Path, capsys: Said) -> None:
    (here / "answers.json").write_text(f'{{"answers": [{"9" * 5000}]}}')
    assert main(["review", "help", "--answers", "answers.json"]) == 2
    assert "answers.json: no JSON that can be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "zzz"), ("statement", "{"), ("statement", "[]"), ("opened", "yesterday"), ("cause", "9")],
)
def test_a_row_that_nobody_wrote(here: Path, capsys: Said, column: str, value: str) -> None:
    assert main(["replay", "past", "--store", "sqlite:///drift.db", "--published-as", HELP]) in (0, 1)
    connection = sqlite3.connect(here / "drift.db")
    with connection:
        assert connection.execute(f"UPDATE findings SET {column} = ?", (value,)).rowcount > 0
    connection.close()
    capsys.readouterr()
    for command in (["findings", "list"], ["findings", "export"]):
        assert main([*command, "--store", "sqlite:///drift.db"]) == 2
        assert "is damaged: move it away and bring a backup back" in capsys.readouterr().err


def test_a_store_whose_address_is_no_text(here: Path, capsys: Said) -> None:
    del here
    assert main(["db", "check", "--store", os.fsdecode(b"sqlite:///dr\xffift.db")]) == 2
    assert "the store's URL cannot be read" in capsys.readouterr().err
    assert main(["backup", os.fsdecode(b"\xff/copy.db"), "--store", "sqlite:///drift.db"]) == 2


@pytest.mark.parametrize("arguments", [["restore", "a" * 5000], ["backup", "a" * 5000], ["replay", "a" * 5000]])
def test_a_name_that_no_file_can_have(here: Path, capsys: Said, arguments: list[str]) -> None:
    del here
    main(["replay", "past", "--store", "sqlite:///drift.db"])
    capsys.readouterr()
    assert main([*arguments, "--store", "sqlite:///drift.db"]) == 2
    assert "File name too long" in capsys.readouterr().err
