"""What is wrong in an input, told on standard error: every problem, each with its line and a caret under the place."""

from __future__ import annotations

import errno
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path

from drift.cli.output import discard
from drift.cli.status import WRONG_INPUT
from drift.model.errors import InputError, Place, Problem, StoreError
from drift.model.escaping import inert

_LONGEST_NAME = 300  # characters of a file's name that are told
_AROUND = 60  # characters of a long line shown on either side of the place


def told(error: Exception) -> int:
    """Tell what ended a command, and give its exit status. Raises what no person and no system is to blame for."""
    if isinstance(error, InputError):
        tell(error)
    elif isinstance(error, StoreError):
        tell_one(str(error))
    elif isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        discard()
        tell_one(f"what there is to say cannot be written: {error.strerror}")
    elif isinstance(error, OSError) and error.filename is not None:
        tell_one(f"{str(error.filename)[:_LONGEST_NAME]}: cannot be used: {error.strerror}")
    else:
        raise error
    return WRONG_INPUT


def tell(error: InputError) -> None:
    """Print all problems of an error, or its message where it carries none."""
    if not error.problems:
        tell_one(str(error))
    tell_all(error.problems)


def tell_one(message: str) -> None:
    """Print what is wrong where no file has a place for it."""
    _print(f"error: {_line(message)}")


def tell_all(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        for line in lines(problem):
            _print(line)


def lines(problem: Problem) -> list[str]:
    """A problem as lines: what it is, and where the file can be read and shown, its line and a caret."""
    told = [_line(str(problem))]
    place = problem.place
    source = None if problem.private else _source(place)
    if source is None:
        return told
    number = f"{place.line:>6}"
    if place.column is None:
        return [*told, f"{number} | {_cells(source[: 2 * _AROUND])}"]
    at = place.column - 1
    start = max(0, at - _AROUND)
    shown = source[start : at + _AROUND]
    padding = " " * _width(source[start:at]) + " " * max(0, at - len(source))
    return [*told, f"{number} | {_cells(shown)}".rstrip(), f"{'':>6} | {padding}^"]


def _source(place: Place) -> str | None:
    if place.line is None:
        return None
    rows = _rows(place.file)
    return rows[place.line - 1] if 0 < place.line <= len(rows) else None


@lru_cache(maxsize=8)  # a folder's problems come file by file
def _rows(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace").split("\n")
    except (OSError, ValueError):
        return []


def _line(text: str) -> str:
    return "\n".join(inert(line) for line in text.splitlines())


def _cells(text: str) -> str:
    """A source line with one printable character for each of its characters, so that a caret can stand under it."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def _print(text: str) -> None:
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)
