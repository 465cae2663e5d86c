"""`reviewed.yaml`: what people answered once about sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from drift.files.addresses import check_addresses
from drift.files.spelling import nearest, one_of
from drift.files.yamlfile import Document, Steps
from drift.model import Answer
from drift.policies.entries import read_entry
from drift.policies.schema import AnswerEntry, ReviewedFile

Key = tuple[str, str, int]  # article, sentence, ordinal: what an answer is about


def read_reviewed(document: Document, terms: Iterable[str] | None) -> tuple[Answer, ...]:
    """The answers of a file in the order of article, sentence and ordinal; faults are told.

    `terms` are the full names there are, or None if they are not known because policies cannot be read; a short
    name is accepted where one term alone has it.
    """
    names = None if terms is None else _names(terms)
    answers: dict[Key, Answer] = {}
    for path, answer, sound in entries_of(document):
        term = None
        if names is not None and answer.term is not None and sound:
            term = _full_name(answer.term, names, document, path)
        read = replace(answer, term=term)
        if answers.setdefault(key_of(read), read) is not read:
            message = f"value {read.nth} of this sentence is answered twice for this article"
            document.tell(path, message, "one answer, or 'nth' for another value of the sentence")
    return tuple(answers[key] for key in sorted(answers))


def entries_of(document: Document) -> Iterator[tuple[Steps, Answer, bool]]:
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


def key_of(answer: Answer) -> Key:
    """What an answer is about."""
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
