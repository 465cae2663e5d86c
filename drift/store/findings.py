"""Findings with their history, notes to owners, and silences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from drift.model.errors import StoreError, StoreFailure
from drift.model.finding import Finding, Note, Silence, State, Transition
from drift.store import spelling
from drift.store.bodies import CHUNK
from drift.store.database import Database
from drift.store.tables import findings, notes, pages, silences, transitions
from drift.store.upserts import upsert


class Findings:
    """The findings of a store. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, finding: str) -> Finding | None:
        """A finding by its id, None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(findings).where(findings.c.id == finding)).first()
        return spelling.finding(row) if row is not None else None

    def find(
        self,
        *,
        states: Collection[State] = (),
        policy: str | None = None,
        term: str | None = None,
        article: str | None = None,
        source: str | None = None,
    ) -> tuple[Finding, ...]:
        """The findings for which all that is given holds (any of the states), by article, policy and term.

        `term` is the short name, `article` the public address, `source` the name of the source of the article.
        """
        wanted = select(findings).order_by(findings.c.article, findings.c.policy, findings.c.term, findings.c.id)
        given = {findings.c.policy: policy, findings.c.term: term, findings.c.article: article}
        for column, value in given.items():
            if value is not None:
                wanted = wanted.where(column == value)
        if states:
            wanted = wanted.where(findings.c.state.in_(sorted(states)))
        if source is not None:
            wanted = wanted.join(pages, pages.c.article == findings.c.article).where(pages.c.source == source)
        with self._database.reading() as connection:
            return tuple(spelling.finding(row) for row in connection.execute(wanted))

    def on(self, articles: Sequence[str]) -> dict[str, tuple[Finding, ...]]:
        """The findings on some pages, by public address; pages without one are left out."""
        found: dict[str, list[Finding]] = {}
        with self._database.reading() as connection:
            for start in range(0, len(articles), CHUNK):
                wanted = select(findings).where(findings.c.article.in_(articles[start : start + CHUNK]))
                for row in connection.execute(wanted.order_by(findings.c.id)):
                    found.setdefault(row.article, []).append(spelling.finding(row))
        return {article: tuple(each) for article, each in found.items()}

    def history(self, finding: str) -> tuple[Transition, ...]:
        """What happened to a finding, in order."""
        wanted = select(transitions).where(transitions.c.finding == finding).order_by(transitions.c.id)
        with self._database.reading() as connection:
            return tuple(spelling.transition(row) for row in connection.execute(wanted))

    def write(self, changed: Sequence[Finding], made: Sequence[Transition]) -> None:
        """Write findings that no visit to a page changed: acknowledged by a person, or judged by other policies.

        Raises StoreError (CHANGED) as `Store.record` does.
        """
        with self._database.writing() as connection:
            write(connection, changed, made)

    def notes(self, since: datetime | None = None, article: str | None = None) -> tuple[Note, ...]:
        """The notes of a page, or of all, from a time on, in order."""
        wanted = select(notes).order_by(notes.c.id)
        if since is not None:
            wanted = wanted.where(notes.c.at >= since)
        if article is not None:
            wanted = wanted.where(notes.c.article == article)
        with self._database.reading() as connection:
            return tuple(spelling.note(row) for row in connection.execute(wanted))

    def silence(self, silence: Silence) -> None:
        """Write a silence, new or changed; what it hid so far stays counted."""
        with self._database.writing() as connection:
            values = spelling.silence_values(silence)
            upsert(connection, silences, [values], key=("id",), keep=("hidden",))

    def silences(self, at: datetime | None = None) -> tuple[Silence, ...]:
        """The silences that hold at a time, or all there ever were; the oldest first."""
        wanted = select(silences).order_by(silences.c.made_at, silences.c.id)
        if at is not None:
            wanted = wanted.where(silences.c.made_at <= at, silences.c.until > at)
        with self._database.reading() as connection:
            return tuple(spelling.silence(row) for row in connection.execute(wanted))

    def hid(self, silence: str, times: int = 1) -> None:
        """Count what a silence kept from being sent."""
        counted = update(silences).where(silences.c.id == silence).values(hidden=silences.c.hidden + times)
        with self._database.writing() as connection:
            connection.execute(counted)


def write(connection: Connection, changed: Sequence[Finding], made: Sequence[Transition]) -> None:
    """Write findings and their transitions within a transaction.

    A finding is written only if it still is in the state that its first transition comes from, or in its own where it
    has none: what a person said meanwhile is never lost. Raises StoreError (CHANGED) otherwise.
    """
    if not changed and not made:
        return
    expected: dict[str, State | None] = {each.id: each.state for each in changed}
    for transition in reversed(made):
        expected[transition.finding] = transition.before
    ids = sorted(expected)
    states: dict[str, str] = {}
    for start in range(0, len(ids), CHUNK):
        held = select(findings.c.id, findings.c.state).where(findings.c.id.in_(ids[start : start + CHUNK]))
        states.update((row.id, row.state) for row in connection.execute(held.with_for_update()))
    for finding, state in expected.items():
        if states.get(finding) != state:
            said = f"finding {finding} was '{state}' and is '{states.get(finding)}'; read it again"
            raise StoreError(StoreFailure.CHANGED, said)
    upsert(connection, findings, [spelling.finding_values(each) for each in changed], key=("id",))
    if made:
        connection.execute(insert(transitions), [spelling.transition_values(each) for each in made])
