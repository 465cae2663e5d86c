"""What lists show of a store: counted, chosen and cut into pages by the database, without the documents beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, or_, select, true

from drift.model import Outcome, Severity
from drift.model.desk import FindingRow, PageKind, PageRow, SourceTally, StatedRow, StatedTally
from drift.model.finding import Finding, PageState, State
from drift.store import spelling
from drift.store.bodies import CHUNK
from drift.store.database import Database
from drift.store.tables import findings, pages, readings, statements

_STANDING = tuple(state.value for state in State if state.stands)
_STATES = {state.value: state for state in State}
_SEVERITIES = {severity.value: severity for severity in Severity}
_GONE = pages.c.gone_since.is_not(None)
_FEW = (PageKind.BLIND, PageKind.GONE, PageKind.DUPLICATE)  # all other pages are read
# What a page of those has, and few others have: by it they are found without asking of each page of which kind it is.
_UNUSUAL = or_(_GONE, pages.c.blind.is_not(None), pages.c.first_read.is_(None))
_WORST_FIRST = (Outcome.DIVERGES, Outcome.SUSPECT, Outcome.UNCLEAR, Outcome.AGREES)


class SqlListing:
    """Rows and counts. A page is blind from `blind_after` failures in a row on, and from the first if it was never
    read. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def findings(self, states: Collection[State] = (), *, titled: bool = False) -> tuple[FindingRow, ...]:
        """All findings, or those of some states, in no order; with `titled` the titles of their pages."""
        of: Any = findings.outerjoin(pages, pages.c.article == findings.c.article)
        title: Any = null()
        if titled:
            of = of.outerjoin(readings, readings.c.page_id == pages.c.id)
            title = readings.c.title
        wanted = select(
            findings.c.id,
            findings.c.policy,
            findings.c.term,
            findings.c.article,
            findings.c.state,
            findings.c.severity,
            findings.c.first_diverged,
            pages.c.id,
            pages.c.source,
            title,
        ).select_from(of)
        if states:
            wanted = wanted.where(findings.c.state.in_(sorted(states)))
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            FindingRow(name, policy, term, article, _STATES[state], _SEVERITIES[severity], since, page, source, title)
            for name, policy, term, article, state, severity, since, page, source, title in rows
        )

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """The titles of some pages by their numbers; pages without one are left out."""
        found: dict[int, str] = {}
        with self._database.reading() as connection:
            for start in range(0, len(numbers), CHUNK):
                wanted = select(readings.c.page_id, readings.c.title).where(
                    readings.c.page_id.in_(numbers[start : start + CHUNK]), readings.c.title.is_not(None)
                )
                found.update({row.page_id: row.title for row in connection.execute(wanted)})
        return found

    def whole(self, ids: Sequence[str]) -> dict[str, Finding]:
        """Some findings by their ids; unknown ones are left out."""
        found: dict[str, Finding] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ids), CHUNK):
                wanted = select(findings).where(findings.c.id.in_(ids[start : start + CHUNK]))
                found.update((row.id, spelling.finding(row)) for row in connection.execute(wanted))
        return found

    def page(self, number: int) -> PageState | None:
        """What is remembered of a page by its number, None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(pages).where(pages.c.id == number)).first()
        return spelling.page_state(row) if row is not None else None

    def number(self, article: str) -> int | None:
        """The number of a page by its public address."""
        with self._database.reading() as connection:
            return connection.execute(select(pages.c.id).where(pages.c.article == article)).scalar()

    def tallies(self, blind_after: int) -> tuple[SourceTally, ...]:
        """The pages of every source, counted, in order of name."""
        kind = _kind(blind_after).label("kind")
        all_of = select(pages.c.source, func.count()).group_by(pages.c.source)
        others = select(pages.c.source, kind, func.count()).where(_UNUSUAL).group_by(pages.c.source, kind)
        with self._database.reading() as connection:
            totals = {row[0]: row[1] for row in connection.execute(all_of)}
            counts = {(row[0], row[1]): row[2] for row in connection.execute(others)}
        found = []
        for source in sorted(totals):
            blind, gone, duplicates = (counts.get((source, each.value), 0) for each in _FEW)
            found.append(SourceTally(source, totals[source] - blind - gone - duplicates, blind, gone, duplicates))
        return tuple(found)

    def tried(self, source: str) -> datetime | None:
        """When a page of a source was last tried."""
        wanted = select(func.max(pages.c.tried_at, type_=pages.c.tried_at.type)).where(pages.c.source == source)
        with self._database.reading() as connection:
            at: datetime | None = connection.execute(wanted).scalar()
        return at

    def sources(self) -> tuple[str, ...]:
        """The names of all sources that have a page, in order."""
        with self._database.reading() as connection:
            return tuple(sorted(connection.execute(select(pages.c.source).distinct()).scalars()))

    def pages(
        self,
        kind: PageKind | None,
        blind_after: int,
        *,
        source: str = "",
        words: str = "",
        start: int = 0,
        most: int,
    ) -> tuple[PageRow, ...]:
        """Pages of a kind, or all, by address; those to mend with the most findings first.

        `words` stand together in the title or the address, in upper or lower case.
        """
        of = pages.outerjoin(readings, readings.c.page_id == pages.c.id)
        order: list[Any] = [pages.c.article]
        holds = list(_narrowed(source, words))
        if kind is PageKind.MEND:
            live = _on_pages().subquery()
            of = of.join(live, live.c.article == pages.c.article)
            holds.append(live.c.standing > 0)
            order = [live.c.standing.desc(), live.c.suspected.desc(), *order]
        elif kind is not None:
            holds.append(_kind(blind_after) == kind.value)
        wanted = select(pages, readings.c.title.label("title")).select_from(of).where(*holds)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(*order).offset(start).limit(most)).all()
            on = _on_pages().where(findings.c.article.in_([row.article for row in rows]))
            live_on = {row.article: (row.standing, row.suspected) for row in connection.execute(on)}
        return tuple(
            PageRow(row.id, spelling.page_state(row), row.title, *live_on.get(row.article, (0, 0))) for row in rows
        )

    def counts(self, blind_after: int, *, source: str = "", words: str = "") -> dict[PageKind | None, int]:
        """How many pages there are of each kind; None is all of them."""
        kind = _kind(blind_after).label("kind")
        of: Any = pages
        if words:
            of = pages.outerjoin(readings, readings.c.page_id == pages.c.id)
        narrowed = list(_narrowed(source, words))
        # Who looks for words reads all pages in any case, and then once.
        these = narrowed if words else [*narrowed, _UNUSUAL]
        wanted = select(kind, func.count()).select_from(of).where(*these).group_by(kind)
        standing = select(findings.c.article).where(findings.c.state.in_(_STANDING))
        mend = select(func.count()).select_from(of).where(pages.c.article.in_(standing), *narrowed)
        with self._database.reading() as connection:
            counts = {row[0]: row[1] for row in connection.execute(wanted)}
            total = sum(counts.values())
            if not words:
                total = connection.execute(select(func.count()).select_from(of).where(*narrowed)).scalar_one()
            to_mend = connection.execute(mend).scalar_one()
        blind, gone, duplicates = (counts.get(each.value, 0) for each in _FEW)
        return {
            PageKind.MEND: to_mend,
            PageKind.BLIND: blind,
            PageKind.READ: total - blind - gone - duplicates,
            PageKind.GONE: gone,
            PageKind.DUPLICATE: duplicates,
            None: total,
        }

    def stated(self, blind_after: int, policy: str | None = None, term: str | None = None) -> tuple[StatedTally, ...]:
        """Every term that pages state (or one), with its outcomes; pages that are gone are left out."""
        by = (statements.c.policy, statements.c.term, statements.c.outcome)
        these = [] if policy is None else [statements.c.policy == policy, statements.c.term == term]
        counted = select(*by, func.count(statements.c.page_id.distinct())).where(*these).group_by(*by)
        # What cannot be read is little: it is counted apart, so that the rest is counted within the index.
        blind = counted.where(statements.c.page_id.in_(select(pages.c.id).where(~_GONE, _blind(blind_after))))
        gone = counted.where(statements.c.page_id.in_(select(pages.c.id).where(_GONE)))
        with self._database.reading() as connection:
            rows = connection.execute(counted).all()
            blind_on = {tuple(row[:3]): row[3] for row in connection.execute(blind)}
            gone_on = {tuple(row[:3]): row[3] for row in connection.execute(gone)}
        found = (
            StatedTally(row[0], row[1], Outcome(row[2]), row[3] - gone_on.get(key, 0), blind_on.get(key, 0))
            for row, key in ((row, tuple(row[:3])) for row in rows)
        )
        return tuple(each for each in found if each.pages)

    def publishing(
        self, policy: str, term: str, blind_after: int, *, outcome: Outcome | None = None, start: int = 0, most: int
    ) -> tuple[StatedRow, ...]:
        """Where a term is stated, with an outcome or any; what diverges first. Pages that are gone are left out."""
        wanted = _published(policy, term, outcome).add_columns(
            pages.c.id,
            pages.c.article,
            readings.c.title,
            pages.c.source,
            _blind(blind_after).label("blind"),
            statements.c.document,
        )
        rank = case({each.value: number for number, each in enumerate(_WORST_FIRST)}, value=statements.c.outcome)
        ordered = wanted.order_by(rank, pages.c.id, statements.c.position).offset(start).limit(most)
        with self._database.reading() as connection:
            rows = connection.execute(ordered).all()
        return tuple(StatedRow._make((*row[:4], bool(row[4]), spelling.statement(row[5]))) for row in rows)

    def published(self, policy: str, term: str, outcome: Outcome | None = None) -> int:
        """How many statements of a term there are on pages that are not gone."""
        with self._database.reading() as connection:
            count: int = connection.execute(_published(policy, term, outcome).add_columns(func.count())).scalar_one()
            return count


def _published(policy: str, term: str, outcome: Outcome | None) -> Select[Any]:
    of = statements.join(pages).outerjoin(readings, readings.c.page_id == pages.c.id)
    wanted: Select[Any] = select().select_from(of)
    wanted = wanted.where(statements.c.policy == policy, statements.c.term == term, ~_GONE)
    return wanted if outcome is None else wanted.where(statements.c.outcome == outcome.value)


def _blind(blind_after: int) -> ColumnElement[bool]:
    """Of pages that are not gone."""
    return and_(pages.c.blind.is_not(None), or_(pages.c.failures >= blind_after, pages.c.read_at.is_(None)))


def _kind(blind_after: int) -> ColumnElement[str]:
    """Each page is of one of four kinds; which ones are to be mended is another question."""
    duplicate = and_(pages.c.first_read.is_(None), pages.c.text_hash != "", pages.c.blind.is_(None))
    return case(
        (_GONE, PageKind.GONE.value),
        (_blind(blind_after), PageKind.BLIND.value),
        (duplicate, PageKind.DUPLICATE.value),
        else_=PageKind.READ.value,
    )


def _on_pages() -> Select[Any]:
    """How many findings stand and ask on each page that has any."""
    asks = findings.c.state == State.SUSPECTED.value
    stands = findings.c.state.in_(_STANDING)
    wanted = select(findings.c.article, _count(stands).label("standing"), _count(asks).label("suspected"))
    return wanted.where(or_(stands, asks)).group_by(findings.c.article)


def _narrowed(source: str, words: str) -> Iterable[ColumnElement[bool]]:
    yield true()
    if source:
        yield pages.c.source == source
    if words:
        yield or_(
            pages.c.article.icontains(words, autoescape=True),
            and_(readings.c.title.is_not(None), readings.c.title.icontains(words, autoescape=True)),
        )


def _count(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((holds, 1), else_=0)), 0)
