"""What annotators answered, by question: asked once, and paid for once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from drift.model.annotation import Annotation, Unanswered
from drift.store.bodies import CHUNK
from drift.store.database import Database
from drift.store.tables import answers
from drift.store.upserts import upsert

_KEY = ("question", "model", "prompt")


class Annotations:
    """The annotations of a store. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, questions: Sequence[str], model: str, prompt: str) -> dict[str, Annotation]:
        """What was answered to some questions, by their keys, by a model to a version of the words."""
        found: dict[str, Annotation] = {}
        with self._database.reading() as connection:
            for start in range(0, len(questions), CHUNK):
                chosen = answers.c.question.in_(questions[start : start + CHUNK])
                rows = connection.execute(select(answers).where(chosen, _of(model, prompt), _USEFUL))
                found |= {
                    row.question: Annotation(
                        row.question, row.term, row.probability, row.why, row.model, row.prompt, row.at, row.tokens
                    )
                    for row in rows
                }
        return found

    def useless(self, questions: Sequence[str], model: str, prompt: str, since: datetime) -> frozenset[str]:
        """Those of some questions that got an answer of no use since a time."""
        return frozenset(self._useless(questions, model, prompt, since))

    def _useless(self, questions: Sequence[str], model: str, prompt: str, since: datetime) -> Iterator[str]:
        with self._database.reading() as connection:
            for start in range(0, len(questions), CHUNK):
                chosen = answers.c.question.in_(questions[start : start + CHUNK])
                wanted = select(answers.c.question).where(chosen, _of(model, prompt), ~_USEFUL)
                yield from connection.execute(wanted.where(answers.c.at >= since)).scalars()

    def keep(self, answer: Annotation | Unanswered, model: str, prompt: str, at: datetime) -> None:
        """Write what came of a question; an answer of no use takes the place of none that was."""
        useful = isinstance(answer, Annotation)
        row = {
            "question": answer.key,
            "model": model,
            "prompt": prompt,
            "term": answer.term if isinstance(answer, Annotation) else None,
            "probability": answer.probability if isinstance(answer, Annotation) else None,
            "why": answer.why,
            "tokens": answer.tokens,
            "at": at,
        }
        if useful or not self.known([answer.key], model, prompt):
            with self._database.writing() as connection:
                upsert(connection, answers, [row], key=_KEY)

    def spent(self, since: datetime) -> tuple[int, int]:
        """How many questions were answered since a time, usefully or not, and how many tokens they took."""
        counted = select(func.count(), func.coalesce(func.sum(answers.c.tokens), 0))
        with self._database.reading() as connection:
            questions, tokens = connection.execute(counted.where(answers.c.at >= since)).one()
        return questions, tokens


_USEFUL = answers.c.probability.is_not(None)


def _of(model: str, prompt: str) -> ColumnElement[bool]:
    return and_(answers.c.model == model, answers.c.prompt == prompt)
