"""Keeping to ourselves what was written in clear and should not have been.

A secret that stands in drift.yaml is a problem, and problems are printed, with their lines, into logs of pipelines
that many can read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, get_origin

from drift import annotators, notifiers
from drift.files.config import Config, keys_of, takes_secret
from drift.files.secret import is_variable
from drift.files.yamlfile import Document, Steps
from drift.model.errors import Problem
from drift.sources import watched

_WHERE = frozenset(("env", "file"))  # the keys that say where a secret is
_LOGIN = re.compile(
    r"(?:https?:/{0,2}|://)(?P<login>[^/\s]*)@|[?&](?:password|passwd|token|key|secret)=(?P<value>[^&#\s]*)",
    re.IGNORECASE,
)
_SHORTEST = 3  # characters of a login or password that is looked for within other words
_HIDDEN = "text that may be a secret"
_QUOTING = re.compile(
    r"(the tag )?'.*'( is not read| names nothing| stands inside what it repeats| is given twice)", re.S
)
_SHORT_KEY = re.compile(r"[a-z]{1,8}")  # env, file, and what they are misspelled as
_PLAIN_KEY = re.compile(r"'[A-Za-z][A-Za-z_-]{0,40}' is given twice")


def unparsed(problems: list[Problem]) -> list[Problem]:
    """The problems of a file that is not even YAML. Which of its lines hold secrets nobody can tell, so none is shown.

    Neither is what was read as a tag or an alias, since a password may begin like one, nor a key that is no plain word.
    """
    told = [replace(_without_text(problem), private=True) for problem in problems]
    return sorted(told, key=_position)


def _without_text(problem: Problem) -> Problem:
    found = _QUOTING.fullmatch(problem.message)
    if found is None or _PLAIN_KEY.fullmatch(problem.message):
        return problem
    return replace(problem, message=f"{found[1] or ''}{_HIDDEN}{found[2]}", expected=None)


def kept(document: Document) -> list[Problem]:
    """The problems of a document in order of place, with no text that may be a secret, nor a line that holds one."""
    texts: set[str] = set()
    lines: set[int] = set()
    for path, text in _secrets(document):
        if text:
            texts.add(text)
        line = document.place(path).line
        if line is not None:
            lines.update(range(line, line + text.count("\n") + 1))
    ordered = sorted(document.problems, key=_position)
    return [_discreet(problem, texts, private=problem.private or problem.place.line in lines) for problem in ordered]


def _position(problem: Problem) -> tuple[int, int]:
    return problem.place.line or 0, problem.place.column or 0


def _discreet(problem: Problem, texts: set[str], *, private: bool) -> Problem:
    message, expected, hint = problem.message, problem.expected, problem.hint
    for text in texts:
        for shown in (text, f"{text[:57]}..."):
            message = message.replace(f"'{shown}'", _HIDDEN)
        for piece in (found["login"] or found["value"] or "" for found in _LOGIN.finditer(text)):
            if len(piece) >= _SHORTEST:
                message = message.replace(piece, "***")
                expected = expected and expected.replace(piece, "***")
        if hint and text in hint:
            hint = None
    return replace(problem, message=message, expected=expected, hint=hint, private=private)


def _secrets(document: Document) -> Iterator[tuple[Steps, str]]:
    """Every text that stands where a secret would, with its path; '' where nothing was read, as of '&hunter2'."""
    for path in document.values:
        text = _at(document, path)
        if isinstance(text, str) and text and (_stands_for_a_secret(path) or _LOGIN.search(text)):
            yield path, text
        elif text is None and _stands_for_a_secret(path):
            yield path, ""
        elif isinstance(text, str) and path[-1:] == ("env",) and not is_variable(text):
            yield path, text  # the secret in place of the name of its variable
    for path in document.keys:
        key = str(path[-1])
        if _LOGIN.search(key) or (_holds_a_secret(path[:-1]) and not _SHORT_KEY.fullmatch(key)):
            yield path, key  # the secret in place of the mapping that says where it is


class _Keys(NamedTuple):
    """The keys of some parts: those that take secrets, those of them that take several by name, and all others."""

    secret: frozenset[str]
    named: frozenset[str]
    open: frozenset[str]


@lru_cache(maxsize=8)
def _keys(parts: tuple[type[Config], ...]) -> _Keys:
    fields = [(key, info.annotation) for part in parts for key, info in keys_of(part).items()]
    secret = frozenset(key for key, taken in fields if takes_secret(taken))
    named = frozenset(key for key, taken in fields if takes_secret(taken) and get_origin(taken) is dict)
    return _Keys(secret, named, frozenset(key for key, _ in fields) - secret)


def _stands_for_a_secret(path: Steps) -> bool:
    if path[:1] == ("store",):
        return path[1:2] != ("url",) and path[-1] not in _WHERE
    words = frozenset(map(str, path))
    if path[:2] == ("alerts", "notifiers"):
        return not (_keys(notifiers.NOTIFIERS).open | _WHERE) & frozenset(map(str, path[3:]))
    if path[-1:] and path[-1] not in _WHERE and _keys(notifiers.NOTIFIERS).secret & words:
        return True  # wherever a slip of indentation has put it
    if path[:1] == ("annotator",):
        return len(path) > 1 and path[1] not in _keys(annotators.ANNOTATORS).open and path[-1] not in _WHERE
    return (
        path[:1] == ("sources",)
        and path[2:3] != ()
        and path[2] in _keys(watched.SOURCES).secret
        and (path[-1] not in _WHERE)
    )


def _holds_a_secret(path: Steps) -> bool:
    """Whether what stands at a path says where a secret is: its keys are `env` and `file`."""
    if path[:2] == ("alerts", "notifiers"):
        return len(path) > 3 and _stands_for_a_secret(path)
    depths = {
        "store": 2,
        "sources": 4 if _keys(watched.SOURCES).named & frozenset(map(str, path)) else 3,
        "annotator": 3 if _keys(annotators.ANNOTATORS).named & frozenset(map(str, path)) else 2,
    }
    depth = depths.get(str(path[0])) if path else None
    return depth is not None and len(path) >= depth and _stands_for_a_secret(path)


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
