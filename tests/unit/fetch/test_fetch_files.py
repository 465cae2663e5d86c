"""Files and standard input: what they are read as, and what makes them blind."""

from __future__ import annotations

import io
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drift.fetch import media
from drift.fetch.files import FileFetcher
from drift.fetch.limits import Limits
from drift.model import Page
from drift.model.errors import BlindReason, FetchError
from drift.sources.files import ARTICLE_SUFFIXES

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FILES = FileFetcher(lambda: NOON, limits=Limits(raw=1000))


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("a.md", b"# Unlocking", "text/markdown"),
        ("a.MDX", b"# Unlocking", "text/markdown"),
        ("a.markdown", b"<h1>Unlocking</h1>", "text/markdown"),
        ("a.htm", b"Unlocking", "text/html"),
        ("a.html", b"Unlocking", "text/html"),
        ("a.txt", b"<h1>Unlocking</h1>", "text/plain"),
        ("a", b"Unlocking takes 60 days.", "text/markdown"),
        ("a.rst", b"Unlocking\n=========", "text/x-rst"),
        ("a.php", b"<!DOCTYPE html><title>Unlocking</title>", "text/html"),
        ("a.xhtml", b"\xef\xbb\xbf\n<?xml version='1.0'?><html/>", "application/xhtml+xml"),
        ("a.tmp", b"<!-- saved -->\n <!-- twice --><HTML lang=en>", "text/html"),
        ("a.tmp", b"<details> is how Markdown folds", "text/markdown"),
        ("a.tmp", "\ufeff<html>".encode("utf-16-le"), "text/html"),
        ("a.tmp", "\ufeffUnlocking".encode("utf-16-be"), "text/markdown"),
        ("a.md", b"\0\0\0", "text/markdown"),  # the reader tells what the suffix promised and the bytes do not hold
    ],
)
def test_files_are_read_as_what_they_are(tmp_path: Path, name: str, body: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    page = Page(str(path), "https://help.larkspur.example/a")
    snapshot = FILES.fetch(page)
    assert (snapshot.page, snapshot.body, snapshot.media, snapshot.fetched_at) == (page, body, told, NOON)
    assert (snapshot.status, snapshot.charset, snapshot.final_url) == (None, None, None)


def failure(fetcher: FileFetcher, address: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(Page(address))
    assert caught.value.detail
    assert not caught.value.transient
    return caught.value


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", BlindReason.EMPTY),
        (b"a" * 1001, BlindReason.TOO_LARGE),
        (b"\x89PNG\r\n\0\0", BlindReason.NOT_TEXT),
        (b"%PDF-1.7\n", BlindReason.NOT_TEXT),
    ],
)
def test_files_that_are_no_articles(tmp_path: Path, body: bytes, reason: BlindReason) -> None:
    (tmp_path / "a").write_bytes(body)
    assert failure(FILES, str(tmp_path / "a")).reason is reason


def test_the_largest_file_still_fits(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a" * 1000)
    assert len(FILES.fetch(Page(str(tmp_path / "a.md"))).body) == 1000


def test_files_that_are_gone(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere.md")
    for name in ("nowhere.md", "link.md"):
        assert failure(FILES, str(tmp_path / name)).reason is BlindReason.MISSING


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "file").write_text("a")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.md"))
        for name in ("pipe.md", "folder.md", "s.md", "loop.md", "file/below.md", "a" * 300):
            assert failure(FILES, str(tmp_path / name)).reason is BlindReason.UNREADABLE, name
    assert failure(FILES, "/dev/zero").reason is BlindReason.UNREADABLE


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="no file here opens but cannot be read")
def test_a_file_that_opens_but_cannot_be_read() -> None:
    assert failure(FILES, "/proc/self/mem").reason is BlindReason.UNREADABLE


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "a.md").chmod(0)
    assert failure(FILES, str(tmp_path / "a.md")).reason is BlindReason.UNREADABLE


@pytest.mark.parametrize(
    ("body", "told"), [(b"<html><p>60 days", "text/html"), (b"# Unlocking\n60 days", "text/markdown")]
)
def test_standard_input(body: bytes, told: str) -> None:
    snapshot = FileFetcher(lambda: NOON, io.BytesIO(body)).fetch(Page("-"))
    assert (snapshot.body, snapshot.media) == (body, told)


def test_standard_input_that_gives_nothing() -> None:
    closed = io.BytesIO(b"a")
    closed.close()
    assert failure(FileFetcher(lambda: NOON), "-").reason is BlindReason.UNREADABLE
    assert failure(FileFetcher(lambda: NOON, closed), "-").reason is BlindReason.UNREADABLE
    assert failure(FileFetcher(lambda: NOON, io.BytesIO(b"")), "-").reason is BlindReason.EMPTY
    assert failure(FileFetcher(lambda: NOON, io.BytesIO(b"a" * 9), Limits(raw=8)), "-").reason is BlindReason.TOO_LARGE


def test_every_suffix_that_folders_look_for_has_a_medium() -> None:
    assert set(ARTICLE_SUFFIXES) == set(media.MEDIA_BY_SUFFIX)
