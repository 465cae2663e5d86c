"""Files on this machine and standard input: paths in, snapshots out."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from drift.fetch import media
from drift.fetch.limits import Limits
from drift.model import Page, Snapshot
from drift.model.errors import BlindReason, FetchError
from drift.model.ports import Clock

STANDARD_INPUT = "-"

_NOT_FILES = (
    (stat.S_ISDIR, "a folder that cannot be listed"),
    (stat.S_ISFIFO, "a pipe, not a file: send it to standard input and name '-'"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


class FileFetcher:
    """A Fetcher for paths and for `-`. Never waits for a pipe or a device, and reads at most `limits.raw` bytes.

    `stdin` is the stream behind `-`, read once; without one, `-` is blind.
    """

    def __init__(self, clock: Clock, stdin: BinaryIO | None = None, limits: Limits | None = None) -> None:
        self._clock = clock
        self._stdin = stdin
        self._limits = limits or Limits()

    def fetch(self, page: Page) -> Snapshot:
        """The file as it is now. Its media type is told by the suffix, and by the bytes where that tells nothing.

        Raises FetchError: MISSING, UNREADABLE (no permission, not a regular file), TOO_LARGE, EMPTY (no bytes) or
        NOT_TEXT (binary without a suffix that says otherwise).
        """
        body = self._standard_input() if page.address == STANDARD_INPUT else self._read(page.address)
        if len(body) > self._limits.raw:
            raise FetchError(BlindReason.TOO_LARGE, f"more than {self._limits.raw:,} bytes")
        if not body:
            raise FetchError(BlindReason.EMPTY, "no bytes")
        told = media.of_suffix(page.address) or media.of_content(body)
        if told is None:
            raise FetchError(BlindReason.NOT_TEXT, "binary")
        return Snapshot(page, body, told, fetched_at=self._clock())

    def _standard_input(self) -> bytes:
        if self._stdin is None:
            raise FetchError(BlindReason.UNREADABLE, "there is no standard input")
        try:
            return self._stdin.read(self._limits.raw + 1)
        except (OSError, ValueError) as error:  # ValueError: the stream is closed
            raise FetchError(BlindReason.UNREADABLE, str(error)) from error

    def _read(self, path: str) -> bytes:
        try:
            mode = os.stat(path).st_mode
            for is_kind, words in _NOT_FILES:
                if is_kind(mode):
                    raise FetchError(BlindReason.UNREADABLE, words)
            with open(path, "rb") as file:
                return file.read(self._limits.raw + 1)
        except FileNotFoundError as error:
            raise FetchError(BlindReason.MISSING, "no such file") from error
        except OSError as error:
            raise FetchError(BlindReason.UNREADABLE, error.strerror or str(error)) from error
