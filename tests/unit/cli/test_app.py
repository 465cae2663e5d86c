"""The command line as a whole: version, help, wrong use, and what it costs to start."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.metadata import version

import pytest
import typer

from drift import __version__
from drift.__main__ import main
from drift.assembly import check
from drift.cli import app

COMMANDS = (
    ["check"],
    ["explain"],
    ["replay"],
    ["policies", "lint"],
    ["policies", "test"],
    ["policies", "show"],
    ["policies", "schema"],
    ["init"],
    ["status"],
    ["findings", "list"],
    ["findings", "show"],
    ["findings", "ack"],
    ["findings", "silence"],
    ["findings", "silences"],
    ["findings", "unsilence"],
    ["findings", "export"],
    ["desk"],
    ["history"],
    ["db", "upgrade"],
    ["db", "check"],
    ["db", "prune"],
    ["backup"],
    ["restore"],
    ["demo"],
)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"drift {__version__}\n"
    assert version("drift") == __version__


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_teaches_by_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--help"]) == 0
    said = capsys.readouterr().out
    assert "Example" in said
    assert f"\n    drift {' '.join(command)}" in said


@pytest.mark.parametrize("row", app.COMMANDS, ids=lambda row: row.words)
def test_the_table_says_what_a_command_says_of_itself(row: app.TableRow) -> None:
    part = getattr(import_module(f"drift.cli.{row.module}"), row.name)
    if isinstance(part, typer.Typer):
        assert part.registered_commands
        under = {one.name or getattr(one.callback, "__name__", "") for one in part.registered_commands}
        under |= {other.name for other in app.COMMANDS if other.words == f"{row.name} {other.name}"}
        assert len(under) == 1 or set(row.help.rstrip(".").partition(": ")[2].split(", ")) == under
    else:
        assert row.help == " ".join(part.__doc__.split("\n\n")[0].split())


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {command[0]} " in said for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["chekc"],
        ["check"],
        ["check", "a.md", "--format", "yaml"],
        ["check", "a.md", "--as-of", "2026-13-01"],
        ["check", "a.md", "--as-of", "yesterday"],
        ["check", "a.md", "--output", "no/such/folder/report.txt"],
        ["check", "a.md", "--frobnicate"],
        ["explain", "a.md", "--line", "0"],
        ["explain"],
        ["policies", "lnit"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_on_standard_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "Error" in said.err


def test_an_interrupt_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "check", interrupted)
    assert main(["check", "a.md"]) == 130
    assert "Traceback" not in capsys.readouterr().err


# typer converts the values of options with pydantic, help texts included; only --version comes before that.
@pytest.mark.parametrize(
    ("argument", "heavy"), [("--version", {"pydantic", "rich", "lxml"}), ("--help", {"rich", "lxml"})]
)
def test_starting_imports_nothing_heavy(argument: str, heavy: set[str]) -> None:
    heavy = heavy | {"httpx", "bs4", "yaml", "markdown_it", "rapidfuzz", "charset_normalizer"}
    heavy |= {"sqlalchemy", "alembic", "psycopg", "drift.store", "drift.model", "fastapi", "uvicorn"}
    code = (
        "import sys; from drift.__main__ import main; main(sys.argv[1:]);"
        f"print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, argument], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_completion_is_offered_for_shells(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("_DRIFT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "drift pol")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert main([]) == 0
    assert capsys.readouterr().out == "policies\n"
