"""Nothing in a folder of policies is passed over: what cannot be read is told, with its path."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from drift import policies as registry_room
from drift.model.errors import InputError
from drift.policies import folder as folder_room
from drift.policies.lint import lint

NOBODY = 65534


def policy(name: str) -> str:
    return f"policy: {name}\nowner: policy@larkspur.example\nterms:\n  - {{term: wait, says: A wait., value: 5 days}}\n"


@contextmanager
def as_nobody() -> Iterator[None]:
    """As a user whom permissions bind: root may read what it likes."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def told(folder: Path) -> list[str]:
    """The problems of lint without the folder's own path; loading must refuse the very same."""
    problems, made = lint(folder)
    assert made is None
    with pytest.raises(InputError) as refused:
        registry_room.load(folder)
    assert refused.value.problems == problems
    return [str(problem).removeprefix(f"{folder}/") for problem in problems]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "unlock.yaml").write_text(policy("unlock"))
    for name in ("returns.yaml", "scopes.yaml", "reviewed.yaml", "more"):
        (tmp_path / name).symlink_to(tmp_path / "nowhere" / name)
    (tmp_path / "round.yaml").symlink_to("round.yaml")
    nowhere = "a link that leads nowhere; expected a link to a file or a folder"
    names = ("more", "returns.yaml", "reviewed.yaml", "round.yaml", "scopes.yaml")
    assert told(tmp_path) == [f"{name}: {nowhere}" for name in names]


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "policies", tmp_path / "shared" / "deeper"
    inside.mkdir()
    outside.mkdir(parents=True)
    (outside / "returns.yaml").write_text(policy("returns"))
    (tmp_path / "shared" / "fees.YML").write_text(policy("fees"))
    (inside / "unlock.yaml").write_text(policy("unlock"))
    (inside / "common").symlink_to(outside.parent)
    assert [one.name for one in registry_room.load(inside).policies] == ["fees", "returns", "unlock"]


def test_a_link_back_to_where_it_lies_is_told_and_not_followed(tmp_path: Path) -> None:
    deeper = tmp_path / "one" / "two"
    deeper.mkdir(parents=True)
    (deeper / "unlock.yaml").write_text(policy("unlock"))
    (deeper / "up").symlink_to(tmp_path / "one")
    assert told(tmp_path) == ["one/two/up: leads back to a folder that it lies in; expected a link to elsewhere"]


def test_a_pipe_is_told_and_never_opened(tmp_path: Path) -> None:
    (tmp_path / "unlock.yaml").write_text(policy("unlock"))
    os.mkfifo(tmp_path / "returns.yaml")
    os.mkfifo(tmp_path / "no-policy")
    assert told(tmp_path) == ["returns.yaml: neither a file nor a folder; expected a policy file"]


@pytest.mark.parametrize("mode", [0o000, 0o444], ids=["may-not-be-listed", "may-not-be-entered"])
def test_a_folder_that_refuses_us_is_told(mode: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        (folder / "unlock.yaml").write_text(policy("unlock"))
        (folder / "more").mkdir()
        (folder / "more" / "returns.yaml").write_text(policy("returns"))
        (folder / "more").chmod(mode)
        try:
            with as_nobody():
                (problem,) = told(folder)
        finally:
            (folder / "more").chmod(0o755)
    where = "more" if mode == 0 else "more/returns.yaml"
    assert problem == f"{where}: cannot be opened: Permission denied; expected what this user may read"


def test_a_folder_with_nothing_but_what_cannot_be_read_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "returns.yaml").symlink_to("nowhere")
    assert told(tmp_path) == ["returns.yaml: a link that leads nowhere; expected a link to a file or a folder"]
    (tmp_path / "returns.yaml").unlink()
    assert told(tmp_path) == [f"{tmp_path}: no policy files; expected at least one .yaml file with 'policy:'"]


def test_a_folder_that_holds_half_a_disk_is_told_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_room, "MOST", 5)
    for name in "abcdef":
        (tmp_path / f"{name}.yaml").write_text(policy(name))
    assert told(tmp_path) == [
        f"{tmp_path}: holds more than 5 files and folders, links followed; expected a folder of policies, no disk"
    ]
