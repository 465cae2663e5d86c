"""The answers to the questions of a review: what is meant by one, a script's file of them, and where they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from drift.model import Answer, Term
from drift.model.errors import InputError, Place, Problem
from drift.model.review import Question, ReviewReport
from drift.policies.load import REVIEWED
from drift.policies.names import resolve
from drift.policies.reviewed_writer import change_reviewed

Answered = list[tuple[Question, Term | None]]
Key = tuple[str, str, int]  # article, sentence, nth
_FORM = '{"answers": [{"id": "...", "term": "a name, or null"}]}'


def meant(question: Question, term: Term | None) -> Answered:
    """What an answer to a question says of each of its sentences.

    Said of several plain agreements, their own term holds for all of them; anything else for the shown one alone, and
    the others stay as they are.
    """
    if question.members and term == question.proposed:
        return [(one, term) for one in question.members]
    return [(question.all[0], term)]


def read_answers(path: Path, report: ReviewReport) -> tuple[Answered, tuple[Problem, ...]]:
    """The answers to questions of a report, open ones and those that have an answer, and warnings about all others.

    A sentence that is answered itself, and together with others, has its own answer. Raises InputError with everything
    wrong in the file: nothing of it is to be kept then.
    """
    questions = {one.id: one for question in (*report.answered, *report.questions) for one in question.all}
    questions |= {question.id: question for question in report.questions}
    said: dict[str, Term | None] = {}
    wrong: list[Problem] = []
    warnings: list[Problem] = []
    for number, entry in enumerate(_entries(path), start=1):
        try:
            known, term = _read(entry, report)
        except InputError as error:
            wrong.append(Problem(Place(str(path)), f"answer {number}: {error}"))
            continue
        if known not in questions:
            message = f"answer {number}: no question has the id '{known}'"
            warnings.append(
                Problem(Place(str(path)), message, "an id that --list gives for the same articles", warning=True)
            )
        elif said.setdefault(known, term) is not term:
            wrong.append(Problem(Place(str(path)), f"answer {number}: '{known}' is answered twice, and differently"))
    if wrong:
        raise InputError(wrong)
    together_first = sorted(said, key=lambda known: not questions[known].members)
    answered = {one.id: (one, term) for known in together_first for one, term in meant(questions[known], said[known])}
    return list(answered.values()), tuple(warnings)


def _entries(path: Path) -> list[Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is no text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(
            [Problem(Place(str(path), error.lineno, error.colno), f"no JSON: {error.msg}", _FORM)]
        ) from error
    except ValueError as error:  # what is JSON, but a number of more digits than Python makes of a text
        raise InputError([Problem(Place(str(path)), "holds a number of thousands of digits", _FORM)]) from error
    except RecursionError as error:
        raise InputError([Problem(Place(str(path)), "is nested too deeply", _FORM)]) from error
    entries = document.get("answers") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise InputError([Problem(Place(str(path)), "holds no list of answers", _FORM)])
    return entries


def _read(entry: Any, report: ReviewReport) -> tuple[str, Term | None]:
    """The id and the term of one answer. Raises InputError."""
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise InputError("has no id")
    if "term" not in entry:
        raise InputError("has no term; expected a name, or null where the sentence states none")
    name = entry["term"]
    if name is None:
        return entry["id"], None
    if not isinstance(name, str):
        raise InputError("its term is no name")
    return entry["id"], resolve(report.registry, name)


@dataclass(slots=True)
class AnswerFile:
    """The answers of a registry and the file that keeps them; each new one is written at once, and all else stays."""

    path: Path
    by: str | None
    on: date
    _before: Mapping[Key, Answer]

    @classmethod
    def of(cls, report: ReviewReport, policies: Path, by: str | None, on: date) -> AnswerFile:
        return cls(policies / REVIEWED, by, on, {_key(answer): answer for answer in report.registry.answers})

    def record(self, given: Iterable[tuple[Question, Term | None]]) -> int:
        """Keep answers: the term a sentence states, or None for none. How many took the place of an earlier one.

        One is written for each page that a sentence stands on. Raises InputError where they cannot be kept, or where
        the file has become wrong since it was read.
        """
        answers = [(question, list(self._answers(question, term))) for question, term in given]
        self._change({_key(answer): answer for _, made in answers for answer in made})
        return sum(any(_key(answer) in self._before for answer in made) for _, made in answers)

    def forget(self, given: Iterable[Question]) -> None:
        """Take answers back, to what was kept before them. Raises InputError as `record` does."""
        keys = [_key(answer) for question in given for answer in self._answers(question, None)]
        self._change({key: self._before.get(key) for key in keys})

    def _answers(self, question: Question, term: Term | None) -> Iterator[Answer]:
        """A sentence that has an answer of its own keeps the words in which it was given."""
        for spot in question.spots:
            article, sentence, nth = spot.page.public, spot.sentence, spot.nth
            if spot.answer is not None and spot.answer.article in (spot.page.public, spot.page.address):
                article, sentence, nth = _key(spot.answer)
            yield Answer(article, sentence, term.full_name if term else None, nth, self.by, self.on)

    def _change(self, changed: Mapping[Key, Answer | None]) -> None:
        try:
            change_reviewed(self.path, changed)
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written: {error.strerror}") from error


def _key(answer: Answer) -> Key:
    return answer.article, answer.sentence, answer.nth
