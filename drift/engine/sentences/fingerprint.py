"""What identifies a text: a short hash that outlives the program.

A fingerprint that is stored is never changed: a new version goes beside it, with a migration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from drift.model import Article

LONG = 32  # hexadecimal digits


def text_of(article: Article) -> str:
    """The text that was read: two snapshots with the same one say the same, whatever their bytes."""
    parts = (article.language or "", article.title or "")
    passages = (
        part
        for passage in article.passages
        for part in (passage.zone.value, passage.text, passage.anchor or "", *passage.row, *passage.column)
    )
    return hashed((*parts, *passages), LONG)


def hashed(parts: Iterable[str], digits: int) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:digits]
