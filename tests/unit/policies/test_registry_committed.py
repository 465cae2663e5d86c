"""The policy files as they were last committed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from drift.model.errors import InputError, Place, Problem
from drift.policies.committed import committed

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=Ana", "-c", "user.email=ana@larkspur.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose folder `company/policies` holds two committed files, since changed, and one that is new."""
    folder = tmp_path / "company" / "policies"
    (folder / "more").mkdir(parents=True)
    (folder / "a.yaml").write_text("old a\n", encoding="utf-8")
    (folder / "more" / "käse.yml").write_text("old b\n", encoding="utf-8")
    (folder / "notes.txt").write_text("no policy\n", encoding="utf-8")
    (folder / "elsewhere.yaml").symlink_to("notes.txt")
    (tmp_path / ".gitattributes").write_text("*.yaml export-ignore\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Policies")
    (folder / "a.yaml").write_text("new a\n", encoding="utf-8")
    (folder / "c.yaml").write_text("new c\n", encoding="utf-8")
    return folder


def test_the_files_are_those_of_the_last_commit(checkout: Path) -> None:
    with committed(checkout) as copy:
        found = {path.relative_to(copy).as_posix(): path.read_text("utf-8") for path in copy.rglob("*.y*ml")}
    assert found == {"a.yaml": "old a\n", "more/käse.yml": "old b\n"}
    assert not copy.exists()


def test_a_hook_moves_nothing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(checkout.parents[1] / ".git"))
    monkeypatch.setenv("GIT_PREFIX", "company/")
    with committed(checkout) as copy:
        assert (copy / "a.yaml").read_text("utf-8") == "old a\n"


def test_problems_are_told_as_git_names_the_files(checkout: Path) -> None:
    def fail(copy: Path) -> None:
        raise InputError([Problem(Place(str(copy / "a.yaml"), 3), "wrong"), Problem(Place("other"), "wrong too")])

    with pytest.raises(InputError) as caught, committed(checkout) as copy:
        fail(copy)
    assert [str(problem.place) for problem in caught.value.problems] == [
        f"HEAD:{checkout.as_posix()}/a.yaml:3",
        "other",
    ]


def test_where_nothing_is_committed_the_way_out_is_told(tmp_path: Path, checkout: Path) -> None:
    (checkout / "empty").mkdir()
    for folder in (checkout / "empty", tmp_path / "nowhere"):
        with pytest.raises(InputError, match=r"no such folder|--before"), committed(folder):
            pass


def test_outside_a_checkout_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="--before"), committed(tmp_path):
        pass


def test_without_git_the_way_out_is_told(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match=r"git is not installed.*--before"), committed(checkout):
        pass
