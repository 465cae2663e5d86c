"""Who may read the file of a store: its owner. It holds what people said of whom, and pages that are not public."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

MINE = 0o600
_SHARED = stat.S_IRGRP | stat.S_IWGRP


def make(path: Path) -> None:
    """Make an empty file that is its owner's alone, whatever the umask; one that is there stays. Raises OSError."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, MINE))


def tighten(path: Path) -> None:
    """Close a file of an earlier version to all others.

    A group that may write is one that shares the store, and keeps it: SQLite gives no group that right by itself. Only
    the owner can change any of this, so that another's file stays as it is.
    """
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode & (MINE | (_SHARED if mode & stat.S_IWGRP else 0))
        if mode != wanted:
            path.chmod(wanted)
