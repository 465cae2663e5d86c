"""The file of a store is its owner's, as are the files beside it and its backups."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from drift.store import open_store
from drift.store.backup import backup, restore


@pytest.fixture(autouse=True, params=[0o022, 0o000, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def rights(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def files(folder: Path) -> dict[str, str]:
    """The rights of the files that hold anything, by name: locks hold nothing."""
    return {path.name: rights(path) for path in folder.iterdir() if path.suffix not in (".lock", ".leader")}


def test_a_new_store_and_its_backup_are_its_owners(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'drift.db'}"
    with open_store(url) as store:
        assert store.runs.last(1) == ()
        (tmp_path / "kept.db").touch(0o666)
        backup(url, tmp_path / "kept.db")
        assert files(tmp_path) == dict.fromkeys(("drift.db", "drift.db-wal", "drift.db-shm", "kept.db"), "0o600")
    restore(tmp_path / "kept.db", f"sqlite:///{tmp_path / 'other.db'}")
    assert rights(tmp_path / "other.db") == "0o600"


@pytest.mark.parametrize(
    ("before", "after"),
    [(0o644, "0o600"), (0o640, "0o600"), (0o666, "0o660"), (0o664, "0o660"), (0o660, "0o660"), (0o400, "0o400")],
)
def test_a_store_of_an_earlier_version_is_closed_to_others_and_kept_open_to_a_group_that_shares_it(
    tmp_path: Path, before: int, after: str
) -> None:
    file = tmp_path / "drift.db"
    url = f"sqlite:///{file}"
    with open_store(url) as store:  # who has it open already keeps it open
        for path in (file, tmp_path / "drift.db-wal", tmp_path / "drift.db-shm"):
            path.chmod(before)
        with open_store(url) as again:
            assert again.runs.last(1) == store.runs.last(1) == ()
            assert set(files(tmp_path).values()) == {after}


def test_a_file_that_is_a_link_is_tightened_where_it_is(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'there.db'}"):
        (tmp_path / "there.db").chmod(0o644)
    (tmp_path / "here.db").symlink_to(tmp_path / "there.db")
    with open_store(f"sqlite:///{tmp_path / 'here.db'}"):
        assert rights(tmp_path / "there.db") == "0o600"
