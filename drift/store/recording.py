"""What visits to pages leave behind, written in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from drift.model.errors import StoreError, StoreFailure
from drift.model.memory import PageOutcome
from drift.store import findings, outbox, spelling
from drift.store.bodies import CHUNK, pack
from drift.store.columns import known as as_known
from drift.store.pages import pack_links
from drift.store.spelling import Values
from drift.store.tables import bodies, links, notes, pages, readings, statements, versions
from drift.store.upserts import insert_new, upsert


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the store holds of a page before it is written."""

    id: int
    text: str
    read_at: datetime | None
    reading: str | None  # digest of the last good one
    links: str | None  # digest of them


def write(connection: Connection, outcomes: Sequence[PageOutcome], packed: dict[str, Values], run: int | None) -> None:
    """Write outcomes, at most one a page. `packed` are the bodies that were not stored when the batch was begun."""
    told = [each for each in outcomes if each.reading is not None or each.links is not None]
    known = _known(connection, [_key(each) for each in told])
    upsert(connection, pages, [spelling.page_values(each.state, run) for each in outcomes], key=("article",))
    if told:
        new = [_key(each) for each in told if _key(each) not in known]
        ids = {article: each.id for article, each in {**known, **_known(connection, new)}.items()}
        _write_versions(connection, told, known, ids, packed)
        _write_readings(connection, told, known, ids)
        _write_links(connection, told, known, ids)
    findings.write(
        connection,
        [finding for each in outcomes for finding in each.findings],
        [transition for each in outcomes for transition in each.transitions],
    )
    noted = [spelling.note_values(note) for each in outcomes for note in each.notes]
    if noted:
        connection.execute(insert(notes), noted)
    outbox.write(connection, [event for each in outcomes for event in each.events])


def refuse_nonsense(outcomes: Sequence[PageOutcome]) -> None:
    """Raise ValueError for what no flow can mean."""
    if len({_key(each) for each in outcomes}) < len(outcomes):
        raise ValueError("two outcomes of one page in one batch")
    for each in outcomes:
        if each.reading is not None and each.reading.blind is not None:
            raise ValueError(f"{each.state.page.public}: a blind reading is none")
        if each.reading is not None and each.reading.text != each.state.text:
            raise ValueError(f"{each.state.page.public}: a reading of another text than its state tells")


def _key(outcome: PageOutcome) -> str:
    """The public address as the database has it."""
    return as_known(outcome.state.page.public)


def _known(connection: Connection, articles: Sequence[str]) -> dict[str, _Stored]:
    found = {}
    for start in range(0, len(articles), CHUNK):
        wanted = (
            select(
                pages.c.article,
                pages.c.id,
                pages.c.text_hash,
                pages.c.read_at,
                readings.c.digest.label("reading"),
                links.c.digest.label("links"),
            )
            .select_from(pages.outerjoin(readings).outerjoin(links, links.c.page_id == pages.c.id))
            .where(pages.c.article.in_(articles[start : start + CHUNK]))
        )
        for row in connection.execute(wanted):
            found[row.article] = _Stored(row.id, row.text_hash, row.read_at, row.reading, row.links)
    return found


def _write_versions(
    connection: Connection,
    outcomes: Sequence[PageOutcome],
    known: dict[str, _Stored],
    ids: dict[str, int],
    packed: dict[str, Values],
) -> None:
    """Begin a version for every page that reads otherwise than when it was last read."""
    ended, begun, added = [], [], []
    for each in outcomes:
        before = known.get(_key(each))
        if each.reading is None or (before is not None and before.text == each.reading.text):
            continue
        page_id = ids[_key(each)]
        if before is not None and before.text:
            ended.append({"of_page": page_id, "until": before.read_at})
        if each.snapshot is not None:
            added.append(packed.get(each.reading.text) or pack(each.reading.text, each.snapshot))
        begun.append(_version(connection, page_id, each))
    insert_new(connection, bodies, added)
    if ended:
        newest = (versions.c.page_id == bindparam("of_page")) & versions.c.last_seen.is_(None)
        connection.execute(update(versions).where(newest).values(last_seen=bindparam("until")), ended)
    if begun:
        connection.execute(insert(versions), begun)


def _version(connection: Connection, page_id: int, outcome: PageOutcome) -> Values:
    assert outcome.reading is not None
    body, final_url, status = outcome.reading.text, None, None
    if outcome.snapshot is not None:
        final_url, status = outcome.snapshot.final_url, outcome.snapshot.status
    else:  # a stored snapshot, read again by another reader
        newest = select(versions).where(versions.c.page_id == page_id).order_by(versions.c.id.desc()).limit(1)
        row = connection.execute(newest).first()
        if row is None:
            raise StoreError(StoreFailure.MISSING, f"{outcome.state.page.public}: a reading of nothing that is stored")
        body, final_url, status = row.body_hash, row.final_url, row.status
    return {
        "page_id": page_id,
        "text_hash": outcome.reading.text,
        "body_hash": body,
        "reader": outcome.reading.reader,
        "first_seen": outcome.reading.at,
        "last_seen": None,
        "final_url": final_url,
        "status": status,
    }


def _write_readings(
    connection: Connection, outcomes: Sequence[PageOutcome], known: dict[str, _Stored], ids: dict[str, int]
) -> None:
    read = []
    for each in outcomes:
        before = known.get(_key(each))
        if each.reading is not None:
            stated = [spelling.statement_document(statement) for statement in each.reading.statements]
            values = spelling.reading_values(ids[_key(each)], each.reading, stated)
            if before is None or before.reading != values["digest"]:
                read.append((values, stated))
    if not read:
        return
    upsert(connection, readings, [values for values, _ in read], key=("page_id",))
    gone = delete(statements).where(statements.c.page_id == bindparam("of_page"))
    connection.execute(gone, [{"of_page": values["page_id"]} for values, _ in read])
    made = [
        spelling.statement_values(values["page_id"], position, document)
        for values, stated in read
        for position, document in enumerate(stated)
    ]
    if made:
        connection.execute(insert(statements), made)


def _write_links(
    connection: Connection, outcomes: Sequence[PageOutcome], known: dict[str, _Stored], ids: dict[str, int]
) -> None:
    changed = []
    for each in outcomes:
        if each.links is None:
            continue
        before = known.get(_key(each))
        digest = hashlib.sha256("\n".join(each.links).encode("utf-8", "replace")).hexdigest()
        if before is None or before.links != digest:
            page_id = ids[_key(each)]
            changed.append({"page_id": page_id, "digest": digest, "packed": pack_links(each.links)})
    upsert(connection, links, changed, key=("page_id",))
