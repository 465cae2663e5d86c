"""The types of columns: instants, words and documents, read back from both databases as they were written."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_HALF = r"\udc"  # how `written` begins a byte that is no UTF-8, and what a name may hold itself
_BACKSLASH = r"\udc5c"  # no such byte, for it is ASCII
_ESCAPE = re.compile(r"\\u(dc5c|dc[89a-f][0-9a-f])")

# SQLAlchemy hands each of them the dialect (ARG002): they write the same for both databases.


class Instant(TypeDecorator[datetime]):
    """A time in UTC to the microsecond: `timestamptz` in PostgreSQL, readable text in SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is UTC:
            return value
        if value.tzinfo is None:
            raise ValueError(f"a time without its zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def written(text: str) -> str:
    """A text as it is written: NUL, which no database holds, as U+FFFD, and half a surrogate pair as its escape."""
    if not text.isascii():
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


class TextColumn(TypeDecorator[str]):
    """Text from anywhere, as `written` has it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else written(value)


def known(address: str) -> str:
    """An address as it is read back."""
    return _unescaped(_escaped(address))


def _escaped(address: str) -> str:
    return written(address.replace(_HALF, f"{_BACKSLASH}{_HALF[1:]}"))


def _unescaped(address: str) -> str:
    if "\\" not in address:
        return address  # as nearly all are, and lists read thousands
    return _ESCAPE.sub(lambda half: "\\" if half[0] == _BACKSLASH else chr(int(half[1], 16)), address)


class AddressColumn(TextColumn):
    """The address of a page. A byte of a file's name that is no UTF-8 (PEP 383) is read back as it was handed in."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else _escaped(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else _unescaped(value)


class JsonColumn(TypeDecorator[Any]):
    """JSON as text in ASCII, which every database holds whatever a page wrote."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)
