"""A file of answers to the questions of a review, as a script writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from drift.errors import InputError, Place, Problem
from drift.model import Question, ReviewReport, Term
from drift.registry import resolve

Answered = list[tuple[Question, Term | None]]
_FORM = '{"answers": [{"id": "...", "term": "a name, or null"}]}'


def read_answers(path: Path, report: ReviewReport) -> tuple[Answered, tuple[Problem, ...]]:
    """The answers to questions of a report, open ones and those that have an answer, and warnings about all others.

    Raises InputError with everything wrong in the file: nothing of it is to be kept then.
    """
    questions = {question.id: question for question in (*report.answered, *report.questions)}
    answered: dict[str, tuple[Question, Term | None]] = {}
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
        elif answered.setdefault(known, (questions[known], term))[1] is not term:
            wrong.append(Problem(Place(str(path)), f"answer {number}: '{known}' is answered twice, and differently"))
    if wrong:
        raise InputError(wrong)
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
