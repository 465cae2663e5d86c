"""What is done on a terminal and not in a pipe: colour, wrapping, progress."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SHOW = "import sys; from drift.__main__ import main; sys.exit(main(['policies', 'show', 'return-window']))"
PROGRESS = """
from drift.cli.progress import progress
with progress() as on_examined:
    if on_examined:
        for done in range(1, 301):
            on_examined(None, done, 300)
print('done')
"""


def on_terminal(code: str, folder: Path, **environment: str) -> str:
    """What a program writes to standard output and standard error where both are one terminal."""
    mine, theirs = os.openpty()
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "TERM")}
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**inherited, "TERM": "xterm", "COLUMNS": "60", "PYTHONPATH": os.pathsep.join(sys.path), **environment},
    ) as process:
        os.close(theirs)
        said = b""
        while chunk := _read(mine):
            said += chunk
        os.close(mine)
    assert process.returncode == 0, said.decode()
    return said.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_colour_and_wrapping_on_a_terminal(place: Path) -> None:
    said = on_terminal(SHOW, place)
    assert "\x1b[1mreturns/return-window\x1b[0m" in said
    assert "  says       Unused goods can be returned within 30 days of\n             delivery.\n" in said


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_neither_where_it_is_not_wanted(place: Path, environment: dict[str, str]) -> None:
    said = on_terminal(SHOW, place, **environment)
    assert "\x1b" not in said
    assert "  says       Unused goods can be returned within 30 days of delivery.\n" in said


def test_progress_is_shown_while_a_person_watches(tmp_path: Path) -> None:
    said = on_terminal(PROGRESS, tmp_path)
    assert "300/300" in said
    assert said.endswith("done\n")


def test_no_progress_in_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRESS], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("done\n", "")
