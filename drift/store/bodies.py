"""Bytes as fetched: packed once for each text that was read from them, and unpacked again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, select

from drift.model import Page, Snapshot
from drift.model.memory import PageOutcome
from drift.store.database import Database
from drift.store.spelling import Values
from drift.store.tables import bodies

LEVEL = 1  # generated help pages of 175 kB: 25 % of the size in 1.0 ms; 6 gives 22 % in 3.3 ms, 9 21.6 % in 5.5 ms
CHUNK = 500  # keys in one statement: well under the 32,766 parameters of SQLite and the 65,535 of PostgreSQL


def pack(text_hash: str, snapshot: Snapshot) -> Values:
    """The row of a body."""
    return {
        "text_hash": text_hash,
        "media": snapshot.media,
        "charset": snapshot.charset,
        "digest": hashlib.sha256(snapshot.body).hexdigest(),
        "size": len(snapshot.body),
        "packed": zlib.compress(snapshot.body, LEVEL),
    }


def unpack(row: Row[Any]) -> bytes:
    """The bytes of a body. Raises ValueError where they are not those that were packed."""
    try:
        body = zlib.decompress(row._mapping["packed"])
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if hashlib.sha256(body).hexdigest() != row._mapping["digest"]:
        raise ValueError("its bytes are not those that were fetched")
    return body


def snapshot(row: Row[Any], page: Page) -> Snapshot:
    """A snapshot from a row with the columns of `bodies` and `versions`. Raises ValueError as `unpack` does."""
    held = row._mapping
    return Snapshot(
        page,
        unpack(row),
        held["media"],
        charset=held["charset"],
        status=held["status"],
        final_url=held["final_url"],
        fetched_at=held["first_seen"],
    )


def packed(database: Database, outcomes: Iterable[PageOutcome]) -> dict[str, Values]:
    """The bodies of some outcomes that are not stored yet, by the hash of their text."""
    fresh: Mapping[str, Snapshot] = {
        each.reading.text: each.snapshot for each in outcomes if each.snapshot is not None and each.reading is not None
    }
    if not fresh:
        return {}
    texts, known = sorted(fresh), set[str]()
    with database.reading() as connection:
        for start in range(0, len(texts), CHUNK):
            among = bodies.c.text_hash.in_(texts[start : start + CHUNK])
            known.update(connection.execute(select(bodies.c.text_hash).where(among)).scalars())
    return {text: pack(text, snapshot) for text, snapshot in fresh.items() if text not in known}
