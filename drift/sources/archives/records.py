"""Records of a WARC file (ISO 28500), packed or not, read in order and within bounds.

A record is a line 'WARC/1.x', header lines, an empty line, as many bytes as Content-Length says, and two line ends.
A packed file holds one gzip stream a record, or one for all: it reads the same.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from drift.model.errors import InputError, Place, Problem

LONGEST_LINE = 64_000  # bytes of one header line; addresses of a few thousand are known
MOST_LINES = 500  # of one header
MOST_RECORDS = 1_000_000  # of one file: a help centre of 2,000 pages, copied every day for more than a year
_STEP = 256 * 1024
_GZIP = b"\x1f\x8b"


class CutError(Exception):
    """The file ends in the middle of a record; `number` is which."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def problem(path: Path, number: int, message: str, expected: str | None = None) -> InputError:
    """Something wrong with a record that makes the file of no use."""
    return InputError([Problem(Place(str(path)), f"record {number}: {message}", expected=expected)])


@dataclass(slots=True)
class _Bytes:
    """The unpacked bytes of a file. What is wrong with them is told with the number of the record at hand."""

    path: Path
    file: IO[bytes] | gzip.GzipFile
    number: int = 1

    def read(self, most: int) -> bytes:
        return self._tried(self.file.read, most)

    def line(self, most: int) -> bytes:
        return self._tried(self.file.readline, most)

    def header_line(self) -> bytes:
        """A line of a header, which does not end where the file does."""
        line = self.line(LONGEST_LINE)
        if not line:
            raise CutError(self.number)
        return line

    def _tried(self, get: Callable[[int], bytes], most: int) -> bytes:
        try:
            return get(most)
        except EOFError as error:  # a packed file that ends before its stream does
            raise CutError(self.number) from error
        except zlib.error as error:
            raise problem(self.path, self.number, f"the packed bytes are damaged: {error}") from error
        except OSError as error:  # gzip tells damage so, too
            raise problem(self.path, self.number, f"cannot be read: {error.strerror or error}") from error


@dataclass(slots=True)
class Record:
    """One record: its number from 1, its header (names in lower case), and its content, which can be read once."""

    number: int
    header: Mapping[str, str]
    length: int
    _bytes: _Bytes
    _taken: int = 0

    def read(self, most: int) -> bytes:
        """The next bytes of the content, b'' at its end. Raises CutError where the file ends before it."""
        return self._took(self._bytes.read, most)

    def line(self) -> bytes:
        """The next line of the content with its end, or as much as a line may have. Raises CutError as `read` does."""
        return self._took(self._bytes.line, LONGEST_LINE)

    def _took(self, get: Callable[[int], bytes], most: int) -> bytes:
        wanted = min(most, self.length - self._taken)
        if wanted <= 0:
            return b""
        piece = get(wanted)
        if not piece:
            raise CutError(self.number)
        self._taken += len(piece)
        return piece


def records(path: Path) -> Iterator[Record]:
    """The records of a file. What is left of one when the next is asked for is passed over.

    Raises InputError with the number of the record that is none, or at which the bytes are damaged, and CutError where
    the file ends in the middle of one: copies that were stopped do.
    """
    with _opened(path) as file:
        source = _Bytes(path, file)
        while (header := _header(source)) is not None:
            if source.number > MOST_RECORDS:
                raise problem(path, source.number, f"more than {MOST_RECORDS:,} records", "a file in several parts")
            record = Record(source.number, header, _length(header, source), source)
            yield record
            while record.read(_STEP):
                pass
            source.number += 1


def _opened(path: Path) -> IO[bytes] | gzip.GzipFile:
    try:
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
        return gzip.open(path, "rb") if packed else path.open("rb")
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"cannot be opened: {error.strerror}")]) from error


def _header(source: _Bytes) -> dict[str, str] | None:
    """The header of the next record; None at the end of the file. Raises InputError where there is none."""
    line = source.line(LONGEST_LINE)
    for _ in range(MOST_LINES):
        if not line or line.strip():
            break
        line = source.line(LONGEST_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/1."):
        raise problem(source.path, source.number, f"begins with {line[:20]!r}", "a line 'WARC/1.0' or 'WARC/1.1'")
    try:
        return fields(source.header_line)
    except ValueError as error:
        raise problem(source.path, source.number, str(error)) from error


def fields(next_line: Callable[[], bytes]) -> dict[str, str]:
    """Header fields up to an empty line or the end: names in lower case, the first of several with one name.

    Raises ValueError for a header that is longer than any.
    """
    found: dict[str, str] = {}
    for _ in range(MOST_LINES):
        line = next_line()
        if len(line) >= LONGEST_LINE:
            raise ValueError(f"a header line of {LONGEST_LINE:,} bytes and more")
        if not line.strip():
            return found
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    raise ValueError(f"a header of more than {MOST_LINES} lines")


def _length(header: Mapping[str, str], source: _Bytes) -> int:
    told = header.get("content-length", "")
    if not (told.isascii() and told.isdigit() and len(told) <= 15):
        raise problem(source.path, source.number, f"no Content-Length but {told[:40]!r}", "a number of bytes")
    return int(told)
