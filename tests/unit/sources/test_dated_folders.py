"""Dated folders: which snapshots they hold, in which order, and everything that is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drift.model.archive import Kept
from drift.model.errors import BlindReason, InputError
from drift.sources.archives import archive
from drift.sources.archives.moments import moment

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files under the folder 'past' of the working folder."""
    monkeypatch.chdir(tmp_path)
    Path("past").mkdir()

    def write(*paths: str, text: str = "60 days") -> None:
        for path in paths:
            Path("past", path).parent.mkdir(parents=True, exist_ok=True)
            Path("past", path).write_text(text)

    return write


def kept(published_as: str | None = None) -> list[Kept]:
    return list(archive(Path("past"), NOW, published_as).kept())


def problems() -> list[str]:
    with pytest.raises(InputError) as caught:
        archive(Path("past"), NOW)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-06", datetime(2026, 1, 6, tzinfo=UTC)),
        ("20260106", datetime(2026, 1, 6, tzinfo=UTC)),
        ("2026-01-06T14:30Z", datetime(2026, 1, 6, 14, 30, tzinfo=UTC)),
        ("20260106T143000Z", datetime(2026, 1, 6, 14, 30, tzinfo=UTC)),
        ("2026-01-06T14:30", datetime(2026, 1, 6, 14, 30, tzinfo=UTC)),
        ("2026-01-06T14:30+02:00", datetime(2026, 1, 6, 12, 30, tzinfo=UTC)),
        ("2026-13-01", None),
        ("2026", None),
        ("unlock", None),
        ("0001-01-01T00:00+14:00", None),
        ("", None),
    ],
)
def test_moments(text: str, expected: datetime | None) -> None:
    assert moment(text) == expected


def test_by_date_and_then_by_path(write: Write) -> None:
    write("2026-01-13/unlock.md", "2026-01-13/b/fees.md", "2026-01-06/unlock.md", "2026-01-06/a.md")
    got = [(one.at.day, one.page.address) for one in kept()]
    assert got == [(6, "a.md"), (6, "unlock.md"), (13, "b/fees.md"), (13, "unlock.md")]
    assert archive(Path("past"), NOW).total == 4


def test_a_snapshot_has_its_date_and_the_path_within_it(write: Write) -> None:
    write("2026-01-06/help/unlock.md")
    (one,) = kept("https://help.larkspur.example/en/")
    assert one.place == "past/2026-01-06/help/unlock.md"
    assert one.page.public == "https://help.larkspur.example/en/help/unlock.md"
    assert one.snapshot is not None
    assert one.snapshot.page == one.page
    assert one.snapshot.fetched_at == one.at == datetime(2026, 1, 6, tzinfo=UTC)
    assert one.snapshot.status is None


def test_a_name_that_is_no_text_is_spelled_out(write: Write) -> None:
    write("2026-01-06/caf\udce9.md")
    (one,) = kept()
    assert one.page.address == "caf\\xe9.md"
    assert one.snapshot is not None
    (published,) = kept("https://help.larkspur.example")
    assert published.page.public == "https://help.larkspur.example/caf%E9.md"


def test_what_no_article_is_and_what_is_hidden_is_passed_over(write: Write) -> None:
    write("2026-01-06/unlock.md", "2026-01-06/logo.png", "2026-01-06/.draft.md", ".git/config", ".DS_Store")
    assert [one.page.address for one in kept()] == ["unlock.md"]


def test_a_date_with_nothing_in_it_is_a_hole(write: Write) -> None:
    write("2026-01-06/unlock.md")
    Path("past/2026-01-13").mkdir()
    assert len(kept()) == 1


def test_what_cannot_be_read_is_a_failure_of_that_day(write: Write) -> None:
    write("2026-01-06/empty.md", text="")
    Path("past/2026-01-06/nothing.md").symlink_to("nowhere.md")
    os.mkfifo("past/2026-01-06/pipe.md")
    failures = {one.page.address: one.failure.reason for one in kept() if one.failure}
    assert failures == {
        "empty.md": BlindReason.EMPTY,
        "nothing.md": BlindReason.UNREADABLE,  # and not missing, which would say that the page is gone
        "pipe.md": BlindReason.UNREADABLE,
    }


def test_a_link_that_stays_within_is_followed(write: Write) -> None:
    write("2026-01-06/unlock.md")
    Path("past/2026-01-13").mkdir()
    Path("past/2026-01-13/unlock.md").symlink_to("../2026-01-06/unlock.md")
    assert [one.at.day for one in kept() if one.snapshot] == [6, 13]


def test_everything_wrong_is_told_at_once(write: Write) -> None:
    write("2026-01-06/unlock.md", "20260106/unlock.md", "notes.txt", "2027-01-01/unlock.md", "latest/unlock.md")
    write("2026-02-01")
    Path("past/2026-03-01").symlink_to(Path.cwd())
    assert [line.partition(";")[0] for line in problems()] == [
        "past/2026-02-01: no folder",
        "past/2026-03-01: leads out of the folder that is replayed",
        "past/20260106: means the same moment as past/2026-01-06",
        "past/2027-01-01: lies in the future",
        "past/latest: its name is no date",
        "past/notes.txt: its name is no date",
    ]


def test_a_file_that_leads_out_of_the_folder(write: Write, tmp_path: Path) -> None:
    write("2026-01-06/unlock.md")
    (tmp_path / "secret.md").write_text("60 days")
    Path("past/2026-01-06/z.md").symlink_to(tmp_path / "secret.md")
    (told,) = problems()
    assert told.startswith("past/2026-01-06/z.md: leads out of the folder")


def test_many_of_one_mistake_are_counted(write: Write) -> None:
    write(*(f"page-{number}.md" for number in range(40)))
    told = problems()
    assert len(told) == 21
    assert told[-1].endswith("and 20 more like these")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("2026-01-06/logo.png", "no articles in the dated folders"), (".hidden/unlock.md", "nothing is dated here")],
)
def test_a_folder_without_anything_to_replay(write: Write, path: str, expected: str) -> None:
    write(path)
    (told,) = problems()
    assert f"past: {expected}" in told


def test_no_such_folder() -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        archive(Path("nowhere"), NOW)


def test_a_path_that_nobody_could_keep_is_told_before_anything_is_done(write: Write) -> None:
    path = "/".join(["2026-01-06", *["x" * 200] * 10, "unlock.md"])
    write("2026-01-06/fees.md", path)
    (told,) = problems()
    assert told.startswith(f"past/{path}: ")
    assert told.endswith("its address has 2,019 bytes; at most 2,000 can be kept")
