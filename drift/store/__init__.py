"""What the watch remembers, in SQLite or PostgreSQL. The only room that speaks SQL.

`open_store` is for flows; the rest looks after a store: bring it forward, check it, prune it, back it up.
"""

from __future__ import annotations

from drift.store.backup import backup, restore
from drift.store.checking import Checked, check
from drift.store.maintenance import upgrade
from drift.store.pruning import Pruned, prune
from drift.store.sql_store import SqlStore, open_store

__all__ = ["Checked", "Pruned", "SqlStore", "backup", "check", "open_store", "prune", "restore", "upgrade"]
