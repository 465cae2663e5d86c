"""What the room offers, and that files need no HTTP library."""

from __future__ import annotations

import subprocess
import sys

import pytest

from drift import fetch


def test_files_are_read_without_an_http_library() -> None:
    code = (
        "import sys, drift.sources, drift.fetch;"
        "drift.fetch.Files(lambda: None);"
        "sys.exit(any(name in sys.modules for name in ('httpx', 'httpcore', 'ssl', 'socket')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_everything_it_names_is_there_and_nothing_else() -> None:
    for name in fetch.__all__:
        assert getattr(fetch, name).__name__ == name
    with pytest.raises(AttributeError):
        fetch.Webhook  # noqa: B018
