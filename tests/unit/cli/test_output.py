"""Reports arrive whole or not at all."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from waiting import PATIENCE

from drift.cli.output import look, ready, write
from drift.model.errors import InputError
from drift.reports import PLAIN


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("before", encoding="utf-8")
    write("nach – 日", target)
    assert target.read_bytes() == "nach – 日".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_goes_on_being_one(tmp_path: Path) -> None:
    target = tmp_path / "real.txt"
    target.write_text("before", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write("after", link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "after"


def test_a_device_is_written_and_stays_a_device() -> None:
    write("away", Path(os.devnull))
    assert not Path(os.devnull).is_file()


def test_an_earlier_file_survives_a_failure(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("before", encoding="utf-8")
    (tmp_path / f".report.txt.{os.getpid()}.part").mkdir()  # where the new file would be made
    with pytest.raises(InputError, match=r"report\.txt: cannot be written"):
        write("after", target)
    assert target.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("where", ["missing/report.txt", "."])
def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path, where: str) -> None:
    with pytest.raises(typer.BadParameter):
        ready(tmp_path / where)


def test_a_place_that_can_be_written_is_fine(tmp_path: Path) -> None:
    ready(None)
    ready(tmp_path / "report.txt")


def test_a_file_or_a_pipe_gets_neither_colour_nor_wrapping(tmp_path: Path) -> None:
    assert look(tmp_path / "report.txt") == PLAIN
    assert look() == PLAIN  # under pytest standard output is no terminal


@pytest.mark.parametrize(("machine", "expected"), [(True, "日".encode()), (False, b"\\u65e5")])
def test_standard_output_of_a_poor_encoding(machine: bool, expected: bytes) -> None:
    code = f"from drift.cli.output import write; write('\\u65e5', machine={machine})"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert done.stdout == expected


def test_a_reader_who_left_is_no_traceback() -> None:
    code = "import sys; from drift.__main__ import main; sys.stdin.readline(); sys.exit(main(['policies', 'schema']))"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, said = process.communicate(b"go\n", timeout=PATIENCE)
    assert (process.returncode, said) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is a thing of Linux")
@pytest.mark.parametrize("arguments", [["policies", "schema"], ["--version"], ["check", "--help"]])
def test_a_full_disk_is_no_traceback_and_no_divergence(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "drift", *arguments], stdout=full, stderr=subprocess.PIPE)
    told = b"error: what there is to say cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, told)


def test_a_closed_standard_output_is_told() -> None:
    command = f"{shlex.quote(sys.executable)} -m drift policies schema >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, b"error: standard output is closed: there is nowhere to write to\n")
