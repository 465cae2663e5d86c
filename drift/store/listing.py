"""What lists show of a store: counted, chosen and cut into pages by the database, without the documents beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from drift.model import Finding, Outcome, PageState, Severity, State
from drift.model.desk import FindingRow, PageKind, PageRow, SourceTally, StatedRow, StatedTally
from drift.store import spelling
from drift.store.bodies import CHUNK
from drift.store.database import Database
from drift.store.tables import findings, pages, readings, statements

_STANDING = tuple(state.value for state in State if state.stands)
_GONE = pages.c.gone_since.is_not(None)
_WORST_FIRST = (Outcome.DIVERGES, Outcome.SUSPECT, Outcome.UNCLEAR, Outcome.AGREES)


class Listing:
    """Rows and counts. A page is blind from `blind_after` failures in a row on, and from the first if it was never
    read. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def findings(self, states: Collection[State] = ()) -> tuple[FindingRow, ...]:
        """All findings, or those of some states, in no order."""
        of = findings.outerjoin(pages, pages.c.article == findings.c.article)
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
            readings.c.title,
        ).select_from(of.outerjoin(readings, readings.c.page_id == pages.c.id))
        if states:
            wanted = wanted.where(findings.c.state.in_(sorted(states)))
        with self._database.reading() as connection:
            return tuple(
                FindingRow._make((*row[:4], State(row[4]), Severity(row[5]), *row[6:]))
                for row in connection.execute(wanted)
            )

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
        kinds = _kinds(blind_after)
        counted = [_count(kinds[kind]) for kind in (PageKind.READ, PageKind.BLIND, PageKind.GONE, PageKind.DUPLICATE)]
        wanted = select(pages.c.source, *counted, func.max(pages.c.tried_at, type_=pages.c.tried_at.type))
        with self._database.reading() as connection:
            rows = connection.execute(wanted.group_by(pages.c.source).order_by(pages.c.source))
            return tuple(SourceTally._make(row) for row in rows)

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
        """Pages of a kind, or all; those with the most findings that stand first, then by address.

        `words` stand together in the title or the address, in upper or lower case.
        """
        live = _on_pages()
        of = pages.outerjoin(readings, readings.c.page_id == pages.c.id)
        joined = of.join(live, live.c.article == pages.c.article, isouter=kind is not PageKind.MEND)
        standing, suspected = func.coalesce(live.c.standing, 0), func.coalesce(live.c.suspected, 0)
        wanted = select(pages, readings.c.title.label("title"), standing, suspected).select_from(joined)
        wanted = wanted.where(*_narrowed(source, words))
        if kind is PageKind.MEND:
            wanted = wanted.where(live.c.standing > 0)
        elif kind is not None:
            wanted = wanted.where(_kinds(blind_after)[kind])
        order = [standing.desc(), suspected.desc()] if kind in (None, PageKind.MEND) else []
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(*order, pages.c.article).offset(start).limit(most)).all()
        return tuple(PageRow(row.id, spelling.page_state(row), row.title, row[-2], row[-1]) for row in rows)

    def counts(self, blind_after: int, *, source: str = "", words: str = "") -> dict[PageKind | None, int]:
        """How many pages there are of each kind; None is all of them."""
        kinds = _kinds(blind_after)
        others = [kind for kind in PageKind if kind is not PageKind.MEND]
        of: Any = pages
        if words:
            of = pages.outerjoin(readings, readings.c.page_id == pages.c.id)
        narrowed = _narrowed(source, words)
        wanted = select(func.count(), *(_count(kinds[kind]) for kind in others)).select_from(of).where(*narrowed)
        standing = select(findings.c.article).where(findings.c.state.in_(_STANDING))
        mend = select(func.count()).select_from(of).where(pages.c.article.in_(standing), *narrowed)
        with self._database.reading() as connection:
            row = connection.execute(wanted).one()
            count = connection.execute(mend).scalar_one()
        return {PageKind.MEND: count, **dict(zip(others, row[1:], strict=True)), None: row[0]}

    def stated(self, blind_after: int, policy: str | None = None, term: str | None = None) -> tuple[StatedTally, ...]:
        """Every term that pages state (or one), with its outcomes; pages that are gone are left out."""
        by = (statements.c.policy, statements.c.term, statements.c.outcome)
        on = func.count(statements.c.page_id.distinct())
        these = [] if policy is None else [statements.c.policy == policy, statements.c.term == term]
        unread = or_(_GONE, _blind(blind_after))
        # What cannot be read is little: it is counted apart, so that the rest is counted within the index.
        apart = (
            select(*by, on, _distinct(and_(~_GONE, _blind(blind_after))))
            .select_from(statements.join(pages))
            .where(unread, *these)
        )
        with self._database.reading() as connection:
            rows = connection.execute(select(*by, on).where(*these).group_by(*by)).all()
            less = {tuple(row[:3]): (row[3], row[4]) for row in connection.execute(apart.group_by(*by))}
        found = []
        for *key, count in rows:
            away, blind = less.get(tuple(key), (0, 0))
            found.append(StatedTally(key[0], key[1], Outcome(key[2]), count - away + blind, blind))
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


def _kinds(blind_after: int) -> dict[PageKind, ColumnElement[bool]]:
    """Each page is of one of these kinds; which ones are to be mended is another question."""
    blind = _blind(blind_after)
    duplicate = and_(pages.c.text_hash != "", pages.c.first_read.is_(None), pages.c.blind.is_(None))
    return {
        PageKind.GONE: _GONE,
        PageKind.BLIND: and_(~_GONE, blind),
        PageKind.DUPLICATE: and_(~_GONE, duplicate),
        PageKind.READ: and_(~_GONE, ~blind, ~duplicate),
    }


def _on_pages() -> Any:
    """How many findings stand and ask on each page that has any."""
    asks = findings.c.state == State.SUSPECTED.value
    stands = findings.c.state.in_(_STANDING)
    wanted = select(findings.c.article, _count(stands).label("standing"), _count(asks).label("suspected"))
    return wanted.where(or_(stands, asks)).group_by(findings.c.article).subquery()


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


def _distinct(holds: ColumnElement[bool]) -> ColumnElement[int]:
    """On how many pages something holds."""
    return func.count(case((holds, statements.c.page_id)).distinct())
