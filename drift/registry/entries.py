"""Plain data into entries of the schema, with every fault told in our words at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from drift.registry import schema
from drift.registry.names import kebab, nearest
from drift.yamlfile import Document, Steps

Entry = TypeVar("Entry", bound=BaseModel)

# What is used in place of a faulty part, so that the rest is checked in the same run; no registry comes of it.
_STAND_INS: dict[str, Any] = {
    "policy": "unnamed", "owner": {"team": "nobody"}, "terms": ["unread"], "term": "unnamed", "says": "nothing",
    "value": "none", "article": "**", "reason": "none", "by": "nobody", "until": "9999-12-31", "sentence": "nothing",
}  # fmt: skip

_EXAMPLES = {  # what to write for a key
    "policy": "policy: device-unlock", "owner": "owner: unlock-team@example.com",
    "slack": 'slack: "#unlock-team"', "terms": "terms: [{says: ..., value: ...}]", "term": "term: postpaid-wait",
    "says": "says: A phone can be unlocked after 60 days.", "value": "value: 60 days", "is": "is: 60 days",
    "from": "from: 2026-04-01", "until": "until: 2027-01-31", "last": "last: 2026-06-01", "every": "every: 180 days",
    "article": "article: https://help.example.com/**", "reason": "reason: grandfathered plan",
    "by": "by: ana@example.com",
    "scopes": "scopes: {plan: {postpaid: [postpaid, pay monthly]}}", "on": "on: 2026-11-21",
    "reviewed": "reviewed: [{article: ..., sentence: ..., term: ...}]", "sentence": "sentence: and its words",
}  # fmt: skip

_MAPPING = "a mapping ('key: value' lines)"
_FORMS = {  # what a key takes, where it is more than text or a mapping
    "owner": "an e-mail address, or a mapping with team, email or slack",
    "value": "a value, or a list of {is, from, until}",
    "scope": "a mapping like {plan: postpaid}", "review": "a mapping like {last: 2026-06-01, every: 180 days}",
}  # fmt: skip

_MODELS: dict[str, type[BaseModel]] = {
    "owner": schema.OwnerEntry, "review": schema.ReviewEntry, "value": schema.SpanEntry,
    "examples": schema.ExamplesEntry,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read(Generic[Entry]):
    """An entry and the keys in which it is not what the file says: they were faulty and are told."""

    entry: Entry
    faulty: frozenset[str] = frozenset()


def read_entry(
    model: type[Entry], document: Document, path: Steps, data: Any, *, apart: frozenset[str] = frozenset()
) -> Read[Entry] | None:
    """The entry at a path of a document; every fault goes to `document.problems`.

    Faulty keys are left out, or stood in for where the entry needs them, and named in the answer. None where
    nothing can be made of it. Keys `apart` are not searched for empty ones: they may be, or are read by themselves.
    """
    if not isinstance(data, dict):
        document.tell(path, f"{_called(path)} is {_form(data)}", _MAPPING)
        return None
    empty = [steps for steps in _empty(data) if steps[0] not in apart]
    for steps in empty:
        _tell_empty(document, (*path, *steps))
    given = {key: value for key, value in data.items() if (key,) not in empty}
    faulty = {str(steps[0]) for steps in empty}
    try:
        return Read(model.model_validate(given), frozenset(faulty))
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            steps = _steps(data, fault["loc"])
            if steps not in empty and fault["type"] != "none_required":  # the branch of a union that is only 'absent'
                _tell(model, document, path, steps, fault)
        faulty |= {str(fault["loc"][0]) for fault in error.errors(include_url=False)}
    sound = {key: value for key, value in given.items() if key not in faulty}
    stood_in = {key: _STAND_INS[key] for key in _required(model) - sound.keys() if key in _STAND_INS}
    try:
        return Read(model.model_validate(sound | stood_in), frozenset(faulty))
    except ValidationError:
        return None


def _required(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items() if info.is_required()}


def _empty(data: Any, steps: Steps = ()) -> list[Steps]:
    """The keys that hold nothing. (As deep as YAML may be nested, so recursion is safe.)"""
    if isinstance(data, list):
        return [found for index, item in enumerate(data) for found in _empty(item, (*steps, index)) if item is not None]
    if not isinstance(data, dict):
        return []
    return [
        found
        for key, value in data.items()
        for found in ([(*steps, key)] if value is None else _empty(value, (*steps, key)))
    ]


def _steps(data: Any, location: tuple[str | int, ...]) -> Steps:
    """Pydantic's location without its own words for the branches of a union."""
    steps: Steps = ()
    for step in location:
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data))
        if inside:
            steps, data = (*steps, step), data[step]
    return steps


def _tell_empty(document: Document, path: Steps) -> None:
    document.tell(
        path, f"{_called(path)} is empty", f"{_EXAMPLES.get(str(path[-1]), 'text')}; '#' starts a comment", key=True
    )


def _tell(model: type[BaseModel], document: Document, path: Steps, steps: Steps, fault: ErrorDetails) -> None:
    """One fault as pydantic knows it, in our words."""
    where, given, kind = (*path, *steps), fault["input"], fault["type"]
    context = fault.get("ctx", {})
    called = _called(where)
    if kind == "missing":
        key = str(fault["loc"][-1])
        document.tell(where, f"'{key}' is missing", _EXAMPLES.get(key))
    elif kind == "extra_forbidden":
        keys = _keys(model, steps[:-1])
        document.tell(where, f"unknown key '{steps[-1]}'", one_of(keys), nearest(str(steps[-1]), keys), key=True)
    elif kind in ("literal_error", "enum"):
        options = re.findall("'([^']+)'", str(context["expected"]))
        document.tell(where, f"{called} is {_form(given)}", one_of(options), nearest(str(given), options))
    elif kind == "value_error":
        document.tell(where, *context["error"].args)
    elif kind == "string_pattern_mismatch":
        _tell_pattern(document, where, str(given))
    elif kind == "string_type":
        expected = "text in quotes" if isinstance(given, bool) else _FORMS.get(str(where[-1]), "text")
        document.tell(where, f"{called} is {_form(given)}", expected)
    elif kind == "list_type":
        document.tell(where, f"{called} is {_form(given)}", "a list", f"[{given}]" if isinstance(given, str) else None)
    elif kind in ("too_short", "string_too_short"):
        document.tell(where, f"{called} is empty", "at least one entry" if kind == "too_short" else "text")
    else:  # model_type, dict_type
        document.tell(where, f"{called} is {_form(given)}", _FORMS.get(str(where[-1]), _MAPPING))


def _tell_pattern(document: Document, where: Steps, given: str) -> None:
    if where[-1] in ("policy", "term"):
        document.tell(
            where, f"'{given}' is not a name", "kebab-case: a-z, 0-9 and single hyphens", kebab(given) or None
        )
    else:
        document.tell(where, f"'{given}' is not an e-mail address", "one like unlock-team@example.com")


def _keys(model: type[BaseModel], steps: Steps) -> list[str]:
    """The keys that stand at these steps of an entry."""
    inner = next((_MODELS[step] for step in reversed(steps) if isinstance(step, str) and step in _MODELS), model)
    return [info.alias or name for name, info in inner.model_fields.items()]


def one_of(words: Sequence[str]) -> str:
    """A closed list in words."""
    return f"one of {', '.join(words)}" if len(words) > 1 else words[0]


def _called(path: Steps) -> str:
    """How a part is called in a message: its key, with its number in a list."""
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), None)
    if key is None:
        return "the file"
    return f"an item of '{key}'" if isinstance(path[-1], int) else f"'{key}'"


def _form(data: Any) -> str:
    """What a piece of data is, in words."""
    match data:
        case None:
            return "nothing"
        case bool():
            return str(data).lower()
        case dict():
            return "a mapping"
        case list():
            return "a list"
    return f"'{data}'" if len(str(data)) <= 60 else f"'{str(data)[:57]}...'"
