"""Where reports go: a file, whole or not at all, or standard output as bytes."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import typer

from drift.cli.status import BROKEN_PIPE
from drift.model.errors import InputError
from drift.reports import PLAIN, Display


def look(output: Path | None = None) -> Display:
    """What the place of output can show: colour and wrapping only on a terminal that wants them."""
    if output is not None or _closed() or not sys.stdout.isatty():
        return PLAIN
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return PLAIN
    return Display(colour=True, width=shutil.get_terminal_size().columns)


def ready(output: Path | None) -> None:
    """Say before the work that a file cannot be written. Raises typer.BadParameter (exit status 2)."""
    if output is None:
        return
    if not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder '{output.parent}'", param_hint="--output")
    if output.is_dir():
        raise typer.BadParameter(f"'{output}' is a folder", param_hint="--output")


def write(text: str, output: Path | None = None, *, machine: bool = False) -> None:
    """Write a text to a file in UTF-8, or to standard output: in UTF-8 for a machine, in its encoding for a person.

    Raises InputError where the file cannot be written, and leaves an earlier one as it was; OSError where standard
    output takes no more.
    """
    if output is None:
        if _closed():
            raise InputError("standard output is closed: there is nowhere to write to")
        _to_standard_output(text, "utf-8" if machine else sys.stdout.encoding or "utf-8")
        return
    try:
        _to_file(text.encode("utf-8"), output)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror}") from error


def _to_file(body: bytes, output: Path) -> None:
    target = output.resolve()  # through a link, so that it goes on being one
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        target.write_bytes(body)
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(body)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _to_standard_output(text: str, encoding: str) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(encoding, errors="backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        discard()  # whoever read has read enough
        raise typer.Exit(BROKEN_PIPE) from None


def _closed() -> bool:
    """Whether this process was started without a standard output ('>&-')."""
    return sys.stdout is None


def discard() -> None:
    """Send what standard output still holds nowhere: what the interpreter flushes at its end must not fail again."""
    if not _closed():
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
