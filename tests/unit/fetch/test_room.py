"""What the room costs those who only read files."""

from __future__ import annotations

import subprocess
import sys


def test_files_are_read_without_an_http_library() -> None:
    code = (
        "import sys, drift.sources, drift.fetch.files;"
        "drift.fetch.files.FileFetcher(lambda: None);"
        "sys.exit(any(name in sys.modules for name in ('httpx', 'httpcore', 'ssl', 'socket')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
