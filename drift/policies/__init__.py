"""The registry: what the owners keep true, read from a folder of YAML files.

`load` gives the registry or every problem of the folder; `lint` gives both, with warnings; `resolve` finds a term
by its name; `schema` is for editors; `change_reviewed` keeps what was answered.

What writes answers is imported when it is first asked for: a check only reads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from drift.policies.lint import lint
from drift.policies.load import load
from drift.policies.names import resolve
from drift.policies.schema import schema

if TYPE_CHECKING:
    from drift.policies.reviewed import change_reviewed, write_reviewed

__all__ = ["change_reviewed", "lint", "load", "resolve", "schema", "write_reviewed"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("drift.policies.reviewed"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
