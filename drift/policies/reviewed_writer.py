"""Answers written into `reviewed.yaml`, all else of which stays as people left it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from drift.files.text import UNPRINTABLE, decode
from drift.files.yamlfile import parse
from drift.model import Answer
from drift.model.errors import InputError, Place, Problem
from drift.policies.reviewed import Key, entries_of, key_of
from drift.policies.rewriting import entry, rewritten, written

_HEAD = "# What was answered once about a sentence. 'term: null' says that it states none of the terms.\n"


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
    kept = {key_of(answer): answer for answer in answers}
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
    answers = {key_of(answer): answer for _, answer, _ in entries_of(document)}
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
