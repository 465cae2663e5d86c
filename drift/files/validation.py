"""Plain data into entries of a model, with every fault told in our words at its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from drift.files.fields import NAME
from drift.files.spelling import kebab, nearest, one_of
from drift.files.yamlfile import Document, Steps

E = TypeVar("E", bound=BaseModel)

_MAPPING = "a mapping ('key: value' lines)"
_EMAIL = "one like unlock-team@example.com"


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """What a room says of the keys of its files.

    `examples` is what to write for a key, `forms` what a key takes where that is more than text or a mapping.
    `stand_ins` is used in place of a faulty part, so that the rest is checked in the same run; nothing that is kept
    may come of it. `meant` has, of a key that takes one of a list, words for those of the list that no slip of the hand
    explains.
    """

    examples: Mapping[str, str]
    forms: Mapping[str, str] = field(default_factory=dict)
    stand_ins: Mapping[str, Any] = field(default_factory=dict)
    meant: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Read(NamedTuple, Generic[E]):
    """An entry and the keys in which it is not what the file says: they were faulty and are told."""

    entry: E
    faulty: frozenset[str] = frozenset()


def read_entry(
    model: type[E], document: Document, path: Steps, data: Any, words: KeyHelp, *, apart: frozenset[str] = frozenset()
) -> Read[E] | None:
    """The entry at a path of a document; every fault goes to `document.problems`.

    Faulty keys are left out, or stood in for where the entry needs them, and named in the answer. None where
    nothing can be made of it. Keys `apart` are not searched for empty ones: they may be, or are read by themselves.
    """
    if not isinstance(data, dict):
        if document.is_full():
            document.add_untold(path, 1)
            return None
        document.tell(
            path, f"{_called(path)} is {_form(data)}", words.forms.get(str(path[-1]) if path else "", _MAPPING)
        )
        return None
    if document.is_full():
        return _counted(model, document, path, data, apart)
    empty = dict.fromkeys(steps for steps in _empty(data) if steps[0] not in apart)
    for steps in empty:
        _tell_empty(document, (*path, *steps), words)
    given = {key: value for key, value in data.items() if (key,) not in empty}
    faulty = {str(steps[0]) for steps in empty}
    try:
        return Read(model.model_validate(given), frozenset(faulty))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        for number, fault in enumerate(faults):
            if document.is_full():
                document.add_untold(path, len(faults) - number)
                break
            steps = _steps(data, fault["loc"])
            if steps not in empty and fault["type"] != "none_required":  # the branch of a union that is only 'absent'
                _tell(model, document, path, steps, fault, words)
        faulty |= {str(fault["loc"][0]) for fault in faults}
    sound = {key: value for key, value in given.items() if key not in faulty}
    stood_in = {key: words.stand_ins[key] for key in _required(model) - sound.keys() if key in words.stand_ins}
    try:
        return Read(model.model_validate(sound | stood_in), frozenset(faulty))
    except ValidationError:
        return None


def _counted(
    model: type[E], document: Document, path: Steps, data: dict[str, Any], apart: frozenset[str]
) -> Read[E] | None:
    """As `read_entry` where what is wrong is counted alone, which costs a tenth of telling it."""
    empty = sum(1 for steps in _empty(data) if steps[0] not in apart)
    if missing := _required(model) - data.keys():  # refused whatever else it holds, and most crowds lack something
        document.add_untold(path, max(empty, len(missing)))
        return None
    try:
        entry = model.model_validate(data)
    except ValidationError as error:
        document.add_untold(path, max(empty, error.error_count()))
        return None
    document.add_untold(path, empty)
    return Read(entry, frozenset(str(steps[0]) for steps in _empty(data)))


@lru_cache(maxsize=64)
def _required(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(info.alias or name for name, info in model.model_fields.items() if info.is_required())


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


def _tell_empty(document: Document, path: Steps, words: KeyHelp) -> None:
    document.tell(
        path,
        f"{_called(path)} is empty",
        f"{words.examples.get(str(path[-1]), 'text')}; '#' starts a comment",
        key=True,
    )


def _tell(
    model: type[BaseModel], document: Document, path: Steps, steps: Steps, fault: ErrorDetails, words: KeyHelp
) -> None:
    """One fault as pydantic knows it, in our words."""
    where, given, kind = (*path, *steps), fault["input"], fault["type"]
    context = fault.get("ctx", {})
    called = _called(where)
    if kind == "missing":
        key = str(fault["loc"][-1])
        document.tell(where, f"'{key}' is missing", words.examples.get(key))
    elif kind == "extra_forbidden":
        keys = _keys(model, steps[:-1])
        document.tell(where, f"unknown key '{steps[-1]}'", one_of(keys), nearest(str(steps[-1]), keys), key=True)
    elif kind in ("literal_error", "enum"):
        options = re.findall("'([^']+)'", str(context["expected"]))
        if fault["loc"][-1] == "[key]":
            document.tell(where, f"unknown key '{given}'", one_of(options), nearest(str(given), options), key=True)
            return
        meant = words.meant.get(str(where[-1]), {}).get(str(given).lower().strip().rstrip("."))
        document.tell(where, f"{called} is {_form(given)}", one_of(options), meant or nearest(str(given), options))
    elif kind == "value_error":
        document.tell(where, *context["error"].args)
    elif kind == "string_pattern_mismatch":
        _tell_pattern(document, where, str(given), str(context["pattern"]))
    elif kind == "string_type":
        expected = "text in quotes" if isinstance(given, bool) else words.forms.get(str(where[-1]), "text")
        document.tell(where, f"{called} is {_form(given)}", expected)
    elif kind in ("list_type", "tuple_type"):
        document.tell(where, f"{called} is {_form(given)}", "a list", f"[{given}]" if isinstance(given, str) else None)
    elif kind in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        document.tell(where, f"{called} is {given}", bound)
    elif kind in ("too_short", "string_too_short"):
        document.tell(where, f"{called} is empty", "at least one entry" if kind == "too_short" else "text")
    else:  # model_type, dict_type
        document.tell(where, f"{called} is {_form(given)}", words.forms.get(str(where[-1]), _MAPPING))


def _tell_pattern(document: Document, where: Steps, given: str, pattern: str) -> None:
    if pattern == NAME:
        document.tell(
            where, f"'{given}' is not a name", "kebab-case: a-z, 0-9 and single hyphens", kebab(given) or None
        )
    else:
        document.tell(where, f"'{given}' is not an e-mail address", _EMAIL)


def _keys(model: type[BaseModel], steps: Steps) -> list[str]:
    """The keys that stand at these steps of an entry."""
    for step in steps:
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        if step in fields:
            model = _model_in(fields[str(step)].annotation) or model
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a part of an annotation names: of `A | None`, `list[A]` or `dict[str, A]` it is A."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


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
