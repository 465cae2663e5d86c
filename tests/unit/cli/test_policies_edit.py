"""`drift policies test --against`: what an edit to the policies changes, and by which status it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from drift.__main__ import main

Said = pytest.CaptureFixture[str]


@pytest.fixture
def edited(place: Path) -> Path:
    """The working folder, with `released/` as the policies were before the window became 14 days."""
    shutil.copytree(place / "policies", place / "released")
    file = place / "policies" / "returns.yaml"
    file.write_text(file.read_text("utf-8").replace("value: 30 days", "value: 14 days"), encoding="utf-8")
    return place


def run(*arguments: str) -> int:
    return main(["policies", "test", "--before", "released", *arguments])


@pytest.mark.usefixtures("edited")
def test_an_edit_that_makes_an_article_wrong(capsys: Said) -> None:
    assert run("--against", "right.md", "--against", "wrong.md") == 1
    said = capsys.readouterr().out
    assert "  CHANGED  returns/return-window  at most 30 days  right.md:3\n" in said
    assert "    before     agrees with at most 30 days\n" in said
    assert "    after      diverges with at most 14 days" in said
    assert (
        "0 gained, 0 lost, 2 changed, 0 as before in 2 articles; 1 statement newly diverging; against released" in said
    )


@pytest.mark.usefixtures("edited")
def test_an_edit_that_makes_an_article_right(capsys: Said) -> None:
    assert run("--against", "wrong.md") == 0
    assert "1 changed" in capsys.readouterr().out


@pytest.mark.usefixtures("edited")
def test_for_programs(capsys: Said) -> None:
    assert run("--against", "wrong.md", "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["format"] == "drift-gains/1"
    assert document["before"] == "released"
    [change] = document["changes"]
    assert (change["change"], change["line"], change["published"], change["term"]) == (
        "changed",
        3,
        "14 days",
        "return-window",
    )
    assert (change["before"]["verdict"], change["before"]["expected"]) == ("diverges", "30 days")
    assert (change["after"]["verdict"], change["after"]["expected"]) == ("agrees", "14 days")
    assert document["summary"] == {
        "gained": 0,
        "lost": 0,
        "changed": 1,
        "kept": 0,
        "newly_diverging": 0,
        "blind": 0,
    }


def test_what_is_blind_is_no_clean_edit(edited: Path, capsys: Said) -> None:
    (edited / "empty.md").write_text("", encoding="utf-8")
    assert run("--against", "empty.md", "--against", "wrong.md") == 3
    assert "BLIND" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--before", "released"], "--against"),
        (["--format", "json"], "--against"),
        (["--against", "right.md", "--before", "nowhere"], "nowhere"),
        (["--against", "nothing.md", "--before", "released"], "nothing.md"),
    ],
)
@pytest.mark.usefixtures("edited")
def test_wrong_input(arguments: list[str], words: str, capsys: Said) -> None:
    assert main(["policies", "test", *arguments]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""


def test_outside_a_checkout_it_asks_for_the_policies_before(
    edited: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(edited.parent))
    assert main(["policies", "test", "--against", "right.md"]) == 2
    assert "--before" in capsys.readouterr().err
