"""Bringing a store forward because somebody asked for it."""

from __future__ import annotations

from drift.store import schema
from drift.store.address import parse
from drift.store.database import Database


def upgrade(url: str) -> tuple[str | None, str]:
    """Bring the tables of a store forward to this version, or build them. Gives the version before and after.

    Raises StoreError: NEW for a store of a later version.
    """
    with Database(parse(url)) as database:
        return schema.upgrade(database)
