"""Whatever stands around a check: names, loops and pipes among the files, outputs that fail, processes that die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = RIGHT.replace("30", "14")
MEGABYTE = 1_000_000

Check = Callable[..., Any]
Start = Callable[..., subprocess.Popen[bytes]]


def test_names_that_are_no_text_are_reported(policies: Path, check: Check, start: Start) -> None:
    Path("in").mkdir()
    for name in (b"in/caf\xe9.md", b"in/a\nb.md", b"in/\x1b[2J.md"):
        with open(name, "w", encoding="utf-8") as file:
            file.write(WRONG)
    run = check("in", "--policies", str(policies), "--published-as", "https://help.larkspur.example")
    assert run.report["summary"]["diverges"] == 3
    process = start("check", b"in/caf\xe9.md", "in", "--policies", str(policies))
    out, errors = process.communicate()
    assert (process.returncode, errors) == (1, b"")
    assert b"\x1b" not in out


def test_loops_pipes_and_devices_are_passed_by(policies: Path, check: Check) -> None:
    Path("in/deep").mkdir(parents=True)
    Path("in/right.md").write_text(RIGHT, encoding="utf-8")
    Path("in/deep/loop").symlink_to(Path("in").resolve())
    Path("in/self.md").symlink_to("self.md")
    Path("in/gone.md").symlink_to("nothing.md")
    os.mkfifo("in/pipe.md")
    run = check("in", "/dev/zero", "--policies", str(policies))
    assert run.status == 3
    assert run.read.pop("right.md") is None
    assert run.read["gone.md"] == "missing"
    assert {run.read[name] for name in ("self.md", "pipe.md", "zero")} == {"unreadable"}


def test_nobody_reads_the_report(policies: Path, start: Start) -> None:
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    with start("check", "right.md", "--policies", str(policies)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (141, b"")


@pytest.mark.parametrize("output", ["/dev/full", "no/such/folder", "policies"])
def test_an_output_that_cannot_be_written(policies: Path, output: str, start: Start) -> None:
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    process = start("check", "right.md", "--policies", str(policies), "--output", output)
    out, errors = process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert b"Traceback" not in errors
    assert errors


def test_two_writers_of_one_output_leave_a_whole_report(policies: Path, start: Start) -> None:
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    arguments = ("check", "right.md", "--policies", str(policies), "--format", "json", "--output", "report.json")
    for process in [start(*arguments) for _ in range(2)]:
        assert process.communicate() == (b"", b"")
        assert process.returncode == 0
    assert json.loads(Path("report.json").read_bytes())["summary"]["agrees"] == 1
    assert sorted(path.name for path in Path().iterdir()) == ["policies", "report.json", "right.md"]


def test_a_writer_killed_at_work_leaves_the_old_report(policies: Path, start: Start) -> None:
    """The kernel ends the process, without a word, at the first bytes beyond those it may write."""
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    Path("report.json").write_text("the old one", encoding="utf-8")
    arguments = ("check", "right.md", "--policies", str(policies), "--format", "json", "--output", "report.json")
    killed = start(*arguments, mode="killed")
    killed.communicate()
    assert killed.returncode == -signal.SIGXFSZ
    assert Path("report.json").read_text(encoding="utf-8") == "the old one"
    again = start(*arguments)
    again.communicate()
    assert again.returncode == 0
    assert json.loads(Path("report.json").read_bytes())["summary"]["agrees"] == 1
