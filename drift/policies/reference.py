"""docs/reference/policies.md: its words are in reference.md, its keys and units are those of the models and the kinds.

`python -m drift.policies.reference > docs/reference/policies.md` writes it anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from pydantic import BaseModel

from drift.engine.kinds import data_size, duration, measure, money
from drift.engine.kinds.currencies import CODES, SIGNS
from drift.files.fields import OwnerEntry, schema_of
from drift.files.reference import keys_of
from drift.policies.schema import (
    AnswerEntry,
    ExamplesEntry,
    ExceptionEntry,
    PolicyEntry,
    ReviewEntry,
    ScopesFile,
    SpanEntry,
    TermEntry,
)

_WORDS = Path(__file__).with_suffix(".md")
_PART = re.compile(r"\{\{(?P<what>\w+)(?: (?P<name>\w+))?\}\}")
_MODELS: tuple[type[BaseModel], ...] = (
    PolicyEntry,
    OwnerEntry,
    ReviewEntry,
    TermEntry,
    SpanEntry,
    ExamplesEntry,
    ExceptionEntry,
    ScopesFile,
    AnswerEntry,
)
_KEYS = {model.__name__: model for model in _MODELS}
_UNITS: dict[str, ModuleType] = {"duration": duration, "data_size": data_size, "measure": measure}


def reference() -> str:
    """The document. Raises KeyError where its words ask for a model or a kind that there is not."""
    return _PART.sub(lambda part: _made(part["what"], part["name"]), _WORDS.read_text(encoding="utf-8"))


def _made(what: str, name: str) -> str:
    if what == "keys":
        whole = schema_of(_KEYS[name], name)
        return keys_of(whole, whole.get("$defs", {}))
    if what == "units":
        return _listed(_singular(_UNITS[name].names()))
    return {"currencies": _listed(sorted(CODES)), "signs": _listed(_signs())}[what]


def _singular(names: Iterable[str]) -> list[str]:
    """Each unit once: a plural goes without saying."""
    all_of = dict.fromkeys(names)
    return [name for name in all_of if not (name.endswith("s") and name[:-1] in all_of)]


def _signs() -> list[str]:
    """The signs, letters alone left out, that mean one currency before an amount."""
    return [sign.upper() for sign in ("€", "£", *SIGNS) if not sign.isalpha() and money.parse(f"{sign}5", "USD")]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


if __name__ == "__main__":
    sys.stdout.write(reference())
