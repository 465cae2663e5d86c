"""Under which addresses articles are known: one takes another's place, and those that mean nothing are forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, exists, select, update

from drift.model import Page
from drift.model.finding import Note
from drift.store import spelling
from drift.store.bodies import CHUNK
from drift.store.columns import known
from drift.store.database import Database
from drift.store.tables import findings, links, notes, pages, readings, statements, versions


def move(database: Database, old: Page, new: Page, note: Note) -> bool:
    """Let everything remembered of a page be of another, which was a duplicate of it: its versions, its findings.

    Nothing is remembered of the old address afterwards, nor of what the other said before it was a duplicate. Gives
    False, and writes nothing, where there is no such page, or the other is an article or ever had a finding.
    """
    with database.writing() as connection:
        wanted = select(pages.c.article, pages.c.id, pages.c.first_read)
        found = {
            row.article: row
            for row in connection.execute(wanted.where(pages.c.article.in_((known(old.public), known(new.public)))))
        }
        theirs = found.get(known(new.public))
        if known(old.public) not in found or (theirs is not None and theirs.first_read is not None):
            return False
        if connection.execute(select(findings.c.id).where(findings.c.article == new.public)).first() is not None:
            return False
        if theirs is not None:
            for table in (links, statements, readings, versions):
                connection.execute(delete(table).where(table.c.page_id == theirs.id))
            connection.execute(delete(pages).where(pages.c.id == theirs.id))
        named = {"article": new.public, "address": new.address, "published_as": new.published_as}
        connection.execute(update(pages).where(pages.c.id == found[known(old.public)].id).values(named))
        for table in (findings, notes):
            connection.execute(update(table).where(table.c.article == old.public).values(article=new.public))
        connection.execute(notes.insert().values(spelling.note_values(note)))
    return True


def forget(database: Database, articles: Sequence[str]) -> None:
    """Forget pages that were never articles of their own; others are left alone."""
    with database.writing() as connection:
        for start in range(0, len(articles), CHUNK):
            named = [known(article) for article in articles[start : start + CHUNK]]
            of_its_own = [exists().where(table.c.page_id == pages.c.id) for table in (versions, readings)]
            wanted = select(pages.c.id).where(pages.c.article.in_(named), ~of_its_own[0], ~of_its_own[1])
            ids = list(connection.execute(wanted).scalars())
            connection.execute(delete(links).where(links.c.page_id.in_(ids)))
            connection.execute(delete(pages).where(pages.c.id.in_(ids)))
