"""`reviewed.yaml`: what people answered once about sentences."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from drift.files.addresses import check_addresses
from drift.files.spelling import nearest, one_of
from drift.files.text import UNPRINTABLE, decode
from drift.files.yamlfile import Document, Steps, parse
from drift.model import Answer
from drift.model.errors import InputError, Place, Problem
from drift.policies.entries import read_entry
from drift.policies.rewriting import Key, entry, rewritten, written
from drift.policies.schema import AnswerEntry, ReviewedFile

_HEAD = "# What was answered once about a sentence. 'term: null' says that it states none of the terms.\n"


def read_reviewed(document: Document, terms: Iterable[str] | None) -> tuple[Answer, ...]:
    """The answers of a file in the order of article, sentence and ordinal; faults are told.

    `terms` are the full names there are, or None if they are not known because policies cannot be read; a short
    name is accepted where one term alone has it.
    """
    names = None if terms is None else _names(terms)
    answers: dict[Key, Answer] = {}
    for path, answer, sound in _entries(document):
        term = None
        if names is not None and answer.term is not None and sound:
            term = _full_name(answer.term, names, document, path)
        read = replace(answer, term=term)
        if answers.setdefault(_key(read), read) is not read:
            message = f"value {read.nth} of this sentence is answered twice for this article"
            document.tell(path, message, "one answer, or 'nth' for another value of the sentence")
    return tuple(answers[key] for key in sorted(answers))


def _entries(document: Document) -> Iterator[tuple[Steps, Answer, bool]]:
    """Where each answer stands, the answer with its term as written, and whether that is sound; faults are told."""
    whole = read_entry(ReviewedFile, document, (), document.data, apart=frozenset(("reviewed",)))
    if whole is None or "reviewed" in whole.faulty:
        return
    for index, data in enumerate(whole.entry.reviewed):
        path: Steps = ("reviewed", index)
        read = read_entry(AnswerEntry, document, path, data, apart=frozenset(("term",)))
        if read is not None:
            one = read.entry
            check_addresses([one.article], document, (*path, "article"))
            answer = Answer(one.article, one.sentence, one.term, one.nth, one.by, one.on)
            yield path, answer, "term" not in read.faulty


def change_reviewed(path: Path, changed: Mapping[Key, Answer | None]) -> None:
    """Put answers into the file as it is now, replace them, or (None) take them out; all else in it stays.

    Written in one step: readers see the old file or the new one, never a part. Raises OSError where that cannot be,
    and InputError with the places of what is wrong in the file, which is left as it is then.
    """
    _refuse_unwritable(changed.values())
    if not path.exists():
        write_reviewed(path, [answer for answer in changed.values() if answer is not None])
        return
    text = decode(path.read_bytes(), str(path))
    held = _held(path, text)
    wanted = {key: answer for key, answer in {**held, **changed}.items() if answer is not None}
    edited = rewritten(text, changed) if held else None
    if edited is not None and _held(path, edited) == wanted:
        _replace(path, edited)
    else:
        write_reviewed(path, wanted.values())


def write_reviewed(path: Path, answers: Iterable[Answer]) -> None:
    """Write a file of these answers alone, in one step, as `change_reviewed` does. Raises OSError.

    Sorted by article, sentence and ordinal, so that a new answer is a small difference; of two answers about the same
    value the later given one stays. Comments that have a line of their own in an existing file stay, at the top.
    """
    kept = {_key(answer): answer for answer in answers}
    _replace(path, _head(path) + written({"reviewed": [entry(kept[key]) for key in sorted(kept)]}))


def _refuse_unwritable(answers: Iterable[Answer | None]) -> None:
    """Raise InputError for answers about articles whose names no file of text can hold."""
    articles = sorted({answer.article for answer in answers if answer is not None})
    problems = [
        Problem(
            Place(article), "no answer about it can be kept: its name is no text in UTF-8", "a name of printable text"
        )
        for article in articles
        if UNPRINTABLE.search(article)
    ]
    if problems:
        raise InputError(problems)


def _held(path: Path, text: str) -> dict[Key, Answer]:
    """The answers of a file, their terms as they are written. Raises InputError with what is wrong in it."""
    document = parse(text.encode("utf-8"), str(path))
    answers = {_key(answer): answer for _, answer, _ in _entries(document)}
    if document.problems:
        raise InputError(document.problems)
    return answers


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _head(path: Path) -> str:
    if not path.exists():
        return _HEAD
    head = []
    inside = False
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        inside = inside or bool(line.strip() and not line.startswith("#"))
        if line.strip().startswith("#") or not (inside or line.strip()):
            head.append(f"{line.strip()}\n")
    return "".join(head)


def _key(answer: Answer) -> Key:
    return answer.article, answer.sentence, answer.nth


def _names(terms: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Every spelling of a name -> the full names it may mean."""
    names: dict[str, list[str]] = {}
    for full in sorted(terms):
        names[full] = [full]
        names.setdefault(full.split("/", 1)[1], []).append(full)
    return names


def _full_name(name: str, names: Mapping[str, Sequence[str]], document: Document, path: Steps) -> str | None:
    meant = names.get(name, ())
    if len(meant) == 1:
        return meant[0]
    if meant:
        document.tell((*path, "term"), f"'{name}' names {len(meant)} terms", one_of(meant))
    else:
        near = nearest(name, names) if document.hinted else None
        document.tell((*path, "term"), f"no term is named '{name}'", "a term of the registry, or null", near)
    return None
