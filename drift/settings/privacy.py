"""Keeping to ourselves what was written in clear and should not have been.

A secret that stands in drift.yaml is a problem, and problems are printed, with their lines, into logs of pipelines
that many can read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from drift.errors import Problem
from drift.settings.naming import is_variable
from drift.yamlfile import Document, Steps

_OPEN_KEYS = frozenset(("env", "file", "from", "host", "kind", "port", "security", "to", "user"))  # of notifiers
_LOGIN = re.compile(r"://[^/\s]*@|[?&](password|passwd|token|key|secret)=", re.IGNORECASE)


def kept(document: Document) -> list[Problem]:
    """The problems of a document in order of place, with no text that may be a secret, nor a line that holds one."""
    texts: set[str] = set()
    lines: set[int] = set()
    for path, text in _secrets(document):
        texts.add(text)
        line = document.place(path).line
        if line is not None:
            lines.update(range(line, line + text.count("\n") + 1))
    ordered = sorted(document.problems, key=lambda problem: (problem.place.line or 0, problem.place.column or 0))
    return [_discreet(problem, texts, private=problem.place.line in lines) for problem in ordered]


def _discreet(problem: Problem, texts: set[str], *, private: bool) -> Problem:
    message, hint = problem.message, problem.hint
    for text in texts:
        for shown in (text, f"{text[:57]}..."):
            message = message.replace(f"'{shown}'", "text that may be a secret")
        if hint and text in hint:
            hint = None
    return replace(problem, message=message, hint=hint, private=private)


def _secrets(document: Document) -> Iterator[tuple[Steps, str]]:
    """Every text that stands where a secret would, with its path."""
    for path in document.values:
        text = _at(document, path)
        if isinstance(text, str) and text and (_stands_for_a_secret(path) or _LOGIN.search(text)):
            yield path, text
        elif isinstance(text, str) and path[-1:] == ("env",) and not is_variable(text):
            yield path, text  # the secret in place of the name of its variable


def _stands_for_a_secret(path: Steps) -> bool:
    if path[:1] == ("store",):
        return path[1:2] != ("url",) and path[-1] not in ("env", "file")
    if path[:2] == ("alerts", "notifiers"):
        return not _OPEN_KEYS.intersection(map(str, path[3:]))
    return path[:1] == ("sources",) and "headers" in path[2:3] and path[-1] not in ("env", "file")


def _at(document: Document, path: Steps) -> object:
    found: object = document.data
    for step in path:
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found
