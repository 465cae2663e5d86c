"""Store addresses: which URLs name a store, and how one is shown without its password."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from drift.model.errors import StoreError, StoreFailure

_KNOWN = "sqlite:///FOLDER/FILE.db or postgresql://USER:PASSWORD@HOST/DATABASE"
_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_MEMORY = ("", ":memory:")


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """Where a store is. `str()` of one is fit to be shown: no password, and no parameters, which may hold one."""

    url: URL = field(repr=False)

    @property
    def path(self) -> Path | None:
        """The file of an SQLite store, None for a server."""
        return Path(self.url.database) if self.url.get_backend_name() == "sqlite" and self.url.database else None

    def __str__(self) -> str:
        shown = self.url.set(drivername=self.url.get_backend_name(), query={}, password=None)
        if shown.database is not None:  # a name of a file may hold bytes that are no UTF-8
            shown = shown.set(database=shown.database.encode("utf-8", "backslashreplace").decode("utf-8"))
        return shown.render_as_string()

    def scrubbed(self, text: str) -> str:
        """A text without the passwords of this address, however they are spelled."""
        asked = self.url.query.get("password", ())
        secrets = {self.url.password or "", *((asked,) if isinstance(asked, str) else asked)} - {""}
        for secret in sorted((form for each in secrets for form in _spellings(each)), key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


def of_file(path: Path) -> StoreAddress:
    """The address of an SQLite store in a file, whatever the file is called."""
    return StoreAddress(URL.create("sqlite", database=str(path)))


def parse(url: str) -> StoreAddress:
    """The address a URL names. Raises StoreError (ADDRESS), never with the URL in it: it may hold a password."""
    scheme = url.partition(":")[0].lower()
    try:
        url.encode("utf-8")
        made = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(StoreFailure.ADDRESS, f"the store's URL cannot be read; expected {_KNOWN}") from None
    if scheme == "sqlite":
        if made.database in (None, *_MEMORY) or made.host or made.query:
            raise StoreError(StoreFailure.ADDRESS, f"the store's URL names no file; expected {_KNOWN}")
        return StoreAddress(made)
    if scheme in _POSTGRESQL:
        return StoreAddress(made.set(drivername="postgresql+psycopg"))
    raise StoreError(StoreFailure.ADDRESS, f"no store is of the kind '{scheme}'; expected {_KNOWN}")


def _spellings(secret: str) -> set[str]:
    return {secret, urllib.parse.quote(secret), urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret)}
