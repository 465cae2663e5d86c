"""`reviewed.yaml`: what people answered once about sentences."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from drift.model import Answer
from drift.registry.addresses import check_addresses
from drift.registry.entries import read_entry
from drift.registry.names import nearest
from drift.registry.schema import AnswerEntry, ReviewedFile
from drift.yamlfile import Document, Steps

FILE = "reviewed.yaml"
_HEAD = "# What was answered once about a sentence. 'term: null' says that it states none of the terms.\n"

_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
_BOOLEAN = "tag:yaml.org,2002:bool"

Key = tuple[str, str, int]


class _Dumper(yaml.SafeDumper):
    """Writes YAML 1.2, where 'on' and 'no' are words that need no quotes."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (PyYAML's own way to have resolvers)
        sign: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN]
        for sign, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  (PyYAML asks for each thing)
        """Every entry is whole: a day that many share is written out in each."""
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    """Text with breaks in double quotes, where they are escaped: every reader then sees the same ones."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _BREAK.search(text) else None)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_implicit_resolver(_BOOLEAN, re.compile("(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def read_reviewed(document: Document, terms: Iterable[str] | None) -> tuple[Answer, ...]:
    """The answers of a file in the order of article, sentence and ordinal; faults are told.

    `terms` are the full names there are, or None where they are not known because policies cannot be read; a short
    name is accepted where one term alone has it.
    """
    whole = read_entry(ReviewedFile, document, (), document.data, apart=frozenset(("reviewed",)))
    if whole is None or "reviewed" in whole.faulty:
        return ()
    names = None if terms is None else _names(terms)
    answers: dict[Key, Answer] = {}
    for index, data in enumerate(whole.entry.reviewed):
        path: Steps = ("reviewed", index)
        read = read_entry(AnswerEntry, document, path, data, apart=frozenset(("term",)))
        if read is None:
            continue
        entry = read.entry
        check_addresses([entry.article], document, (*path, "article"))
        term = None
        if names is not None and entry.term is not None and "term" not in read.faulty:
            term = _full_name(entry.term, names, document, path)
        answer = Answer(entry.article, entry.sentence, term, entry.nth, entry.by, entry.on)
        if answers.setdefault(_key(answer), answer) is not answer:
            message = f"value {entry.nth} of this sentence is answered twice for this article"
            document.tell(path, message, "one answer, or 'nth' for another value of the sentence")
    return tuple(answers[key] for key in sorted(answers))


def write_reviewed(path: Path, answers: Iterable[Answer]) -> None:
    """Write answers to a file in one step: readers see the old file or the new one, never a part.

    Sorted by article, sentence and ordinal, so that a new answer is a small difference; of two answers about the same
    value the later given one stays. Comments at the top of an existing file stay. Raises OSError.
    """
    kept = {_key(answer): answer for answer in answers}
    entries = [_written(kept[key]) for key in sorted(kept)]
    text = _head(path) + yaml.dump(
        {"reviewed": entries}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000
    )
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _head(path: Path) -> str:
    if not path.exists():
        return _HEAD
    head = []
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.strip() and not line.startswith("#"):
            break
        head.append(f"{line}\n")
    return "".join(head)


def _written(answer: Answer) -> dict[str, Any]:
    entry: dict[str, Any] = {"article": answer.article, "sentence": answer.sentence}
    if answer.nth != 1:
        entry["nth"] = answer.nth
    entry["term"] = answer.term
    if answer.by is not None:
        entry["by"] = answer.by
    if answer.on is not None:
        entry["on"] = answer.on
    return entry


def _key(answer: Answer) -> Key:
    return answer.article, answer.sentence, answer.nth


def _names(terms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Every spelling of a name -> the full names it may mean."""
    names: dict[str, tuple[str, ...]] = {}
    for full in sorted(terms):
        short = full.split("/", 1)[1]
        names[full] = (full,)
        names[short] = (*names.get(short, ()), full)
    return names


def _full_name(name: str, names: Mapping[str, tuple[str, ...]], document: Document, path: Steps) -> str | None:
    meant = names.get(name, ())
    if len(meant) == 1:
        return meant[0]
    if meant:
        document.tell((*path, "term"), f"'{name}' names {len(meant)} terms", f"one of {', '.join(meant)}")
    else:
        document.tell(
            (*path, "term"), f"no term is named '{name}'", "a term of the registry, or null", nearest(name, names)
        )
    return None
