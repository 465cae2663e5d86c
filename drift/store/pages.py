"""What is remembered of pages: their state, their last good reading, their versions and snapshots."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from drift.model import Page, Snapshot
from drift.model.errors import StoreError, StoreFailure
from drift.model.finding import Note, PageState, Reading, Voice
from drift.model.memory import Version
from drift.model.statement import Statement
from drift.store import bodies, identity, spelling
from drift.store.bodies import CHUNK
from drift.store.database import Database
from drift.store.tables import bodies as body_table
from drift.store.tables import links, pages, readings, statements, versions

_BATCH = 20  # snapshots held at a time while all are read: a few MB

_VERSION = (
    versions.c.id,
    pages.c.address,
    pages.c.published_as,
    versions.c.text_hash,
    versions.c.reader,
    versions.c.first_seen,
    func.coalesce(versions.c.last_seen, pages.c.read_at, versions.c.first_seen, type_=versions.c.last_seen.type).label(
        "seen"
    ),
    body_table.c.size,
    body_table.c.media,
)
_SNAPSHOT = (
    versions.c.first_seen,
    versions.c.final_url,
    versions.c.status,
    body_table.c.media,
    body_table.c.charset,
    body_table.c.digest,
    body_table.c.packed,
)


class Pages:
    """Pages as they were last seen. Articles are named by their public address; every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, article: str) -> PageState | None:
        """What is remembered of a page, None where nothing is."""
        with self._database.reading() as connection:
            row = connection.execute(select(pages).where(pages.c.article == article)).first()
        return spelling.page_state(row) if row is not None else None

    def states(self, source: str | None = None) -> dict[str, PageState]:
        """All pages of a source, or of all, by public address, in one query."""
        wanted = select(pages).order_by(pages.c.id)
        if source is not None:
            wanted = wanted.where(pages.c.source == source)
        with self._database.reading() as connection:
            return {row.article: spelling.page_state(row) for row in connection.execute(wanted)}

    def some(self, articles: Sequence[str]) -> dict[str, PageState]:
        """What is remembered of some pages, by public address; pages of which nothing is are left out."""
        found: dict[str, PageState] = {}
        with self._database.reading() as connection:
            for start in range(0, len(articles), CHUNK):
                wanted = select(pages).where(pages.c.article.in_(articles[start : start + CHUNK]))
                found.update((row.article, spelling.page_state(row)) for row in connection.execute(wanted))
        return found

    def readings(self, articles: Sequence[str]) -> dict[str, Reading]:
        """The last good readings of some pages, by public address; pages never read are left out."""
        found: dict[str, Reading] = {}
        with self._database.reading() as connection:
            for start in range(0, len(articles), CHUNK):
                found.update(_readings(connection, articles[start : start + CHUNK]))
        return found

    def reading(self, article: str) -> Reading | None:
        """The last good reading of a page, None where it never had one."""
        return self.readings([article]).get(article)

    def texts(self, source: str, policies: str, reader: str) -> dict[str, str]:
        """The texts that some pages were last read to have, by public address, in one query.

        Those of a source whose last good reading was made by this reader and held against these policies.
        """
        wanted = select(pages.c.article, readings.c.text_hash).select_from(readings.join(pages))
        wanted = wanted.where(pages.c.source == source, readings.c.policies == policies, readings.c.reader == reader)
        with self._database.reading() as connection:
            return {row.article: row.text_hash for row in connection.execute(wanted)}

    def said(self, source: str) -> dict[str, tuple[str, tuple[Voice, ...]]]:
        """What each page of a source said when it was last read, with the hash of that text, by public address.

        In one query. Those that are gone are among them.
        """
        wanted = select(pages.c.article, readings.c.text_hash, readings.c.said).select_from(readings.join(pages))
        wanted = wanted.where(pages.c.source == source, readings.c.said.is_not(None))
        with self._database.reading() as connection:
            return {row.article: (row.text_hash, spelling.said(row.said)) for row in connection.execute(wanted)}

    def duplicates(self, article: str) -> tuple[Page, ...]:
        """The other addresses of an article, which answer with its text, in the order they were met."""
        theirs = select(pages.c.source, pages.c.text_hash).where(pages.c.article == article).subquery()
        wanted = select(pages).where(
            pages.c.source == theirs.c.source,
            pages.c.text_hash == theirs.c.text_hash,
            pages.c.text_hash != "",
            pages.c.first_read.is_(None),
            pages.c.gone_since.is_(None),
            pages.c.article != article,
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(pages.c.id))
            return tuple(Page(row.address, row.published_as) for row in rows)

    def move(self, old: Page, new: Page, note: Note) -> bool:
        """Let what is remembered of a page be of another; see `drift.store.identity`."""
        return identity.move(self._database, old, new, note)

    def forget(self, articles: Sequence[str]) -> None:
        """Forget pages that were never articles of their own; others are left alone."""
        identity.forget(self._database, articles)

    def links(self, article: str) -> tuple[str, ...]:
        """The links of a page as they were last written."""
        wanted = select(links.c.packed).join(pages).where(pages.c.article == article)
        with self._database.reading() as connection:
            packed = connection.execute(wanted).scalar()
        return unpack_links(packed) if packed is not None else ()

    def versions(self, article: str) -> tuple[Version, ...]:
        """The versions of a page that are still stored, the oldest first."""
        wanted = _joined(*_VERSION).where(pages.c.article == article).order_by(versions.c.id)
        with self._database.reading() as connection:
            return tuple(_version(row) for row in connection.execute(wanted))

    def snapshot(self, version: Version) -> Snapshot:
        """The bytes of a version, as they were fetched when it began.

        Raises StoreError: MISSING where they were pruned, DAMAGED where they are not what was stored.
        """
        with self._database.reading() as connection:
            row = connection.execute(_joined(*_SNAPSHOT).where(versions.c.id == version.id)).first()
        if row is None:
            raise StoreError(StoreFailure.MISSING, f"{version.page.public}: this version is no longer stored")
        return self._unpacked(row, version.page)

    def newest(self, source: str | None = None) -> Iterator[tuple[PageState, Snapshot]]:
        """Every page that was ever read, with the snapshot of its newest version, a few at a time.

        No transaction stays open between them, so that what is read again can be written meanwhile.
        """
        wanted = _joined(pages, *_SNAPSHOT).where(versions.c.last_seen.is_(None)).order_by(pages.c.id).limit(_BATCH)
        if source is not None:
            wanted = wanted.where(pages.c.source == source)
        last = 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(wanted.where(pages.c.id > last)).all()
            for row in rows:
                state = spelling.page_state(row)
                yield state, self._unpacked(row, state.page)
            if len(rows) < _BATCH:
                return
            last = rows[-1].id

    def _unpacked(self, row: Row[Any], page: Page) -> Snapshot:
        try:
            return bodies.snapshot(row, page)
        except ValueError as error:
            message = f"{self._database.address}: the snapshot of {page.public} is damaged ({error})"
            raise StoreError(StoreFailure.DAMAGED, message) from None


def pack_links(addresses: Iterable[str]) -> bytes:
    return zlib.compress("\n".join(addresses).encode("utf-8", "replace"), bodies.LEVEL)


def unpack_links(packed: bytes) -> tuple[str, ...]:
    return tuple(zlib.decompress(packed).decode("utf-8").split("\n")) if packed else ()


def _joined(*columns: Any) -> Select[Any]:
    joined = versions.join(pages).join(body_table, versions.c.body_hash == body_table.c.text_hash)
    return select(*columns).select_from(joined)


def _version(row: Row[Any]) -> Version:
    return Version(
        id=row.id,
        page=Page(row.address, row.published_as),
        text=row.text_hash,
        reader=row.reader,
        first_seen=row.first_seen,
        last_seen=row.seen,
        size=row.size,
        media=row.media,
    )


def _readings(connection: Connection, articles: Sequence[str]) -> Iterator[tuple[str, Reading]]:
    of_these = pages.c.article.in_(articles)
    stated: dict[int, list[Statement]] = {}
    for row in connection.execute(
        select(statements.c.page_id, statements.c.document)
        .join(pages)
        .where(of_these)
        .order_by(statements.c.page_id, statements.c.position)
    ):
        stated.setdefault(row.page_id, []).append(spelling.statement(row.document))
    read: Select[Any] = select(readings, pages.c.address, pages.c.published_as).join(pages).where(of_these)
    for row in connection.execute(read):
        page = Page(row.address, row.published_as)
        yield page.public, spelling.reading(row, page, tuple(stated.get(row.page_id, ())))
