"""Secrets: named in the file, kept in the environment or in a file of their own, never shown."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 64 * 1024  # bytes of a secret in a file: keys are hundreds, certificates with their chain a few thousand

Environment = Mapping[str, str]


class UnavailableError(ValueError):
    """A secret that is not where the file says. `expected` is what should be there; no value is ever repeated."""

    def __init__(self, message: str, expected: str) -> None:
        super().__init__(message)
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that no log, error, page or report shows. `origin` says where it came from and may be shown."""

    value: str = field(repr=False)
    origin: str = ""

    def __repr__(self) -> str:
        return f"Secret({self.origin or '***'})"

    def __str__(self) -> str:
        return "***"

    def __format__(self, _: str) -> str:
        return "***"


def from_environment(name: str, environment: Environment) -> Secret:
    """The value of a variable. Raises UnavailableError where it is not set, or empty."""
    value = environment.get(name)
    if not value:
        state = "is empty" if value == "" else "is not set"
        raise UnavailableError(f"the environment variable {name} {state}", f"'export {name}=...' before drift runs")
    return Secret(value, f"env {name}")


def from_file(path: Path) -> tuple[Secret, str | None]:
    """What a file holds, without the line ends after it, and a warning where everybody may read it.

    Raises UnavailableError where it cannot be opened, is empty, too long, or no text.
    """
    try:
        with path.open("rb") as file:
            open_to_all = bool(os.fstat(file.fileno()).st_mode & stat.S_IROTH)
            body = file.read(LONGEST + 1)
    except OSError as error:
        raise UnavailableError(f"{path} cannot be opened: {error.strerror}", "a file that holds the secret") from error
    if len(body) > LONGEST:
        raise UnavailableError(f"{path} is longer than {LONGEST >> 10} kB", "a file that holds the secret alone")
    try:
        value = body.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UnavailableError(f"{path} is not UTF-8", "a file that holds the secret as text") from error
    if not value:
        raise UnavailableError(f"{path} is empty", "a file that holds the secret")
    return Secret(value, f"file {path}"), f"everybody on this machine may read {path}" if open_to_all else None
