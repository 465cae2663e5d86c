"""A folder of policy files into a Registry, with everything wrong in it told at once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drift.engine import kinds
from drift.files.yamlfile import read
from drift.model import Answer, Dimension, Language, Policy, Registry
from drift.model.errors import InputError, Place, Problem
from drift.model.language import DEFAULT_LANGUAGE
from drift.policies import scopes
from drift.policies.folder import files_of
from drift.policies.policy import read_policy
from drift.policies.reviewed import read_reviewed
from drift.policies.terms import TermContext

REVIEWED = "reviewed.yaml"
_DOLLARS = re.compile(r"\b(USD|CAD|AUD|NZD|SGD|HKD|TWD)\b")


@dataclass(slots=True)
class LoadedPolicies:
    """What a folder gave: the registry of the files as far as they can be read, and every problem."""

    problems: list[Problem] = field(default_factory=list)
    registry: Registry = field(default_factory=lambda: Registry(()))

    @property
    def sound(self) -> bool:
        """Whether the registry is what the files say."""
        return all(problem.warning for problem in self.problems)


def load(folder: Path, *, language: Callable[[str], Language] | None = None) -> Registry:
    """The registry in a folder, the same whatever the order of its files.

    `language` gives the one `says` and `topics` are written in, which the scopes file names by its tag: by their words
    '16 years' is told to be an age. It raises LookupError for one that nobody can read.

    Raises InputError with every problem of the folder, in order of place; warnings do not count.
    """
    reading = read_folder(folder, language=language)
    if not reading.sound:
        raise InputError(in_order(problem for problem in reading.problems if not problem.warning))
    return reading.registry


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line and column."""
    return tuple(sorted(problems, key=lambda problem: (*_position(problem.place), problem.message)))


def _position(place: Place) -> tuple[str, int, int]:
    return place.file, place.line or 0, place.column or 0


def read_folder(folder: Path, *, language: Callable[[str], Language] | None = None) -> LoadedPolicies:
    """Read all files of a folder and its subfolders. Raises nothing: what they hold, and what refuses us, is told."""
    if not os.path.isdir(folder):  # unlike Path.is_dir it raises nothing on any Python
        message = "not a folder" if os.path.lexists(folder) else "no such folder"
        return LoadedPolicies([Problem(Place(str(folder)), message, "the folder of the policy files")])
    files, unread = files_of(folder)
    documents = {path: read(path) for path in files}
    scopes_document = documents.pop(folder / scopes.FILE, None)
    reviewed_document = documents.pop(folder / REVIEWED, None)
    if not documents:
        none = Problem(Place(str(folder)), "no policy files", "at least one .yaml file with 'policy:'")
        return LoadedPolicies(list(unread) or [none])
    sound = scopes_document if scopes_document and not scopes_document.problems else None
    dimensions, code = scopes.read_scopes(sound) if sound else (None, None)
    spoken = scopes.spoken(code, sound, language) if language else None
    context = TermContext(
        dollars=_dollars(document.data for document in documents.values()),
        language=spoken,
        scopes={dimension.name: dimension.values for dimension in dimensions} if dimensions is not None else None,
    )
    policies: dict[str, Policy] = {}
    for document in documents.values():
        if not document.problems or document.data is not None:
            read_policy(document, policies, context)
    answers: tuple[Answer, ...] = ()
    if reviewed_document and not reviewed_document.problems:
        known = [term.full_name for policy in policies.values() for term in policy.terms]
        told = bool(unread) or any(document.problems for document in documents.values())
        answers = read_reviewed(reviewed_document, None if told else known)
    extra = [document for document in (scopes_document, reviewed_document) if document]
    registry = _registry(policies, dimensions, answers, context)
    told_in = [problem for document in (*documents.values(), *extra) for problem in document.problems]
    return LoadedPolicies([*unread, *told_in], registry)


def _dollars(files: Iterable[Any]) -> str:
    """The one dollar currency that the values of a registry name, else USD."""
    values = [value for data in files if isinstance(data, dict) for value in _values(data)]
    named = {code for value in values for code in _DOLLARS.findall(value)}
    return named.pop() if len(named) == 1 else "USD"


def _values(policy: dict[str, Any]) -> Iterator[str]:
    """Every text of a policy file that stands where a value does."""
    for key in ("terms", "exceptions"):
        entries = policy.get(key)
        for entry in entries if isinstance(entries, list) else ():
            value = entry.get("value") if isinstance(entry, dict) else None
            spans = value if isinstance(value, list) else [{"is": value}]
            yield from (str(span.get("is")) for span in spans if isinstance(span, dict))


def _registry(
    policies: Mapping[str, Policy],
    dimensions: tuple[Dimension, ...] | None,
    answers: tuple[Answer, ...],
    context: TermContext,
) -> Registry:
    ordered = tuple(policies[name] for name in sorted(policies))
    if dimensions is None:
        dimensions = scopes.scopes_of(term for policy in ordered for term in policy.terms)
    terms = [term for policy in ordered for term in policy.terms]
    values = (value for term in terms for value in (*(period.value for period in term.timeline), *term.also))
    priced = sorted({value.unit for value in values if kinds.of(value).priced})
    code = context.language.code if context.language else DEFAULT_LANGUAGE
    return Registry(ordered, dimensions, answers, " ".join((context.dollars, *priced)), code)
