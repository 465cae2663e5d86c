"""What is wrong in a file is shown at its place, with a caret under it."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift.cli.problems import lines, tell
from drift.model.errors import InputError, Place, Problem


def at(path: Path, line: int | None, column: int | None) -> list[str]:
    return lines(Problem(Place(str(path), line, column), "unknown key 'vlaue'", hint="value"))[1:]


@pytest.mark.parametrize(
    ("text", "line", "column", "shown"),
    [
        ("a: 1\n  vlaue: 60 days\n", 2, 3, ["     2 |   vlaue: 60 days", "       |   ^"]),
        ("vlaue: 60 days", 1, 1, ["     1 | vlaue: 60 days", "       | ^"]),
        ("\tvlaue: 1\n", 1, 2, ["     1 |  vlaue: 1", "       |  ^"]),
        ("日本: vlaue\n", 1, 5, ["     1 | 日本: vlaue", "       |       ^"]),
        ("a: \x1b[31mvlaue\n", 1, 9, ["     1 | a: \ufffd[31mvlaue", "       |         ^"]),
        ("a: 1\n", 1, 6, ["     1 | a: 1", "       |      ^"]),
        ("a: 1\n", 1, None, ["     1 | a: 1"]),
        ("a: 1\n", 9, 1, []),
        ("a: 1\n", None, None, []),
    ],
)
def test_the_line_and_a_caret(
    tmp_path: Path, text: str, line: int | None, column: int | None, shown: list[str]
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    assert at(path, line, column) == shown


def test_a_long_line_is_cut_around_its_place(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("x" * 5000 + "!" + "x" * 5000, encoding="utf-8")
    source, caret = at(path, 1, 5001)
    assert len(source) < 140
    assert source[caret.index("^")] == "!"


def test_a_file_that_is_no_text_is_told_without_its_line(tmp_path: Path) -> None:
    assert at(tmp_path / "nowhere.yaml", 1, 1) == []
    assert at(Path("nul\x00.yaml"), 1, 1) == []


def test_every_problem_is_told_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell(InputError([Problem(Place("a.yaml"), "is empty"), Problem(Place("b.yaml"), "is\x1b[2J late", warning=True)]))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "a.yaml: is empty\nb.yaml: warning: is\\x1b[2J late\n"


def test_an_error_without_a_place_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell(InputError("nothing to check"))
    assert capsys.readouterr().err == "error: nothing to check\n"
