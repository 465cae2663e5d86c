"""Pages go to the fetcher their address is for, and files need no HTTP library."""

from __future__ import annotations

import subprocess
import sys

import pytest

from drift import fetch
from drift.fetch import ByAddress
from drift.fetch.routes import is_web
from drift.model import Page, Snapshot


class Recorder:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, page: Page) -> Snapshot:
        self.asked.append(page.address)
        return Snapshot(page, b"a", "text/plain")


def test_the_web_fetcher_is_made_once_and_only_when_needed() -> None:
    files, web = Recorder(), Recorder()
    made: list[Recorder] = []

    def make() -> Recorder:
        made.append(web)
        return web

    fetcher = ByAddress(files, make)
    fetcher.fetch(Page("a.md"))
    assert not made
    for address in ("http://a.example", "-", "HTTPS://a.example"):
        fetcher.fetch(Page(address))
    assert (files.asked, web.asked, made) == (["a.md", "-"], ["http://a.example", "HTTPS://a.example"], [web])


@pytest.mark.parametrize(
    ("address", "expected"), [("http:a", False), ("https://a", True), ("httpsx://a", False), ("./http://a", False)]
)
def test_what_is_a_web_address(address: str, expected: bool) -> None:
    assert is_web(Page(address)) is expected


def test_files_are_read_without_an_http_library() -> None:
    code = (
        "import sys, drift.sources, drift.fetch;"
        "drift.fetch.ByAddress(drift.fetch.Files(lambda: None), lambda: drift.fetch.Client(lambda: None));"
        "sys.exit(any(name in sys.modules for name in ('httpx', 'httpcore', 'ssl')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_the_room_does_not_offer() -> None:
    with pytest.raises(AttributeError):
        fetch.Webhook  # noqa: B018
